import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields.ts';

/** Who gets in without an account, and who asks for the second factor; each choice with what it means. */
export function PolicyFields({ form, writable }: Pick<FieldsProps, 'form' | 'writable'>) {
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group label={t('sso.form.provisioning')} {...form.getInputProps('provisioning')}>
        <Stack gap="xs" mt="xs">
          {(['invite_only', 'jit'] as const).map((value) => (
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
          {(['trust_provider', 'require_local'] as const).map((value) => (
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
