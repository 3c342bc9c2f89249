import { isProblem } from '@sallyport/client';
import { DEFAULT_SETTINGS } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { LinkDead } from './link-dead.tsx';
import { NewPasswordForm } from './new-password-form.tsx';
import { tokenFromFragment } from './page-input.ts';
import { useResetPassword } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

/** Nothing tells whose link this is: the service judges by more, and says so beside the field. */
const context = { minimumLength: DEFAULT_SETTINGS.minimumPasswordLength };

export function Component() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const token = tokenFromFragment(useLocation().hash);
  const reset = useResetPassword();

  if (token === '' || isProblem(reset.error, 'invalid_token')) {
    return (
      <LinkDead text={t('signIn.resetPassword.invalid')} to="/forgot-password">
        {t('signIn.resetPassword.requestNew')}
      </LinkDead>
    );
  }
  return (
    <SignInFrame title={t('signIn.resetPassword.title')} text={t('signIn.resetPassword.text')} fieldHasFocus>
      <NewPasswordForm
        label={t('signIn.resetPassword.field')}
        submit={t('signIn.resetPassword.submit')}
        context={context}
        mutation={reset}
        onSubmit={(newPassword) =>
          reset.mutate(
            { token, newPassword },
            { onSuccess: () => void navigate('/sign-in?notice=password_reset', { replace: true }) },
          )
        }
      />
    </SignInFrame>
  );
}
