import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../base/api/types.ts';
import { announce } from '../../ui/announcer.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { Rows } from '../../ui/rows.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { DeviceRow } from './device-row.tsx';
import { sessionsQuery, useRevokeSession } from './queries.ts';

/** Where one is signed in, this device first, each other one to be signed out. */
export function SessionList() {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery);
  const revoke = useRevokeSession();
  return (
    <>
      <ProblemAlert error={revoke.error} />
      <QueryView query={sessions} skeleton={<ListSkeleton rows={3} />}>
        {(items) => (
          <>
            <Rows>
              {[...items]
                .sort((a, b) => Number(b.current) - Number(a.current))
                .map((session) => (
                  <SessionRow
                    key={session.id}
                    session={session}
                    revoking={revoke.isPending && revoke.variables === session.id}
                    onRevoke={() =>
                      revoke.mutate(session.id, { onSuccess: () => announce(t('account.sessions.revoked')) })
                    }
                  />
                ))}
            </Rows>
            {items.every(({ current }) => current) && (
              <Text fz="sm" c="dimmed">
                {t('account.sessions.none')}
              </Text>
            )}
          </>
        )}
      </QueryView>
    </>
  );
}

interface SessionRowProps {
  session: SessionItem;
  revoking: boolean;
  onRevoke: () => void;
}

function SessionRow({ session, revoking, onRevoke }: SessionRowProps) {
  const { t } = useTranslation();
  return (
    <DeviceRow
      device={session}
      action={(nameId) =>
        !session.current && (
          <Button variant="default" size="xs" loading={revoking} onClick={onRevoke} aria-describedby={nameId}>
            {t('account.sessions.revoke')}
          </Button>
        )
      }
    >
      <Text fz="sm" c="dimmed">
        {t('account.sessions.lastSeen')} <RelativeTime value={session.lastSeenAt} /> ·{' '}
        {t('account.sessions.address', { address: session.address })}
      </Text>
      <Text fz="sm" c="dimmed">
        {t('account.sessions.began')} <RelativeTime value={session.createdAt} /> ·{' '}
        {t(`account.sessions.method.${session.method}`)}
        {session.aal === 2 && ` ${t('account.sessions.withSecondFactor')}`} · {t('account.sessions.ends')}{' '}
        <RelativeTime value={session.expiresAt} />
      </Text>
    </DeviceRow>
  );
}
