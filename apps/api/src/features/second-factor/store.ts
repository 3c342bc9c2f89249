import type { Db } from '../../platform/database/database.ts';
import { type Proof, type SecondFactor, secondFactorColumns, spendProof } from './statements.ts';

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
