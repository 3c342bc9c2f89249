import { Radio, Stack } from '@mantine/core';
import { SSO_MFA_POLICIES, SSO_PROVISIONINGS } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields.ts';

/** Who gets in without an account, and who asks for the second factor; each choice with what it means. */
export function PolicyFields({ form, writable }: Pick<FieldsProps, 'form' | 'writable'>) {
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group label={t('sso.form.provisioning')} {...form.getInputProps('provisioning')}>
        <Stack gap="xs" mt="xs">
          {SSO_PROVISIONINGS.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`sso.form.provisionings.${value}`)}
              description={t(`sso.form.provisioningHints.${value}`)}
              disabled={!writable}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group label={t('sso.form.mfaPolicy')} {...form.getInputProps('mfaPolicy')}>
        <Stack gap="xs" mt="xs">
          {SSO_MFA_POLICIES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`sso.form.mfaPolicies.${value}`)}
              description={t(`sso.form.mfaPolicyHints.${value}`)}
              disabled={!writable}
            />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}
