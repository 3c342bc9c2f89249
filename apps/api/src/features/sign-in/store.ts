import { passwordPolicy } from '@sallyport/core';
import { type Db, Prisma } from '../../platform/database/database.ts';
import { type ClaimRow, claimAttempt, claimColumns } from '../../platform/limits/attempts.store.ts';
import { type Candidate, candidateColumns, countOfKnownDevice } from '../access/challenges.store.ts';
import { type FactorsOfUser, factorsOf, mfaEnabled, mfaOfUser } from '../mfa/store.ts';
import { credentialOfUser, passwordHash, userIdOf, userWithOrganization } from '../users/credentials.store.ts';

/** A password attempt that was counted; the user's fields are null for an unknown address. */
export type PasswordAttempt = ClaimRow &
  (Candidate | { [K in keyof Candidate]: null }) &
  FactorsOfUser & {
    key: string;
    deviceKnown: boolean;
    passwordHash: string | null;
    mfaEnabled: boolean;
  };

export const signInStore = (db: Db) => ({
  /** Counts an attempt, for the known browser or else for the address, and loads who it is for: one statement. */
  async claimPasswordAttempt(
    email: string,
    accountKey: string,
    deviceHash: Uint8Array<ArrayBuffer> | null,
    now: Date,
  ): Promise<PasswordAttempt> {
    const userId = userIdOf(email);
    const [row] = await db.$queryRaw<PasswordAttempt[]>`
      WITH counted AS (
        SELECT COALESCE(device, ${accountKey}::text) AS key, device IS NOT NULL AS "deviceKnown"
        FROM (SELECT ${countOfKnownDevice(userId, deviceHash)} AS device) AS known
      ), ${claimAttempt(passwordPolicy, now)}
      SELECT ${claimColumns}, counted.key, "deviceKnown",
        ${candidateColumns}, ${passwordHash}, ${mfaEnabled}, ${factorsOf(Prisma.sql`u.id`)}
      FROM counted LEFT JOIN (${userWithOrganization}) ON u.id = ${userId} ${credentialOfUser} ${mfaOfUser}`;
    if (!row) throw new Error('a statement that always answers did not');
    return row;
  },
});
