import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/panel.tsx';
import { ConnectionState } from './connection-state.tsx';
import type { Connection } from './queries.ts';
import { StatusBadge, statusOf } from './status-badge.tsx';

/** How the connection fares, and what an admin should look at. */
export function StatePanel({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('sso.page.statusTitle')} actions={<StatusBadge connection={connection} />}>
      <Text fz="sm">{t(`sso.page.${statusOf(connection)}Text`)}</Text>
      <ConnectionState connection={connection} />
    </Panel>
  );
}
