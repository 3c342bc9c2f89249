import { Anchor, Badge, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../base/api/types.ts';
import { managesCustomers, useMe } from '../../base/session/me.tsx';
import { RelativeTime } from '../../ui/time.tsx';

const statusColors = { active: 'green', invited: 'blue', disabled: 'gray' } as const;

/** One row a user. On a phone the middle columns move under the name. */
export function UsersTable({ users }: { users: readonly User[] }) {
  const { t } = useTranslation();
  const withOrganization = managesCustomers(useMe());
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('users.columns.user')}</Table.Th>
          {withOrganization && <Table.Th visibleFrom="sm">{t('words.field.organization')}</Table.Th>}
          <Table.Th visibleFrom="sm">{t('words.field.role')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('words.field.status')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('users.columns.mfa')}</Table.Th>
          <Table.Th visibleFrom="lg">{t('words.field.lastSignIn')}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t('users.edit')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} withOrganization={withOrganization} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function UserRow({ user, withOrganization }: { user: User; withOrganization: boolean }) {
  const { t } = useTranslation();
  const nameId = `user-${user.id}`;
  const status = (
    <Badge variant="light" color={statusColors[user.status]}>
      {t(`words.status.${user.status}`)}
    </Badge>
  );
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text fw={500} fz="sm" id={nameId}>
          {user.name}
        </Text>
        <Text fz="sm" c="dimmed">
          {user.email}
        </Text>
        <Group gap={6} mt={6} hiddenFrom="sm">
          {withOrganization && <Text fz="xs">{user.organization.name}</Text>}
          <Text fz="xs" c="dimmed">
            {t(`words.role.${user.role}`)}
          </Text>
          {user.status !== 'active' && status}
          {user.mfaEnabled && <MfaState user={user} />}
        </Group>
      </Table.Td>
      {withOrganization && <Table.Td visibleFrom="sm">{user.organization.name}</Table.Td>}
      <Table.Td visibleFrom="sm">
        <Text fz="sm">{t(`words.role.${user.role}`)}</Text>
        <Text fz="xs" c="dimmed">
          {t(`words.access.${user.access}`)}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{status}</Table.Td>
      <Table.Td visibleFrom="sm">
        <MfaState user={user} />
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <RelativeTime value={user.lastSignInAt} />
      </Table.Td>
      <Table.Td ta="right">
        <Anchor component={Link} to={`/users/${user.id}/edit`} fz="sm" fw={500} aria-describedby={nameId}>
          {t('users.edit')}
        </Anchor>
      </Table.Td>
    </Table.Tr>
  );
}

function MfaState({ user }: { user: User }) {
  const { t } = useTranslation();
  if (user.mfaEnabled) {
    return (
      <Group gap={4} c="green" wrap="nowrap" component="span">
        <IconShieldCheck size={16} aria-hidden />
        <Text fz="sm" component="span">
          <VisuallyHidden>{t('users.columns.mfa')} </VisuallyHidden>
          {t('users.mfaState.on')}
        </Text>
      </Group>
    );
  }
  return (
    <Text fz="sm" c="dimmed">
      {t(user.hasPassword || user.status === 'invited' ? 'users.mfaState.off' : 'users.mfaState.sso')}
    </Text>
  );
}
