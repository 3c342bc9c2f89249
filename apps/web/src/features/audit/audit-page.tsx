import { Button, Stack } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../base/api/types.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { filterOf } from './audit-filter.ts';
import { AuditFilters } from './audit-filters.tsx';
import { EventList } from './event-list.tsx';
import { EventRow, type Fact } from './event-row.tsx';
import { auditQuery } from './queries.ts';
import { nameOf } from './sentence.ts';

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
            <EventList label={t('audit.list')}>
              {rows.map((event) => (
                <EventRow key={event.id} event={event} facts={factsOf(t, event)} />
              ))}
            </EventList>
          )}
        </PagedList>
      </Stack>
    </>
  );
}

const factsOf = (t: TFunction, event: AuditEvent): { before: Fact[]; after: Fact[] } => ({
  before: [
    [t('audit.fields.actor'), nameOf(t, event.actor) ?? '–'],
    [t('audit.fields.subject'), nameOf(t, event.subject) ?? '–'],
    [t('audit.fields.address'), event.address ?? '–'],
    [t('audit.fields.device'), event.userAgent || '–'],
  ],
  after: [
    [t('audit.fields.action'), event.action],
    [t('audit.fields.requestId'), event.requestId ?? '–'],
    [t('audit.fields.sequence'), String(event.sequence)],
  ],
});
