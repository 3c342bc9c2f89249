import { SSO_MFA_POLICIES, SSO_PROVISIONINGS } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import type { FieldsProps } from './fields.ts';

/** Who gets in without an account, and who asks for the second factor; each choice with what it means. */
export function PolicyFields({ form, writable }: Pick<FieldsProps, 'form' | 'writable'>) {
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
