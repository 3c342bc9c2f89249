import { type Db, Prisma } from '../../platform/database/database.ts';

/** What a code is checked against. */
export interface SecondFactor {
  userId: string;
  authenticatorId: string;
  /** Sealed. */
  secret: Uint8Array;
  lastStep: number;
  /** Of the set of backup codes. */
  salt: Uint8Array;
  /** Of the codes that are not spent. */
  backupCodeHashes: Uint8Array[];
}

/** A code that matched and is yet to be spent. */
export type Proof =
  | { method: 'totp'; userId: string; step: number }
  | { method: 'backup_code'; userId: string; hash: Uint8Array<ArrayBuffer> };

/** Columns and joins that read a SecondFactor for a user in a larger statement; the user's id is `user_id` of `row`. */
export const secondFactorColumns = Prisma.sql`
  t.user_id AS "userId", t.id AS "authenticatorId", t.secret, t.last_step AS "lastStep", bs.salt,
  ARRAY(SELECT b.hash FROM backup_codes b WHERE b.user_id = t.user_id AND b.spent_at IS NULL) AS "backupCodeHashes"`;

/**
 * The CTE `proof` that spends the code of the user that the CTE `allowed` names, if it is still unspent: a row says
 * that this statement won. For larger statements.
 */
export const spendProof = (proof: Proof, now: Date): Prisma.Sql =>
  proof.method === 'totp'
    ? Prisma.sql`proof AS (
        UPDATE totp_authenticators t SET last_step = ${proof.step}::int FROM allowed
        WHERE t.user_id = allowed.user_id AND t.last_step < ${proof.step}::int
        RETURNING t.user_id)`
    : Prisma.sql`proof AS (
        UPDATE backup_codes b SET spent_at = ${now}::timestamptz FROM allowed
        WHERE b.user_id = allowed.user_id AND b.hash = ${proof.hash}::bytea AND b.spent_at IS NULL
        RETURNING b.user_id)`;

export const secondFactorStore = (db: Db) => ({
  async find(userId: string): Promise<SecondFactor | null> {
    const [row] = await db.$queryRaw<SecondFactor[]>`
      SELECT ${secondFactorColumns}
      FROM totp_authenticators t JOIN backup_code_sets bs ON bs.user_id = t.user_id
      WHERE t.user_id = ${userId}::uuid`;
    return row ?? null;
  },

  /**
   * Spends the code. False when it was spent before, by this or a racing request. Holds the user first, as sign-in
   * does, so that the two wait for each other in one order.
   */
  async spend(proof: Proof, now: Date): Promise<boolean> {
    const won = await db.$queryRaw<unknown[]>`
      WITH allowed AS (
        SELECT id AS user_id FROM users WHERE id = ${proof.userId}::uuid FOR NO KEY UPDATE
      ), ${spendProof(proof, now)} SELECT 1 FROM proof`;
    return won.length === 1;
  },

  async remainingBackupCodes(userId: string): Promise<number> {
    return db.backupCode.count({ where: { userId, spentAt: null } });
  },
});
