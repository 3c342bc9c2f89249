import type { SealedColumn } from '../../platform/crypto/store.ts';
import { type Db, Prisma } from '../../platform/database/database.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A reset of MFA that waits, as it is stored. */
export interface WaitingReset {
  userId: string;
  /** Another one for each reset. */
  id: string;
  askedById: string | null;
  askedAt: Date;
  /** Sealed. */
  reason: Bytes | null;
  dueAt: Date;
  /** Until when another admin may approve it; null where none needs to, or one did. */
  expiresAt: Date | null;
  approvedById: string | null;
  /** By which the user asked for it; null where an admin did. */
  recoveryAddressId: string | null;
}

/** What the reason of a reset is sealed for. */
export const reasonContext = (userId: string, id: string): string => `waiting-reset:${userId}:${id}`;

export const sealedReasons: SealedColumn = {
  table: 'waiting_resets',
  column: 'reason',
  key: 'user_id',
  keyType: 'uuid',
  record: 'id',
  context: ({ key, recordId }) => reasonContext(key, recordId),
};

/** Joins `w`, the reset that waits for the user `u`, if one does. */
export const waitingResetOfUser = Prisma.sql`LEFT JOIN waiting_resets w ON w.user_id = u.id`;

/** The waiting reset as `waitingResetColumns` reads it; null where none waits. */
export interface WaitingResetColumns {
  resetId: string | null;
  resetAskedById: string | null;
  resetAskedAt: Date | null;
  resetReason: Bytes | null;
  resetDueAt: Date | null;
  resetExpiresAt: Date | null;
  resetApprovedAt: Date | null;
  resetRecoveryAddressId: string | null;
}

export const waitingResetColumns = Prisma.sql`
  w.id AS "resetId", w.asked_by_id AS "resetAskedById", w.asked_at AS "resetAskedAt", w.reason AS "resetReason",
  w.due_at AS "resetDueAt", w.expires_at AS "resetExpiresAt", w.approved_at AS "resetApprovedAt",
  w.recovery_address_id AS "resetRecoveryAddressId"`;

/** Who asked for, and who approved, the reset `w`. */
export const askedForBy = Prisma.sql`w.asked_by_id`;
export const approvedBy = Prisma.sql`w.approved_by_id`;

const columns = Prisma.sql`
  w.user_id AS "userId", w.id, w.asked_by_id AS "askedById", w.asked_at AS "askedAt", w.reason, w.due_at AS "dueAt",
  w.expires_at AS "expiresAt", w.approved_by_id AS "approvedById", w.recovery_address_id AS "recoveryAddressId"`;

/** Whether the reset `w` is to take place. */
const isDue = (now: Date): Prisma.Sql => Prisma.sql`(w.expires_at IS NULL AND w.due_at <= ${now}::timestamptz)`;

/** Whether nobody approved the reset `w` in time. */
const isOver = (now: Date): Prisma.Sql => Prisma.sql`w.expires_at <= ${now}::timestamptz`;

/** Whoever changes a reset holds its user first, so that all of it waits in one order. */
export const waitingResetsStore = (db: Db) => {
  const take = async (userId: string, which: Prisma.Sql): Promise<WaitingReset | null> => {
    const [taken] = await db.$queryRaw<WaitingReset[]>`
      DELETE FROM waiting_resets w WHERE w.user_id = ${userId}::uuid AND ${which} RETURNING ${columns}`;
    return taken ?? null;
  };
  return {
    /** False where one waits already, or MFA of the user is off. */
    async insert(reset: Omit<WaitingReset, 'approvedById'>): Promise<boolean> {
      const { userId, id, askedById, askedAt, reason, dueAt, expiresAt, recoveryAddressId } = reset;
      const count = await db.$executeRaw`
        INSERT INTO waiting_resets (user_id, id, asked_by_id, asked_at, reason, due_at, expires_at,
          recovery_address_id)
        SELECT m.user_id, ${id}::uuid, ${askedById}::uuid, ${askedAt}::timestamptz, ${reason}::bytea,
          ${dueAt}::timestamptz, ${expiresAt}::timestamptz, ${recoveryAddressId}::uuid
        FROM enabled_mfa m WHERE m.user_id = ${userId}::uuid
        ON CONFLICT (user_id) DO NOTHING`;
      return count === 1;
    },

    async find(userId: string): Promise<WaitingReset | null> {
      const [row] = await db.$queryRaw<WaitingReset[]>`
        SELECT ${columns} FROM waiting_resets w WHERE w.user_id = ${userId}::uuid`;
      return row ?? null;
    },

    /** False where none waits for approval, the one that does is too old, or is that of the admin itself. */
    async approve(userId: string, adminId: string, now: Date): Promise<boolean> {
      const count = await db.$executeRaw`
        UPDATE waiting_resets w
        SET expires_at = NULL, approved_at = ${now}::timestamptz, approved_by_id = ${adminId}::uuid
        WHERE w.user_id = ${userId}::uuid AND w.expires_at > ${now}::timestamptz
          AND w.asked_by_id IS DISTINCT FROM ${adminId}::uuid`;
      return count === 1;
    },

    /** Takes the reset away that is to take place now; null where there is none, or another was first. */
    takeDue: (userId: string, now: Date) => take(userId, isDue(now)),

    /** Takes the reset away that nobody approved in time. */
    takeOver: (userId: string, now: Date) => take(userId, isOver(now)),

    /** Takes the reset away that the user asked for by its recovery address. */
    takeRecovery: (userId: string) => take(userId, Prisma.sql`w.recovery_address_id IS NOT NULL`),

    /** Takes the reset away, whatever it waits for. */
    takeAny: (userId: string) => take(userId, Prisma.sql`true`),

    /** Users whose reset is to take place, or is over; the longest waiting first. */
    async usersOfSettled(now: Date, limit: number): Promise<string[]> {
      const rows = await db.$queryRaw<{ userId: string }[]>`
        SELECT w.user_id AS "userId" FROM waiting_resets w WHERE ${isDue(now)} OR ${isOver(now)}
        ORDER BY w.due_at LIMIT ${limit}::int`;
      return rows.map(({ userId }) => userId);
    },
  };
};
