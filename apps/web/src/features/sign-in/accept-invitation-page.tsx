import { Skeleton } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { QueryView } from '../../ui/query-view.tsx';
import { EmailField } from './email-field.tsx';
import { LinkDead } from './link-dead.tsx';
import { NewPasswordForm } from './new-password-form.tsx';
import { tokenFromFragment } from './page-input.ts';
import { type Invitation, invitationQuery, useAcceptInvitation } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

export function Component() {
  const { t } = useTranslation();
  const token = tokenFromFragment(useLocation().hash);
  const invitation = useQuery(invitationQuery(token));
  const accept = useAcceptInvitation();

  if (token === '' || isProblem(accept.error ?? invitation.error, 'invalid_token')) {
    return (
      <LinkDead text={t('signIn.invitation.invalid')} to="/sign-in">
        {t('signIn.invitation.toSignIn')}
      </LinkDead>
    );
  }
  if (!invitation.data) {
    return (
      <SignInFrame title={t('signIn.invitation.loading')}>
        <QueryView query={invitation} skeleton={<Skeleton height={180} />}>
          {() => null}
        </QueryView>
      </SignInFrame>
    );
  }
  return <AcceptForm invitation={invitation.data} token={token} accept={accept} />;
}

interface AcceptFormProps {
  invitation: Invitation;
  token: string;
  accept: ReturnType<typeof useAcceptInvitation>;
}

function AcceptForm({ invitation, token, accept }: AcceptFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { minimumPasswordLength: minimumLength, ...context } = invitation;
  const { email, name, organizationName } = context;
  return (
    <SignInFrame
      title={t('signIn.invitation.title', { name })}
      text={t('signIn.invitation.text', { organization: organizationName })}
      fieldHasFocus
    >
      <NewPasswordForm
        label={t('signIn.invitation.field')}
        submit={t('signIn.invitation.submit')}
        context={{ ...context, minimumLength }}
        mutation={accept}
        onSubmit={(password) =>
          accept.mutate(
            { token, password },
            {
              onSuccess: () =>
                void navigate('/sign-in?notice=invitation_accepted', { replace: true, state: { email } }),
            },
          )
        }
      >
        <EmailField value={email} readOnly variant="filled" />
      </NewPasswordForm>
    </SignInFrame>
  );
}
