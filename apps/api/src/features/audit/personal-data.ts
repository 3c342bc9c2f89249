import type { Db } from '../../platform/database/database.ts';
import type { PersonalDataPart } from '../../platform/personal-data.ts';
import { personKeysStore } from './person-keys.store.ts';
import type { EventReader } from './person-keys.ts';
import { auditStore } from './store.ts';
import { type EventView, viewOf } from './view.ts';

const BATCH = 1000;

/**
 * What the log says of a person. Of an event that another had a part in it gives what concerns the person: who the other
 * was, and from where, is the other's.
 */
export const auditDataOf =
  (persons: Pick<EventReader, 'open'>): PersonalDataPart =>
  async (db, { id }) => ({
    audit_events: await eventsOf(db, persons, id),
    person_keys: await personKeysStore(db).beginningOf(id),
  });

async function eventsOf(db: Db, persons: Pick<EventReader, 'open'>, userId: string): Promise<object[]> {
  const events: object[] = [];
  for (let after: bigint | null = -1n; after !== null; ) {
    const rows = await auditStore(db).ofUser(userId, after, BATCH);
    for (const row of rows) events.push(concerning(viewOf(persons.open(row).row), userId));
    after = rows.length < BATCH ? null : (rows.at(-1)?.sequence ?? null);
  }
  return events;
}

function concerning({ id, occurredAt, action, outcome, actor, subject, details, ...from }: EventView, userId: string) {
  const isActor = actor?.id === userId;
  const isSubject = subject?.id === userId;
  const isOthersDoing = actor !== null && actor.id !== null && !isActor;
  return {
    ...{ id, occurredAt, action, outcome, isActor, isSubject },
    name: isActor ? actor.name : subject?.name,
    ...(isOthersDoing ? {} : { address: from.address, userAgent: from.userAgent, requestId: from.requestId }),
    ...(isSubject || !subject?.id ? { details } : {}),
  };
}
