import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Facts } from '../../ui/facts.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { useOrganizationScope } from '../organizations/index.ts';
import { FailureText } from './failure-text.tsx';
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
        <ul className={classes.list}>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const { t } = useTranslation();
  const { pathTo } = useOrganizationScope();
  const { id, name, kind, domains, unverifiedDomains, lastSignInAt, lastFailure, warnings } = connection;
  const shownDomains = domains.map((domain) =>
    unverifiedDomains.includes(domain) ? t('sso.list.unverified', { domain }) : domain,
  );
  return (
    <li className={classes.row}>
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
          <StatusBadge connection={connection} />
        </Group>
        <Facts
          items={[
            [t('sso.list.domains'), shownDomains.join(', ') || t('sso.list.noDomains')],
            [t('sso.list.lastSignIn'), lastSignInAt ? <RelativeTime value={lastSignInAt} /> : t('sso.list.never')],
            ...(lastFailure
              ? [[t('sso.list.lastFailure'), <FailureText key="failure" failure={lastFailure} />] as const]
              : []),
          ]}
        />
        {warnings.length > 0 && (
          <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} className={classes.anywhere}>
            {warnings.length === 1 ? (
              warnings[0]
            ) : (
              <List size="sm">
                {warnings.map((warning) => (
                  <List.Item key={warning}>{warning}</List.Item>
                ))}
              </List>
            )}
          </Alert>
        )}
      </Stack>
    </li>
  );
}
