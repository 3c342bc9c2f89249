import { Button, Skeleton, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordLengthFault } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { isProblem } from '../../base/api/problem.ts';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { LinkDead } from './link-dead.tsx';
import { tokenFromFragment } from './page-input.ts';
import { type Invitation, invitationQuery, useAcceptInvitation } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

export function Component() {
  const { t } = useTranslation();
  const token = tokenFromFragment(useLocation().hash);
  const invitation = useQuery(invitationQuery(token));

  if (token === '' || isProblem(invitation.error, 'invalid_token')) return <InvitationDead />;
  if (!invitation.data) {
    return (
      <SignInFrame title={t('signIn.invitation.loading')}>
        <QueryView query={invitation} skeleton={<Skeleton height={180} />}>
          {() => null}
        </QueryView>
      </SignInFrame>
    );
  }
  return <AcceptForm invitation={invitation.data} token={token} />;
}

function InvitationDead() {
  const { t } = useTranslation();
  return (
    <LinkDead text={t('signIn.invitation.invalid')}>
      <Button component={Link} to="/sign-in" size="md">
        {t('signIn.invitation.toSignIn')}
      </Button>
    </LinkDead>
  );
}

function AcceptForm({ invitation, token }: { invitation: Invitation; token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accept = useAcceptInvitation();
  const { email, name, organizationName, minimumPasswordLength: minimumLength } = invitation;
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => passwordLengthFault(value, minimumLength)?.message ?? null },
  });

  if (isProblem(accept.error, 'invalid_token')) return <InvitationDead />;
  return (
    <SignInFrame
      title={t('signIn.invitation.title', { name })}
      text={t('signIn.invitation.text', { organization: organizationName })}
      fieldHasFocus
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ password }) =>
            accept.mutate(
              { token, password },
              {
                onSuccess: () =>
                  void navigate('/sign-in?notice=invitation_accepted', { replace: true, state: { email } }),
                onError: (error) =>
                  showFaults(
                    form,
                    error,
                    isProblem(error, 'weak_password') ? { password: error.detail ?? error.title } : {},
                  ),
              },
            ),
          (errors) => focusFirstError(form, errors),
        )}
      >
        <Stack gap="md">
          {!isProblem(accept.error, 'weak_password') && <ProblemAlert error={accept.error} />}
          <TextInput
            size="md"
            label={t('signIn.invitation.email')}
            type="email"
            autoComplete="username"
            value={email}
            readOnly
            variant="filled"
          />
          <NewPasswordField
            size="md"
            autoFocus
            label={t('signIn.invitation.field')}
            context={{ email, name, organizationName, minimumLength }}
            {...form.getInputProps('password')}
            value={form.values.password}
          />
          <Button type="submit" size="md" loading={accept.isPending}>
            {t('signIn.invitation.submit')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
