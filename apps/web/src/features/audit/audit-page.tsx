import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useAddress } from '../../ui/use-address.ts';
import classes from './audit.module.css';
import { filterOf } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import { EventRow } from './event-row.tsx';
import { auditQuery } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const [query, change] = useAddress();
  const filter = filterOf(query);
  const events = useInfiniteQuery(auditQuery(filter));
  const items = events.data?.pages.flatMap((page) => page.items);

  return (
    <>
      <PageHeading description={t('audit.description')}>{t('audit.title')}</PageHeading>
      <Stack gap="md">
        <AuditFilters filter={filter} onChange={change} />
        <Panel p={0} style={{ overflow: 'hidden', opacity: events.isPlaceholderData ? 0.6 : 1 }}>
          <QueryView query={{ ...events, data: items }} skeleton={<AuditSkeleton />}>
            {(rows) =>
              rows.length > 0 ? (
                <ul className={classes.list} aria-label={t('audit.list')}>
                  {rows.map((event) => (
                    <EventRow key={event.id} event={event} />
                  ))}
                </ul>
              ) : (
                <NothingHere icon={IconListSearch} title={t('audit.emptyTitle')} text={t('audit.emptyText')}>
                  {query.size > 0 && (
                    <Button
                      variant="default"
                      onClick={() => change({ action: null, user: null, organization: null, from: null, to: null })}
                    >
                      {t('audit.clear')}
                    </Button>
                  )}
                </NothingHere>
              )
            }
          </QueryView>
        </Panel>
        {events.hasNextPage && (
          <Group justify="flex-end">
            <Button variant="default" loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
              {t('audit.loadMore')}
            </Button>
          </Group>
        )}
      </Stack>
    </>
  );
}

function AuditSkeleton() {
  return (
    <Stack gap="lg" p="md">
      {[0, 1, 2, 3, 4, 5, 6].map((row) => (
        <Group key={row} wrap="nowrap">
          <Skeleton circle height={32} />
          <Skeleton height={14} width="55%" />
          <Skeleton height={12} width={80} ml="auto" />
        </Group>
      ))}
    </Stack>
  );
}
