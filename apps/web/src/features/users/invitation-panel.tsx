import { mayEdit } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import type { User } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SaveLine } from '../../ui/save-line.tsx';
import { useSendInvitation } from './queries.ts';

/** For a user who has not yet accepted: sends the mail again. */
export function InvitationPanel({ user }: { user: User }) {
  const { t } = useTranslation();
  const me = useMe();
  const send = useSendInvitation(user.id);
  return (
    <Panel title={t('users.editPage.invitation')} description={t('users.editPage.invitationText')}>
      <ProblemAlert error={send.error} />
      {mayEdit(me, user) && (
        <SaveLine
          variant="default"
          mutation={send}
          message={send.isSuccess ? t('users.editPage.resent') : ''}
          onClick={() => send.mutate(undefined, { onSuccess: () => announce(t('users.editPage.resent')) })}
        >
          {t('users.editPage.resend')}
        </SaveLine>
      )}
    </Panel>
  );
}
