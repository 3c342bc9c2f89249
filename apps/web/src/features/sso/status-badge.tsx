import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from './queries.ts';

type Status = 'working' | 'enabled' | 'off';

export function statusOf({ enabled, working }: Connection): Status {
  if (!enabled) return 'off';
  return working ? 'working' : 'enabled';
}

const colors: Record<Status, string> = { working: 'green', enabled: 'yellow', off: 'gray' };

/** Whether people can sign in through the connection, and did. */
export function StatusBadge({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const status = statusOf(connection);
  return (
    <Badge variant="light" color={colors[status]}>
      {t(`sso.status.${status}`)}
    </Badge>
  );
}
