import { passwordPolicy } from '@sallyport/core';
import { type Db, Prisma } from '../../platform/database/database.ts';
import { type ClaimRow, claimAttempt, claimColumns } from '../../platform/limits/attempts.store.ts';
import { type Candidate, candidateColumns, countOfKnownDevice } from '../access/challenges.store.ts';
import { ownerOfCredential, type PasskeyColumns, passkeyColumns, passkeyOfUser } from '../mfa/passkeys/store.ts';
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

/** The answer of a passkey that was counted; the fields are null where nobody has the credential. */
export type PasskeyAttempt = ClaimRow &
  ((Candidate & PasskeyColumns) | { [K in keyof (Candidate & PasskeyColumns)]: null }) &
  FactorsOfUser & { key: string; deviceKnown: boolean };

type Bytes = Uint8Array<ArrayBuffer>;

/** The CTE `counted`: the known browser of the user, or else the account. Looked up once, however often it is read. */
const countedFor = (userId: Prisma.Sql, deviceHash: Bytes | null, accountKey: string): Prisma.Sql => Prisma.sql`
  known AS MATERIALIZED (SELECT ${countOfKnownDevice(userId, deviceHash)} AS device), counted AS (
    SELECT COALESCE(device, ${accountKey}::text) AS key, device IS NOT NULL AS "deviceKnown" FROM known
  )`;

export const signInStore = (db: Db) => ({
  /** Counts an attempt, for the known browser or else for the address, and loads who it is for: one statement. */
  async claimPasswordAttempt(
    email: string,
    accountKey: string,
    deviceHash: Bytes | null,
    now: Date,
  ): Promise<PasswordAttempt> {
    const userId = userIdOf(email);
    const [row] = await db.$queryRaw<PasswordAttempt[]>`
      WITH ${countedFor(userId, deviceHash, accountKey)}, ${claimAttempt(passwordPolicy, now)}
      SELECT ${claimColumns}, counted.key, "deviceKnown",
        ${candidateColumns}, ${passwordHash}, ${mfaEnabled}, ${factorsOf(Prisma.sql`u.id`)}
      FROM counted LEFT JOIN (${userWithOrganization}) ON u.id = ${userId} ${credentialOfUser} ${mfaOfUser}`;
    if (!row) throw new Error('a statement that always answers did not');
    return row;
  },

  /** Counts an answer, for the known browser or else for the credential, and loads who it is of: one statement. */
  async claimPasskeyAttempt(
    credentialId: Bytes,
    accountKey: string,
    deviceHash: Bytes | null,
    now: Date,
  ): Promise<PasskeyAttempt> {
    const [row] = await db.$queryRaw<PasskeyAttempt[]>`
      WITH ${countedFor(ownerOfCredential(credentialId), deviceHash, accountKey)}, ${claimAttempt(passwordPolicy, now)}
      SELECT ${claimColumns}, counted.key, "deviceKnown",
        ${candidateColumns}, ${passkeyColumns}, ${factorsOf(Prisma.sql`u.id`)}
      FROM counted LEFT JOIN (${userWithOrganization} ${passkeyOfUser(credentialId)}) ON true`;
    if (!row) throw new Error('a statement that always answers did not');
    return row;
  },

  /** Whether the owner of the credential signed in with this browser before. */
  async knowsDevice(credentialId: Bytes, deviceHash: Bytes): Promise<boolean> {
    const [row] = await db.$queryRaw<{ known: boolean }[]>`
      SELECT ${countOfKnownDevice(ownerOfCredential(credentialId), deviceHash)} IS NOT NULL AS known`;
    return row?.known === true;
  },
});
