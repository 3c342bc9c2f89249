import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../base/api/problem.ts';
import { AnyCodeField, onlyDigits, TotpField } from '../../ui/code-field.tsx';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Proof } from './queries.ts';

interface ProofFormProps {
  /** True where a backup code is taken as well. */
  takesBackupCode?: boolean;
  pending: boolean;
  error: Error | null;
  onSubmit: (proof: Proof) => void;
  /** Beside the button. */
  cancel: ReactNode;
  dangerous?: boolean;
  autoFocus?: boolean;
}

/** `Current password` and `6-digit code`: what every change of the authenticator asks for. */
export function ProofForm(props: ProofFormProps) {
  const { takesBackupCode = false, pending, error, onSubmit, cancel, dangerous = false, autoFocus = false } = props;
  const { t } = useTranslation();
  const codeMissing = t(takesBackupCode ? 'mfa.disable.codeMissing' : 'mfa.codeMissing');
  const form = useForm<Proof>({
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? t('mfa.passwordMissing') : null),
      code: (value) => ((takesBackupCode ? value.trim() !== '' : value.length === 6) ? null : codeMissing),
    },
  });
  const besideField = isProblem(error, 'invalid_credentials', 'invalid_code');

  useEffect(() => {
    if (isProblem(error, 'invalid_credentials')) showFaults(form, error, { password: t('mfa.wrongPassword') });
    if (isProblem(error, 'invalid_code')) {
      form.setFieldValue('code', '');
      showFaults(form, error, { code: t(takesBackupCode ? 'mfa.disable.wrongCode' : 'mfa.wrongCode') });
    }
  }, [error]);

  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => onSubmit({ ...values, code: values.code.trim() }),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        {!besideField && <ProblemAlert error={error} />}
        <PasswordField
          label={t('mfa.currentPassword')}
          autoComplete="current-password"
          aria-required
          data-autofocus={autoFocus || undefined}
          errorProps={{ role: 'alert' }}
          {...form.getInputProps('password')}
        />
        {takesBackupCode ? (
          <AnyCodeField
            label={t('mfa.code')}
            description={t('mfa.disable.codeHint')}
            aria-required
            errorProps={{ role: 'alert' }}
            {...form.getInputProps('code')}
          />
        ) : (
          <TotpField
            label={t('mfa.code')}
            aria-required
            errorProps={{ role: 'alert' }}
            {...form.getInputProps('code')}
            onChange={(event) => form.setFieldValue('code', onlyDigits(event.currentTarget.value, 6))}
          />
        )}
        <Group justify="flex-end" gap="xs">
          {cancel}
          <Button type="submit" loading={pending} {...(dangerous ? { color: 'red' } : {})}>
            {t('mfa.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
