import { Anchor, Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ApiError } from '@sallyport/client';
import { type SignInState, useSignIn, useSignInOptions } from '@sallyport/react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { safeReturnTo, signInPath } from '../../base/session/return-to.ts';
import { Form } from '../../ui/form.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { AlreadySignedIn } from './already-signed-in.tsx';
import { keepChallenge } from './challenge.ts';
import { EmailField } from './email-field.tsx';
import { Notice } from './notice.tsx';
import { knownEmail } from './page-input.ts';
import { PasskeyAlone } from './passkey-alone.tsx';
import { SecondStepOver } from './second-step-over.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { SsoButtons } from './sso-buttons.tsx';
import { useEnter } from './use-enter.ts';

export function Component() {
  const { t } = useTranslation();
  const { state } = useLocation();
  const [query] = useSearchParams();
  const returnTo = safeReturnTo(query.get('returnTo'), window.location.origin);
  const navigate = useNavigate();
  const enter = useEnter();
  const signIn = useSignIn();
  const email = knownEmail(state);

  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('signIn.emailMissing')),
      password: (value) => (value === '' ? t('signIn.passwordMissing') : null),
    },
    // Another account may try at once.
    onValuesChange: (values, previous) => values.email !== previous.email && signIn.dismiss(),
  });

  const options = useSignInOptions({ email: form.values.email, organization: query.get('organization') });

  const submit = async ({ email, password }: typeof form.values) =>
    goOn(await signIn.submitPassword({ email: email.trim(), password }));
  const goOn = async (reached: SignInState) => {
    // What stands between the person and the page is shown in its place.
    if (reached.step === 'done' || reached.step === 'enrollment_required') await enter(returnTo);
    if (reached.step !== 'second_step') return;
    const { deadlineMs, methods, recoveryDelayHours, rememberDeviceDays } = reached;
    keepChallenge({ deadlineMs, methods, recoveryDelayHours, rememberDeviceDays, returnTo });
    await navigate('/sign-in/verify');
  };

  if (signIn.step === 'over')
    return <SecondStepOver problem={signIn.problem} startOver={signInPath(returnTo)} onStartOver={signIn.startOver} />;
  return (
    <SignInFrame title={t('signIn.title')} fieldHasFocus>
      <Notice />
      {signIn.step === 'password' && <AlreadySignedIn returnTo={returnTo} />}
      <Form form={form} error={signIn.problem instanceof ApiError ? signIn.problem : null} onSubmit={submit}>
        <EmailField autoFocus={email === ''} autoComplete="username webauthn" {...form.getInputProps('email')} />
        <PasswordField
          size="md"
          label={t('signIn.password')}
          autoComplete="current-password"
          autoFocus={email !== ''}
          aria-required
          {...form.getInputProps('password')}
        />
        <Button
          type="submit"
          size="md"
          fullWidth
          loading={signIn.pending || signIn.step !== 'password'}
          variant={options?.localSignIn === false ? 'default' : 'filled'}
        >
          {t('signIn.submit')}
        </Button>
        <Anchor component={Link} to="/forgot-password" state={{ email: form.values.email }} fz="sm" ta="center">
          {t('signIn.forgot')}
        </Anchor>
        {/* Below all else: these come when they are known, and what a person is about to press must not move. */}
        {options && <SsoButtons options={options} returnTo={returnTo} />}
        <PasskeyAlone signIn={signIn} options={options} onReached={goOn} />
      </Form>
    </SignInFrame>
  );
}
