import { Alert, Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordLengthFault } from '@sallyport/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../base/api/problem.ts';
import { useMe } from '../../base/session/me.ts';
import { AnyCodeField } from '../../ui/code-field.tsx';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useChangePassword } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <PageHeading description={t('account.password.description')}>{t('account.password.title')}</PageHeading>
      {me.hasPassword ? (
        <ChangePasswordForm />
      ) : (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={t('account.password.ssoOnly.title')}>
          {t('account.password.ssoOnly.text')}
        </Alert>
      )}
    </>
  );
}

function ChangePasswordForm() {
  const { t } = useTranslation();
  const me = useMe();
  const change = useChangePassword();
  const done = useRef<HTMLDivElement>(null);
  const context = {
    email: me.email,
    name: me.name,
    organizationName: me.organization.name,
    minimumLength: me.minimumPasswordLength,
  };
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '', code: '' },
    validate: {
      currentPassword: (value) => (value === '' ? t('account.password.currentMissing') : null),
      newPassword: (value) => passwordLengthFault(value, me.minimumPasswordLength)?.message ?? null,
      code: (value) => (me.mfa.enabled && value.trim() === '' ? t('account.password.codeMissing') : null),
    },
  });

  useEffect(() => {
    if (change.isSuccess) done.current?.focus();
  }, [change.isSuccess]);

  const onError = (error: Error) => {
    if (isProblem(error, 'invalid_credentials')) {
      showFaults(form, error, { currentPassword: t('account.password.wrongCurrent') });
    } else if (isProblem(error, 'invalid_code')) {
      form.setFieldValue('code', '');
      showFaults(form, error, { code: t('account.password.wrongCode') });
    } else if (isProblem(error, 'weak_password')) {
      showFaults(form, error, { newPassword: error.detail ?? error.title });
    } else showFaults(form, error);
  };

  return (
    <Panel maw={640}>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ currentPassword, newPassword, code }) =>
            change.mutate(
              { currentPassword, newPassword, ...(me.mfa.enabled ? { code: code.trim() } : {}) },
              { onError, onSuccess: () => form.reset() },
            ),
          (errors) => focusFirstError(form, errors),
        )}
      >
        <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
        <Stack gap="md" maw={420}>
          {change.isSuccess && (
            <div ref={done} role="status" tabIndex={-1}>
              <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t('account.password.done.title')}>
                {t('account.password.done.text')}
              </Alert>
            </div>
          )}
          {!isProblem(change.error, 'invalid_credentials', 'invalid_code', 'weak_password') && (
            <ProblemAlert error={change.error} />
          )}
          <PasswordField
            label={t('account.password.current')}
            autoComplete="current-password"
            aria-required
            {...form.getInputProps('currentPassword')}
          />
          <NewPasswordField
            label={t('account.password.next')}
            context={context}
            {...form.getInputProps('newPassword')}
            value={form.values.newPassword}
          />
          {me.mfa.enabled && (
            <AnyCodeField
              label={t('account.password.code')}
              description={t('account.password.codeHint')}
              aria-required
              {...form.getInputProps('code')}
            />
          )}
          <div>
            <Button type="submit" loading={change.isPending}>
              {t('account.password.submit')}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}
