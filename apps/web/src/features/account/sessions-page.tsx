import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../base/api/types.ts';
import { announce } from '../../ui/announcer.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { Rows } from '../../ui/rows.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { DeviceRow } from './device-row.tsx';
import { sessionsQuery, useRevokeOtherSessions, useRevokeSession } from './queries.ts';
import { RememberedDevices } from './remembered-devices.tsx';

export function Component() {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery);
  const revoke = useRevokeSession();
  const revokeOthers = useRevokeOtherSessions();
  const hasOthers = sessions.data?.some(({ current }) => !current) ?? false;

  return (
    <>
      <PageHeading
        description={t('account.sessions.description')}
        actions={
          hasOthers && (
            <Button
              variant="default"
              loading={revokeOthers.isPending}
              onClick={() =>
                revokeOthers.mutate(undefined, { onSuccess: () => announce(t('account.sessions.othersRevoked')) })
              }
            >
              {t('account.sessions.revokeOthers')}
            </Button>
          )
        }
      >
        {t('account.sessions.title')}
      </PageHeading>
      <Stack gap="md">
        <ProblemAlert error={revoke.error ?? revokeOthers.error} />
        <Panel>
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
                {!hasOthers && (
                  <Text fz="sm" c="dimmed">
                    {t('account.sessions.none')}
                  </Text>
                )}
              </>
            )}
          </QueryView>
        </Panel>
        <RememberedDevices />
      </Stack>
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
