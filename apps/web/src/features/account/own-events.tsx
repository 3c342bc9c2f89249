import { Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AuditEvent, Me, OwnEvent } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { absoluteTime } from '../../ui/relative-time.ts';
import { EventList, EventRow } from '../audit/index.ts';
import { ownEventsQuery } from './queries.ts';

/** What one did and what happened to the account, each event with the way to say that it was not oneself. */
export function OwnEvents({ onNotMe }: { onNotMe: (eventId: string) => void }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const events = useInfiniteQuery(ownEventsQuery);
  return (
    <PagedList
      query={events}
      empty={
        <NothingHere
          icon={IconListSearch}
          title={t('account.security.noEvents')}
          text={t('account.security.noEventsText')}
        />
      }
    >
      {(rows) => (
        <EventList label={t('account.security.events')}>
          {rows.map((event) => (
            <EventRow
              key={event.id}
              event={told(t, me, event)}
              facts={{
                before: [
                  ...(event.address ? [[t('audit.fields.address'), event.address] as const] : []),
                  ...(event.userAgent ? [[t('audit.fields.device'), event.userAgent] as const] : []),
                ],
                after: [],
              }}
            >
              <Button
                mt="sm"
                size="xs"
                variant="outline"
                color="red"
                onClick={() => onNotMe(event.id)}
                aria-label={t('account.security.notMeAbout', {
                  time: absoluteTime(Date.parse(event.occurredAt), i18n.language),
                })}
              >
                {t('account.security.notMe')}
              </Button>
            </EventRow>
          ))}
        </EventList>
      )}
    </PagedList>
  );
}

/** The event with names: the own one, and of others what they are. */
function told(t: TFunction, me: Me, event: OwnEvent): Parameters<typeof EventRow>[0]['event'] {
  const { action, details = {}, isActor, isSubject, occurredAt, outcome } = event;
  const own: AuditEvent['actor'] = { id: me.id, name: me.name };
  const isOthersDoing = !isActor && event.address === undefined;
  const another = { id: null, name: t('account.security.another') };
  return {
    ...{ action, details, occurredAt, outcome },
    actor: isActor ? own : isOthersDoing ? { id: null, name: t('account.security.admin') } : null,
    subject: isSubject ? own : event.details === undefined ? another : null,
  };
}
