import { Button, Stack } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
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

  return (
    <>
      <PageHeading description={t('audit.description')}>{t('audit.title')}</PageHeading>
      <Stack gap="md">
        <AuditFilters filter={filter} onChange={change} />
        <PagedList
          query={events}
          empty={
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
          }
        >
          {(rows) => (
            <ul className={classes.list} aria-label={t('audit.list')}>
              {rows.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
          )}
        </PagedList>
      </Stack>
    </>
  );
}
