import { Button, Group } from '@mantine/core';
import { mayEdit } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import type { User } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { useApproveReset, useStopReset } from './queries.ts';

interface WaitingResetProps {
  user: User;
  etag: string | null;
  /** Called once it was approved or stopped: the user is another version then. */
  onSettled: () => void;
}

/** A reset of MFA that waits: what for, and what can be done about it. */
export function WaitingReset({ user, etag, onSettled }: WaitingResetProps) {
  const { t } = useTranslation();
  const me = useMe();
  const approve = useApproveReset(user.id);
  const stop = useStopReset(user.id);
  const { name, pendingReset: reset } = user;
  if (!reset) return null;
  const own = user.id === me.id;
  const writable = mayEdit(me, user);
  const asked = reset.requestedBy === me.email;
  const isPending = approve.isPending || stop.isPending;
  return (
    <Panel
      title={t('users.waiting.title')}
      description={t(
        `users.waiting.${reset.recovery ? 'byUser' : reset.needsSecondAdmin ? 'needsAnother' : 'needsNothing'}`,
      )}
    >
      <Facts
        items={[
          [t('users.waiting.requestedBy'), reset.requestedBy ?? t('users.waiting.erased')],
          [t('users.waiting.requestedAt'), <RelativeTime key="asked" value={reset.requestedAt} />],
          ...(reset.reason === undefined ? [] : [[t('users.waiting.reason'), reset.reason] as const]),
          [t('users.waiting.dueAt'), <RelativeTime key="due" value={reset.dueAt} />],
          ...(reset.expiresAt === undefined
            ? []
            : [[t('users.waiting.expiresAt'), <RelativeTime key="over" value={reset.expiresAt} />] as const]),
          ...(reset.approvedAt === undefined
            ? []
            : [[t('users.waiting.approvedBy'), reset.approvedBy ?? t('users.waiting.erased')] as const]),
        ]}
      />
      <ProblemAlert error={approve.error ?? stop.error} />
      {writable && (
        <Group gap="xs">
          {reset.needsSecondAdmin && !own && !asked && (
            <Button
              loading={approve.isPending}
              disabled={isPending}
              onClick={() =>
                approve.mutate(etag, {
                  onSuccess: ({ value }) => {
                    onSettled();
                    announce(t(value.mfaEnabled ? 'users.waiting.approved' : 'users.editPage.mfaReset', { name }));
                  },
                })
              }
            >
              {t('users.waiting.approve')}
            </Button>
          )}
          <Button
            variant="outline"
            color="red"
            loading={stop.isPending}
            disabled={isPending}
            onClick={() =>
              stop.mutate(undefined, {
                onSuccess: () => {
                  onSettled();
                  announce(t('users.waiting.stopped', { name }));
                },
              })
            }
          >
            {t('users.waiting.stop')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}
