import { Divider, Stack, Switch, TagsInput, TextInput, Title } from '@mantine/core';
import { SSO_MFA_POLICIES, SSO_PROVISIONINGS } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import type { FieldsProps } from './fields.ts';
import { OidcFields } from './oidc-fields.tsx';
import { domainsQuery } from './queries.ts';
import { SamlFields } from './saml-fields.tsx';

/** All fields of a connection; the switch that enables it only once it exists. */
export function ConnectionFields({ isNew, ...props }: FieldsProps & { isNew: boolean }) {
  const { t } = useTranslation();
  const { form, organizationId, writable } = props;
  const { values } = form;
  const domains = useQuery(domainsQuery(organizationId));
  const name = values.name.trim() || t('sso.form.nameExample');

  return (
    <Stack gap="lg">
      {!isNew && (
        <Switch
          label={t('sso.form.enabled')}
          description={t('sso.form.enabledHint')}
          disabled={!writable}
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
      )}
      <TextInput
        label={t('sso.form.name')}
        description={t('sso.form.nameHint', { name })}
        maxLength={200}
        autoComplete="off"
        aria-required
        disabled={!writable}
        {...form.getInputProps('name')}
      />
      <TagsInput
        label={t('sso.form.domains')}
        description={t('sso.form.domainsHint')}
        data={domains.data?.map((domain) => domain.name) ?? []}
        maxTags={50}
        acceptValueOnBlur
        disabled={!writable}
        {...form.getInputProps('domains')}
      />
      <Divider />
      <Title order={3}>{t('sso.form.provider')}</Title>
      {values.kind === 'saml' ? <SamlFields {...props} draft={values} /> : <OidcFields {...props} draft={values} />}
      <Divider />
      <PolicyFields form={form} writable={writable} />
    </Stack>
  );
}

/** Who gets in without an account, and who asks for the second factor; each choice with what it means. */
function PolicyFields({ form, writable }: Pick<FieldsProps, 'form' | 'writable'>) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceGroup
        label={t('sso.form.provisioning')}
        disabled={!writable}
        choices={SSO_PROVISIONINGS.map((value) => ({
          value,
          label: t(`sso.form.provisionings.${value}`),
          description: t(`sso.form.provisioningHints.${value}`),
        }))}
        {...form.getInputProps('provisioning')}
      />
      <ChoiceGroup
        label={t('sso.form.mfaPolicy')}
        disabled={!writable}
        choices={SSO_MFA_POLICIES.map((value) => ({
          value,
          label: t(`sso.form.mfaPolicies.${value}`),
          description: t(`sso.form.mfaPolicyHints.${value}`),
        }))}
        {...form.getInputProps('mfaPolicy')}
      />
    </>
  );
}
