import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Rows } from '../../ui/rows.tsx';
import { useOrganizationScope } from '../organizations/index.ts';
import { ConnectionState } from './connection-state.tsx';
import type { Connection } from './queries.ts';
import classes from './sso.module.css';
import { StatusBadge } from './status-badge.tsx';

/** The connections of an organization with how they fare, or what a connection is where there is none. */
export function ConnectionList({ connections, writable }: { connections: readonly Connection[]; writable: boolean }) {
  const { t } = useTranslation();
  const { pathTo } = useOrganizationScope();
  const add = writable && (
    <Button component={Link} to={pathTo('/settings/sso/new')} leftSection={<IconPlus size={18} aria-hidden />}>
      {t('sso.list.add')}
    </Button>
  );

  return (
    <Panel title={t('sso.list.title')} actions={connections.length > 0 && add}>
      {connections.length === 0 ? (
        <NothingHere
          icon={IconPlugConnected}
          title={t('sso.list.emptyTitle')}
          text={t(writable ? 'sso.list.emptyText' : 'sso.list.emptyReadOnly')}
        >
          {add}
        </NothingHere>
      ) : (
        <Rows>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} />
          ))}
        </Rows>
      )}
    </Panel>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { pathTo } = useOrganizationScope();
  const { id, name, kind, domains, unverifiedDomains } = connection;
  const shownDomains = domains.map((domain) =>
    unverifiedDomains.includes(domain) ? t('sso.list.unverified', { domain }) : domain,
  );
  return (
    <li>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <div className={classes.name}>
            <Anchor component={Link} to={pathTo(`/settings/sso/${id}`)} fw={600}>
              {name}
            </Anchor>
            <Text fz="sm" c="dimmed">
              {t(`sso.kinds.${kind}.name`)}
            </Text>
          </div>
          <Group gap="xs">
            {connection.pendingChange && (
              <Badge variant="light" color="yellow">
                {t('sso.change.badge')}
              </Badge>
            )}
            <StatusBadge connection={connection} />
          </Group>
        </Group>
        <ConnectionState
          connection={connection}
          facts={[[t('sso.domains.title'), shownDomains.join(', ') || t('sso.list.noDomains')]]}
        />
      </Stack>
    </li>
  );
}
