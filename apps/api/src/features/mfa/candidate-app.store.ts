import type { SealedColumn } from '../../platform/crypto/store.ts';
import type { Db } from '../../platform/database/database.ts';
import { sealedSecret } from './store.ts';

export const sealedCandidates: SealedColumn = { table: 'totp_candidates', ...sealedSecret };

/** An authenticator app that is to take the place of the user's. */
export interface NewCandidate {
  id: string;
  userId: string;
  /** Sealed. */
  secret: Uint8Array<ArrayBuffer>;
  /** The step of the code that confirmed it. */
  lastStep: number;
  createdAt: Date;
  expiresAt: Date;
}

export const candidateStore = (db: Db) => ({
  /** Puts the candidate in the place of an earlier one. False where the user has no app that it could take over from. */
  async save({ id, userId, secret, lastStep, createdAt, expiresAt }: NewCandidate): Promise<boolean> {
    const count = await db.$executeRaw`
      INSERT INTO totp_candidates (user_id, id, secret, last_step, created_at, expires_at)
      SELECT t.user_id, ${id}::uuid, ${secret}::bytea, ${lastStep}::int, ${createdAt}::timestamptz,
        ${expiresAt}::timestamptz
      FROM totp_authenticators t WHERE t.user_id = ${userId}::uuid
      ON CONFLICT (user_id) DO UPDATE SET id = EXCLUDED.id, secret = EXCLUDED.secret, last_step = EXCLUDED.last_step,
        told_steps = '{}', created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at`;
    return count === 1;
  },

  /** False where there is none, or its time is over. */
  async remove(userId: string, now: Date): Promise<boolean> {
    return (await db.totpCandidate.deleteMany({ where: { userId, expiresAt: { gt: now } } })).count === 1;
  },

  async purge(before: Date): Promise<number> {
    return (await db.totpCandidate.deleteMany({ where: { expiresAt: { lt: before } } })).count;
  },
});
