import { Button, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { News } from '../../ui/news.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { OwnEvents } from './own-events.tsx';
import { useReportNotMe } from './queries.ts';
import { RememberedDevices } from './remembered-devices.tsx';
import { SecondFactors } from './second-factors.tsx';
import { SessionList } from './session-list.tsx';

/** All that keeps the own account safe on one page, and what to do where something is not right. */
export function Component() {
  const { t } = useTranslation();
  const { hasPassword } = useMe();
  const [asking, ask] = useDisclosure(false);
  const [about, setAbout] = useState<string | null>(null);
  const [ended, setEnded] = useState<number | null>(null);
  const report = useReportNotMe();
  const open = (eventId: string | null) => {
    setAbout(eventId);
    ask.open();
  };

  return (
    <>
      <PageHeading
        description={t('account.security.description')}
        actions={
          <Button variant="outline" color="red" onClick={() => open(null)}>
            {t('account.security.notMe')}
          </Button>
        }
      >
        {t('account.security.title')}
      </PageHeading>
      <Stack gap="md">
        {ended !== null && (
          <News color="green" role="alert" title={t('account.security.done', { count: ended })}>
            <Text fz="sm" mb="sm">
              {t(hasPassword ? 'account.security.nextPassword' : 'account.security.nextProvider')}
            </Text>
            {hasPassword && (
              <Button component={Link} to="/account/password">
                {t('account.password.title')}
              </Button>
            )}
          </News>
        )}
        <SecondFactors />
        <Panel
          title={t('account.security.sessions')}
          actions={
            <Button component={Link} to="/account/sessions" variant="default">
              {t('account.sessions.title')}
            </Button>
          }
        >
          <SessionList />
        </Panel>
        <RememberedDevices />
        <Title order={2} mt="xs">
          {t('account.security.events')}
        </Title>
        <OwnEvents onNotMe={open} />
      </Stack>
      <ConfirmDialog
        opened={asking}
        onClose={ask.close}
        title={t('account.security.askTitle')}
        text={t('account.security.askText')}
        confirm={t('account.security.confirm')}
        mutation={report}
        onConfirm={() =>
          report.mutate(about, {
            onSuccess: ({ sessionsEnded }) => {
              ask.close();
              setEnded(sessionsEnded);
            },
          })
        }
      />
    </>
  );
}
