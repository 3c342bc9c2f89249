import type { SealedColumn } from '../crypto/store.ts';
import { type Db, records } from '../database/database.ts';

/** What a waiting message is sealed for. */
export const mailContext = (mailId: string): string => `mail:${mailId}`;

export const sealedMails: SealedColumn = {
  table: 'outgoing_mails',
  column: 'message',
  key: 'id',
  keyType: 'uuid',
  record: 'id',
  context: ({ recordId }) => mailContext(recordId),
};

export interface ClaimedMail {
  id: string;
  message: Uint8Array;
  attempts: number;
  createdAt: Date;
}

/** The mails that wait to be delivered. */
export const outgoingMailsStore = (db: Db) => ({
  async insertMany(mails: readonly { id: string; message: Uint8Array<ArrayBuffer> }[], now: Date): Promise<void> {
    const rows = mails.map(({ id, message }) => ({ id, message: Buffer.from(message).toString('base64') }));
    await db.$executeRaw`
      INSERT INTO outgoing_mails (id, message, next_attempt_at, created_at)
      SELECT r.id, decode(r.message, 'base64'), ${now}::timestamptz, ${now}::timestamptz
      FROM ${records(rows, 'id uuid, message text')}`;
  },

  /**
   * Takes up to `limit` due mails; nobody else gets them before their next date.
   *
   * @param pause seconds before the second try, which double from try to try up to `longest`
   */
  async claim(limit: number, pause: { first: number; longest: number }, now: Date): Promise<ClaimedMail[]> {
    return db.$queryRaw<ClaimedMail[]>`
      UPDATE outgoing_mails m
      SET attempts = m.attempts + 1,
        next_attempt_at = ${now}::timestamptz + make_interval(secs =>
          least(${pause.first}::int * power(2, m.attempts), ${pause.longest}::int))
      FROM (
        SELECT id FROM outgoing_mails WHERE next_attempt_at <= ${now}::timestamptz
        ORDER BY next_attempt_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
      ) due
      WHERE m.id = due.id
      RETURNING m.id::text AS id, m.message, m.attempts, m.created_at AS "createdAt"`;
  },

  /** The next mails in the order of their ids. */
  async page(after: string, limit: number): Promise<Pick<ClaimedMail, 'id' | 'message' | 'createdAt'>[]> {
    return db.$queryRaw`
      SELECT m.id::text AS id, m.message, m.created_at AS "createdAt" FROM outgoing_mails m
      WHERE m.id > ${after}::uuid ORDER BY m.id LIMIT ${limit}::int`;
  },

  async delete(id: string): Promise<void> {
    await db.$executeRaw`DELETE FROM outgoing_mails WHERE id = ${id}::uuid`;
  },

  async count(): Promise<number> {
    return db.outgoingMail.count();
  },
});
