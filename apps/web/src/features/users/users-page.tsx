import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { mayChangeAdministration } from '@sallyport/core';
import { IconPlus, IconSearch, IconUserSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { OrganizationChoice } from '../organizations/index.ts';
import { usersQuery } from './queries.ts';
import { UsersTable } from './users-table.tsx';

const typingPauseMs = 250;

export function Component() {
  const { t } = useTranslation();
  const [query, change] = useAddress();
  const organizationId = query.get('organization');
  const shownQ = query.get('q') ?? '';
  const [search, setSearch] = useState(shownQ);
  const [q] = useDebouncedValue(search.trim(), typingPauseMs);
  useEffect(() => {
    if (q !== shownQ) change({ q });
  }, [q, shownQ, change]);

  const users = useInfiniteQuery(usersQuery({ q, organizationId }));
  const count = users.data?.length ?? 0;
  useEffect(() => {
    if (users.isSuccess && !users.isPlaceholderData) announce(t('users.shown', { count }));
  }, [users.isSuccess, users.isPlaceholderData, count, t]);

  return (
    <>
      <PageHeading
        actions={
          mayChangeAdministration(useMe()) && (
            <Button component={Link} to="/users/new" leftSection={<IconPlus size={18} aria-hidden />}>
              {t('users.create')}
            </Button>
          )
        }
      >
        {t('users.title')}
      </PageHeading>
      <Stack gap="md">
        <ReadOnlyNote />
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
          <OrganizationChoice
            flex="1 1 12rem"
            clearable
            value={organizationId}
            onChange={(organization) => change({ organization })}
          />
        </Group>
        <PagedList
          query={users}
          note={count > 0 ? t('users.shown', { count }) : ''}
          empty={
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
          }
        >
          {(rows) => <UsersTable users={rows} />}
        </PagedList>
      </Stack>
    </>
  );
}
