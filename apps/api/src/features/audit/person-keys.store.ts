import type { SealedColumn } from '../../platform/crypto/store.ts';
import { type Db, Prisma, records } from '../../platform/database/database.ts';
import { existingUsers } from '../users/credentials.store.ts';

/** What the key of a person is sealed for. */
export const personKeyContext = (userId: string): string => `person-key:${userId}`;

export const sealedPersonKeys: SealedColumn = {
  table: 'person_keys',
  column: 'key',
  key: 'user_id',
  keyType: 'uuid',
  record: 'user_id',
  context: ({ recordId }) => personKeyContext(recordId),
};

/** The sealed keys of actor and subject of a row of `audit_events`; null where a key is gone, or there never was one. */
export const keysOfEvent = Prisma.sql`
  (SELECT k.key FROM person_keys k WHERE k.user_id = actor_id) AS "actorKey",
  (SELECT k.key FROM person_keys k WHERE k.user_id = subject_id) AS "subjectKey"`;

export interface PersonKeyRow {
  userId: string;
  /** Sealed by the keyring. */
  key: Uint8Array<ArrayBuffer>;
}

interface FoundKey {
  userId: string;
  key: Uint8Array<ArrayBuffer> | null;
}

export const personKeysStore = (db: Db) => ({
  /**
   * The keys of these users, in one statement whether or not they are there: who has none gets the one that comes with the
   * request, or null where another request made the first just now. Not in the answer are those who are no users.
   */
  async ensure(fresh: readonly PersonKeyRow[], now: Date): Promise<FoundKey[]> {
    const rows = fresh.map(({ userId, key }) => ({ user_id: userId, key: Buffer.from(key).toString('base64') }));
    return db.$queryRaw<FoundKey[]>`
      WITH asked AS (SELECT r.user_id, r.key FROM ${records(rows, 'user_id uuid, key text')}), known AS (
        SELECT k.user_id, k.key FROM asked JOIN person_keys k ON k.user_id = asked.user_id
      ), new AS (
        ${existingUsers(Prisma.sql`(SELECT user_id FROM asked EXCEPT SELECT user_id FROM known)`)}
      ), made AS (
        INSERT INTO person_keys (user_id, key, created_at)
        SELECT a.user_id, decode(a.key, 'base64'), ${now}::timestamptz FROM new JOIN asked a ON a.user_id = new.id
        ON CONFLICT DO NOTHING
        RETURNING user_id, key
      )
      SELECT user_id AS "userId", key FROM known UNION ALL SELECT user_id, key FROM made
      UNION ALL SELECT id, NULL FROM new WHERE NOT EXISTS (SELECT 1 FROM made WHERE made.user_id = new.id)`;
  },

  /** Since when the person has a key. */
  async beginningOf(userId: string) {
    return db.personKey.findMany({ where: { userId }, select: { createdAt: true } });
  },

  /** Destroys the key of a person; what is sealed under it is noise from the commit on. */
  async destroy(userId: string): Promise<void> {
    await db.personKey.deleteMany({ where: { userId } });
  },
});
