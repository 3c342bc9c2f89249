import { Anchor, Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { safeReturnTo } from '../../base/session/return-to.ts';
import { Form } from '../../ui/form.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { AlreadySignedIn } from './already-signed-in.tsx';
import { EmailField } from './email-field.tsx';
import { Notice } from './notice.tsx';
import { knownEmail } from './page-input.ts';
import { useSignIn } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { SsoButtons, useSignInOptions } from './sso-buttons.tsx';

export function Component() {
  const { t } = useTranslation();
  const { state } = useLocation();
  const [query] = useSearchParams();
  const returnTo = safeReturnTo(query.get('returnTo'), window.location.origin);
  const signIn = useSignIn(returnTo);
  const email = knownEmail(state);

  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t('signIn.emailMissing')),
      password: (value) => (value === '' ? t('signIn.passwordMissing') : null),
    },
    // Another account may try at once.
    onValuesChange: (values, previous) => values.email !== previous.email && signIn.reset(),
  });

  const options = useSignInOptions(form.values.email, query.get('organization'));

  return (
    <SignInFrame title={t('signIn.title')} fieldHasFocus>
      <Notice />
      <AlreadySignedIn returnTo={returnTo} />
      <Form
        form={form}
        error={signIn.error}
        onSubmit={(values) => signIn.mutate({ ...values, email: values.email.trim() })}
      >
        <EmailField autoFocus={email === ''} {...form.getInputProps('email')} />
        {options && <SsoButtons options={options} returnTo={returnTo} />}
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
          loading={signIn.isPending}
          variant={options?.localSignIn === false ? 'default' : 'filled'}
        >
          {t('signIn.submit')}
        </Button>
        <Anchor component={Link} to="/forgot-password" state={{ email: form.values.email }} fz="sm" ta="center">
          {t('signIn.forgot')}
        </Anchor>
      </Form>
    </SignInFrame>
  );
}
