import { Button, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { mayChangeAdministration } from '@sallyport/core';
import { IconPlus, IconUserSearch } from '@tabler/icons-react';
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
import { usersQuery } from './queries.ts';
import { filterOf } from './users-filter.ts';
import { UsersFilters } from './users-filters.tsx';
import { UsersTable } from './users-table.tsx';

const typingPauseMs = 250;

export function Component() {
  const { t } = useTranslation();
  const [query, change] = useAddress();
  const filter = filterOf(query);
  const [search, setSearch] = useState(filter.q);
  const [q] = useDebouncedValue(search.trim(), typingPauseMs);
  useEffect(() => {
    if (q !== filter.q) change({ q });
  }, [q, filter.q, change]);

  const users = useInfiniteQuery(usersQuery({ ...filter, q }));
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
        <UsersFilters search={search} onSearch={setSearch} filter={filter} onChange={change} />
        <PagedList
          query={users}
          note={count > 0 ? t('users.shown', { count }) : ''}
          empty={
            <NothingHere icon={IconUserSearch} title={t('users.emptyTitle')} text={t('users.emptyText')}>
              {(q || query.size > 0) && (
                <Button
                  variant="default"
                  onClick={() => {
                    setSearch('');
                    change({ organization: null, role: null, status: null, mfa: null });
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
