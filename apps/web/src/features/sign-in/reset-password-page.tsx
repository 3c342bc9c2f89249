import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { DEFAULT_SETTINGS, passwordLengthFault } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { isProblem } from '../../base/api/problem.ts';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { LinkDead } from './link-dead.tsx';
import { tokenFromFragment } from './page-input.ts';
import { useResetPassword } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

const context = { minimumLength: DEFAULT_SETTINGS.minimumPasswordLength };

export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const token = tokenFromFragment(useLocation().hash);
  const reset = useResetPassword();
  const form = useForm({
    initialValues: { newPassword: '' },
    validate: { newPassword: (value) => passwordLengthFault(value)?.message ?? null },
  });

  if (token === '' || isProblem(reset.error, 'invalid_token')) {
    return (
      <LinkDead text={t('signIn.resetPassword.invalid')}>
        <Button component={Link} to="/forgot-password" size="md">
          {t('signIn.resetPassword.requestNew')}
        </Button>
      </LinkDead>
    );
  }

  return (
    <SignInFrame title={t('signIn.resetPassword.title')} text={t('signIn.resetPassword.text')} fieldHasFocus>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ newPassword }) =>
            reset.mutate(
              { token, newPassword },
              {
                onSuccess: () => void navigate('/sign-in?notice=password_reset', { replace: true }),
                onError: (error) =>
                  showFaults(
                    form,
                    error,
                    isProblem(error, 'weak_password') ? { newPassword: error.detail ?? error.title } : {},
                  ),
              },
            ),
          (errors) => focusFirstError(form, errors),
        )}
      >
        <Stack gap="md">
          {!isProblem(reset.error, 'weak_password') && <ProblemAlert error={reset.error} />}
          <NewPasswordField
            size="md"
            autoFocus
            label={t('signIn.resetPassword.field')}
            context={context}
            {...form.getInputProps('newPassword')}
            value={form.values.newPassword}
          />
          <Button type="submit" size="md" loading={reset.isPending}>
            {t('signIn.resetPassword.submit')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
