import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { FailureText } from './failure-text.tsx';
import type { Connection } from './queries.ts';
import classes from './sso.module.css';
import { StatusBadge, statusOf } from './status-badge.tsx';

/** How the connection fares, and what an admin should look at. */
export function StatePanel({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { lastSignInAt, lastFailure, warnings } = connection;
  return (
    <Panel title={t('sso.page.statusTitle')} actions={<StatusBadge connection={connection} />}>
      <Stack gap="sm">
        <Text fz="sm">{t(`sso.page.${statusOf(connection)}Text`)}</Text>
        <Facts
          items={[
            [t('sso.page.lastSignIn'), lastSignInAt ? <RelativeTime value={lastSignInAt} /> : t('sso.page.never')],
            [t('sso.page.lastFailure'), lastFailure ? <FailureText failure={lastFailure} /> : t('sso.page.none')],
          ]}
        />
        {warnings.length > 0 && (
          <Alert
            color="yellow"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('sso.page.warnings')}
            className={classes.anywhere}
          >
            <List size="sm">
              {warnings.map((warning) => (
                <List.Item key={warning}>{warning}</List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
    </Panel>
  );
}
