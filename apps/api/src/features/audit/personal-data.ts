import type { Db } from '../../platform/database/database.ts';
import type { PersonalDataPart } from '../../platform/personal-data.ts';
import { personKeysStore } from './person-keys.store.ts';
import type { EventReader } from './person-keys.ts';
import { auditStore } from './store.ts';
import { concerning, viewOf } from './view.ts';

const BATCH = 1000;

/** What the log says of a person: of each event what concerns it. */
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
