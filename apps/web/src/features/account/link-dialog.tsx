import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../base/api/problem.ts';
import { useMe } from '../../base/session/me.ts';
import { AnyCodeField } from '../../ui/code-field.tsx';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { type Linkable, useLinkIdentity } from './queries.ts';

interface LinkDialogProps {
  connection: Linkable;
  opened: boolean;
  onClose: () => void;
}

/** Asks for the password, and a code where MFA is on, before it leaves for the provider. */
export function LinkDialog({ connection: { id, name }, opened, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const link = useLinkIdentity(id);
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? t('account.password.currentMissing') : null),
      code: (value) => (me.mfa.enabled && value.trim() === '' ? t('account.password.codeMissing') : null),
    },
  });

  const reset = () => {
    form.reset();
    link.reset();
  };
  const onError = (error: Error) => {
    if (isProblem(error, 'invalid_credentials')) {
      showFaults(form, error, { password: t('account.password.wrongCurrent') });
    } else if (isProblem(error, 'invalid_code')) {
      form.setFieldValue('code', '');
      showFaults(form, error, { code: t('account.password.wrongCode') });
    } else showFaults(form, error);
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={reset}
      title={t('account.identities.dialogTitle', { name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ password, code }) =>
            link.mutate({ password, ...(me.mfa.enabled ? { code: code.trim() } : {}) }, { onError }),
          (errors) => focusFirstError(form, errors),
        )}
      >
        <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
        <Stack gap="md">
          <Text fz="sm">{t('account.identities.dialogText', { name })}</Text>
          {!isProblem(link.error, 'invalid_credentials', 'invalid_code') && <ProblemAlert error={link.error} />}
          <PasswordField
            label={t('account.password.current')}
            autoComplete="current-password"
            data-autofocus
            aria-required
            errorProps={{ role: 'alert' }}
            {...form.getInputProps('password')}
          />
          {me.mfa.enabled && (
            <AnyCodeField
              label={t('account.password.code')}
              description={t('account.password.codeHint')}
              aria-required
              errorProps={{ role: 'alert' }}
              {...form.getInputProps('code')}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={link.isPending || link.isSuccess}>
              {t('account.identities.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
