import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { mayChangeAdministration } from '@sallyport/core';
import { IconInfoCircle, IconPlus, IconSearch, IconUserSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { managesCustomers, useMe } from '../../base/session/me.ts';
import { announce } from '../../ui/announcer.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { OrganizationSelect } from '../../ui/organization-select.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { allOrganizationsQuery } from '../organizations/index.ts';
import { usersQuery } from './queries.ts';
import { UsersTable } from './users-table.tsx';

const typingPauseMs = 250;

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const [query, change] = useAddress();
  const organizationId = query.get('organization');
  const shownQ = query.get('q') ?? '';
  const [search, setSearch] = useState(shownQ);
  const [q] = useDebouncedValue(search.trim(), typingPauseMs);

  useEffect(() => {
    if (q !== shownQ) change({ q });
  }, [q, shownQ, change]);

  const organizations = useQuery({ ...allOrganizationsQuery, enabled: managesCustomers(me) });
  const users = useInfiniteQuery(usersQuery({ q, organizationId }));
  const items = users.data?.pages.flatMap((page) => page.items);
  const count = items?.length ?? 0;

  useEffect(() => {
    if (users.isSuccess && !users.isPlaceholderData) announce(t('users.shown', { count }));
  }, [users.isSuccess, users.isPlaceholderData, count, t]);

  return (
    <>
      <PageHeading
        actions={
          mayChangeAdministration(me) && (
            <Button component={Link} to="/users/new" leftSection={<IconPlus size={18} aria-hidden />}>
              {t('users.create')}
            </Button>
          )
        }
      >
        {t('users.title')}
      </PageHeading>
      <Stack gap="md">
        {!mayChangeAdministration(me) && (
          <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
            {t('users.readOnly')}
          </Alert>
        )}
        <Group gap="sm" align="end" role="search">
          <TextInput
            flex="2 1 14rem"
            type="search"
            label={t('users.search')}
            placeholder={t('users.searchHint')}
            leftSection={<IconSearch size={18} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {managesCustomers(me) && (
            <OrganizationSelect
              flex="1 1 12rem"
              label={t('users.organization')}
              placeholder={t('users.allOrganizations')}
              organizations={organizations.data}
              value={organizationId}
              onChange={(organization) => change({ organization })}
              clearable
            />
          )}
        </Group>
        <Panel p={0} style={{ overflow: 'hidden', opacity: users.isPlaceholderData ? 0.6 : 1 }}>
          <QueryView query={{ ...users, data: items }} skeleton={<UsersSkeleton />}>
            {(rows) =>
              rows.length > 0 ? (
                <UsersTable users={rows} />
              ) : (
                <NothingHere icon={IconUserSearch} title={t('users.emptyTitle')} text={t('users.emptyText')}>
                  {(q || organizationId) && (
                    <Button
                      variant="default"
                      onClick={() => {
                        setSearch('');
                        change({ organization: null });
                      }}
                    >
                      {t('users.clear')}
                    </Button>
                  )}
                </NothingHere>
              )
            }
          </QueryView>
        </Panel>
        {count > 0 && (
          <Group justify="space-between">
            <Text fz="sm" c="dimmed">
              {t('users.shown', { count })}
            </Text>
            {users.hasNextPage && (
              <Button variant="default" loading={users.isFetchingNextPage} onClick={() => void users.fetchNextPage()}>
                {t('users.loadMore')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </>
  );
}

function UsersSkeleton() {
  return (
    <Stack gap="lg" p="md">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Group key={row} wrap="nowrap" gap="xl">
          <Stack gap={8} flex={2}>
            <Skeleton width="45%" height={14} />
            <Skeleton width="65%" height={12} />
          </Stack>
          <Skeleton flex={1} height={14} visibleFrom="sm" />
          <Skeleton flex={1} height={14} visibleFrom="sm" />
          <Skeleton width={48} height={28} />
        </Group>
      ))}
    </Stack>
  );
}
