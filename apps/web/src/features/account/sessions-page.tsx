import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { sessionsQuery, useRevokeOtherSessions } from './queries.ts';
import { RememberedDevices } from './remembered-devices.tsx';
import { SessionList } from './session-list.tsx';

export function Component() {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery);
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
        <ProblemAlert error={revokeOthers.error} />
        <Panel>
          <SessionList />
        </Panel>
        <RememberedDevices />
      </Stack>
    </>
  );
}
