import { Checkbox, NativeSelect, Stack, TagsInput, TextInput } from '@mantine/core';
import { OIDC_CLIENT_AUTHENTICATIONS, OIDC_SIGNING_ALGORITHMS } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../ui/password-field.tsx';
import type { ConnectionDraft, SamlDraft } from './draft.ts';
import { type FieldsProps, technical } from './fields.ts';

/** How a provider that speaks OpenID Connect is reached; Entra and Google have fields for whom they let in. */
export function OidcFields({
  draft,
  form,
  hasSecret,
  writable,
}: FieldsProps & { draft: Exclude<ConnectionDraft, SamlDraft> }) {
  const { t } = useTranslation();
  const { kind } = draft;
  const isPublic = kind === 'oidc' && draft.clientAuthentication === 'none';
  const secretHint = hasSecret ? t('sso.form.secretStored') : t('sso.form.secretNew');

  return (
    <Stack gap="md">
      {kind === 'entra' && (
        <TagsInput
          label={t('sso.form.tenantIds')}
          description={t('sso.form.tenantIdsHint')}
          maxTags={20}
          acceptValueOnBlur
          aria-required
          disabled={!writable}
          {...form.getInputProps('tenantIds')}
        />
      )}
      {kind === 'oidc' && (
        <TextInput
          {...technical}
          label={t('sso.form.issuer')}
          description={t('sso.form.issuerHint')}
          placeholder="https://login.company.com"
          maxLength={2048}
          aria-required
          disabled={!writable}
          {...form.getInputProps('issuer')}
        />
      )}
      <TextInput
        {...technical}
        label={t(`sso.form.clientId.${kind}`)}
        maxLength={255}
        aria-required
        disabled={!writable}
        {...form.getInputProps('clientId')}
      />
      {!isPublic && (
        <PasswordField
          label={t('sso.form.clientSecret')}
          description={kind === 'entra' ? `${t('sso.form.secretHintEntra')} ${secretHint}` : secretHint}
          maxLength={1024}
          autoComplete="off"
          aria-required={!hasSecret}
          disabled={!writable}
          {...form.getInputProps('clientSecret')}
        />
      )}
      {kind === 'google' && (
        <TagsInput
          label={t('sso.form.hostedDomains')}
          description={t('sso.form.hostedDomainsHint')}
          maxTags={20}
          acceptValueOnBlur
          aria-required
          disabled={!writable}
          {...form.getInputProps('hostedDomains')}
        />
      )}
      {kind === 'entra' && (
        <>
          <Checkbox
            label={t('sso.form.allowGuests')}
            description={t('sso.form.allowGuestsHint')}
            disabled={!writable}
            {...form.getInputProps('allowGuests', { type: 'checkbox' })}
          />
          <Checkbox
            label={t('sso.form.allowPersonalAccounts')}
            description={t('sso.form.allowPersonalAccountsHint')}
            disabled={!writable}
            {...form.getInputProps('allowPersonalAccounts', { type: 'checkbox' })}
          />
        </>
      )}
      {kind === 'oidc' && <ProtocolFields form={form} writable={writable} />}
    </Stack>
  );
}

/** What only a provider of no known kind has to be told. */
function ProtocolFields({ form, writable }: Pick<FieldsProps, 'form' | 'writable'>) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        label={t('sso.form.clientAuthentication')}
        data={OIDC_CLIENT_AUTHENTICATIONS.map((value) => ({
          value,
          label: t(`sso.form.clientAuthentications.${value}`),
        }))}
        disabled={!writable}
        {...form.getInputProps('clientAuthentication')}
      />
      <NativeSelect
        label={t('sso.form.signingAlgorithm')}
        description={t('sso.form.signingAlgorithmHint')}
        data={[...OIDC_SIGNING_ALGORITHMS]}
        disabled={!writable}
        {...form.getInputProps('signingAlgorithm')}
      />
      <TagsInput
        label={t('sso.form.scopes')}
        description={t('sso.form.scopesHint')}
        maxTags={10}
        acceptValueOnBlur
        disabled={!writable}
        {...form.getInputProps('scopes')}
      />
      <TextInput
        {...technical}
        label={t('sso.form.nameClaim')}
        description={t('sso.form.nameClaimHint')}
        maxLength={255}
        disabled={!writable}
        {...form.getInputProps('nameClaim')}
      />
    </>
  );
}
