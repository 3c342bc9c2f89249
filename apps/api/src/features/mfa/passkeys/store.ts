import { createHash } from 'node:crypto';
import { type Db, Prisma, uuids } from '../../../platform/database/database.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What an answer is verified against. */
export interface StoredPasskey {
  id: string;
  userId: string;
  credentialId: Bytes;
  /** COSE_Key. */
  publicKey: Bytes;
  /** Unsigned, 32 bits. */
  counter: number;
  transports: string[];
  backupEligible: boolean;
}

export interface NewPasskey extends StoredPasskey {
  backedUp: boolean;
  /** Whether it is found without being named; null where the browser did not say. */
  discoverable: boolean | null;
  /** UUID of the model; zeros where it is not told. */
  aaguid: string;
  /** Whether a certificate that the organization trusts vouched for the model. */
  attested: boolean;
  name: string;
  createdAt: Date;
}

/** What a challenge is for, and who asked for it: a session or a pending sign-in. */
export interface Asked {
  holderId: string;
  purpose: 'enrollment' | 'second_step' | 'reauthentication';
}

/** Under which name the answers of a credential that were refused are counted, whether or not it has a user (SEC-2). */
export const credentialAttemptKey = (credentialId: Uint8Array): string =>
  `passkey:${createHash('sha256').update(credentialId).digest('base64url')}`;

/** A challenge that a passkey answered alone. */
export interface SpentChallenge {
  /** SHA-256. */
  hash: Bytes;
  expiresAt: Date;
}

/** What `passkeyColumns` say of the passkey `k`. */
export interface PasskeyColumns {
  passkeyId: string;
  publicKey: Bytes;
  counter: number;
  backupEligible: boolean;
}

/** The id of the user whose credential that is, or null. */
export const ownerOfCredential = (credentialId: Bytes): Prisma.Sql =>
  Prisma.sql`(SELECT user_id FROM passkeys WHERE credential_id = ${credentialId}::bytea)`;

/** Whether the user has a passkey `k` of which that is so. */
const hasPasskeyThat = (userId: Prisma.Sql, isSo: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = ${userId} AND ${isSo})`;

/** Whether the user has a passkey that is found without being named, and so may sign in alone. */
export const hasPasskeyAlone = (userId: Prisma.Sql): Prisma.Sql => hasPasskeyThat(userId, Prisma.sql`k.discoverable`);

/** Whether the user has a passkey that could not be added anew. */
export const hasOtherPasskey = (
  userId: Prisma.Sql,
  isTaken: (aaguid: Prisma.Sql, attested: Prisma.Sql) => Prisma.Sql,
): Prisma.Sql => hasPasskeyThat(userId, Prisma.sql`NOT ${isTaken(Prisma.sql`k.aaguid`, Prisma.sql`k.attested`)}`);

/** Joins `k`, the passkey of the user `u` with this credential. */
export const passkeyOfUser = (credentialId: Bytes): Prisma.Sql =>
  Prisma.sql`JOIN passkeys k ON k.user_id = u.id AND k.credential_id = ${credentialId}::bytea`;

export const passkeyColumns = Prisma.sql`
  k.id AS "passkeyId", k.public_key AS "publicKey", k.counter::float8 AS counter, k.backup_eligible AS "backupEligible"`;

/** The CTE `spent` that spends the challenge once the CTE `from` has a row; none where it was spent before. */
export const spendChallenge = ({ hash, expiresAt }: SpentChallenge, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
  spent AS (
    INSERT INTO spent_passkey_challenges (hash, expires_at)
    SELECT ${hash}::bytea, ${expiresAt}::timestamptz ${from}
    ON CONFLICT DO NOTHING RETURNING hash
  )`;

const verified = {
  id: true,
  userId: true,
  credentialId: true,
  publicKey: true,
  counter: true,
  transports: true,
  backupEligible: true,
} as const;

const shown = { id: true, name: true, createdAt: true, usedAt: true, discoverable: true } as const;

export const passkeysStore = (db: Db) => ({
  /** In the order in which they were added. */
  async listCredentials(userId: string): Promise<{ credentialId: Bytes; transports: string[] }[]> {
    return db.passkey.findMany({
      where: { userId },
      select: { credentialId: true, transports: true },
      orderBy: { createdAt: 'asc' },
    });
  },

  async findByCredential(userId: string, credentialId: Bytes): Promise<StoredPasskey | null> {
    const found = await db.passkey.findFirst({ where: { userId, credentialId }, select: verified });
    return found && { ...found, counter: Number(found.counter) };
  },

  async find(userId: string, id: string): Promise<{ id: string; name: string } | null> {
    return db.passkey.findFirst({ where: { userId, id }, select: { id: true, name: true } });
  },

  async count(userId: string): Promise<number> {
    return db.passkey.count({ where: { userId } });
  },

  /** @throws the database's unique violation for a credential that is somebody's already */
  async insert(passkey: NewPasskey): Promise<void> {
    await db.passkey.create({ data: passkey });
  },

  /** Null when the user has no such passkey. */
  async rename(userId: string, id: string, name: string) {
    const [renamed] = await db.passkey.updateManyAndReturn({ where: { userId, id }, data: { name }, select: shown });
    return renamed ?? null;
  },

  /** False when the user has no such passkey. */
  async remove(userId: string, id: string): Promise<boolean> {
    return (await db.passkey.deleteMany({ where: { userId, id } })).count === 1;
  },

  /** Puts the challenge in the place of an earlier one that was asked for in the same way. */
  async saveChallenge(
    { holderId, purpose }: Asked,
    { userId, challenge, expiresAt }: { userId: string; challenge: Bytes; expiresAt: Date },
  ): Promise<void> {
    await db.passkeyChallenge.upsert({
      where: { holderId_purpose: { holderId, purpose } },
      create: { holderId, purpose, userId, challenge, expiresAt },
      update: { userId, challenge, expiresAt },
    });
  },

  /** Takes the challenge, so that nobody answers it again. Null when it is over, was taken, or was never asked for. */
  async takeChallenge({ holderId, purpose }: Asked, userId: string, now: Date): Promise<Bytes | null> {
    const [taken] = await db.$queryRaw<{ challenge: Bytes; fresh: boolean }[]>`
      DELETE FROM passkey_challenges
      WHERE holder_id = ${holderId}::uuid AND purpose = ${purpose}::passkey_purpose AND user_id = ${userId}::uuid
      RETURNING challenge, expires_at > ${now}::timestamptz AS fresh`;
    return taken?.fresh ? taken.challenge : null;
  },

  async deleteChallenges(userIds: readonly string[]): Promise<void> {
    await db.$executeRaw`DELETE FROM passkey_challenges WHERE user_id IN ${uuids(userIds)}`;
  },

  /** Deletes the challenges that are over, answered or not. */
  async purgeChallenges(before: Date): Promise<number> {
    const over = { where: { expiresAt: { lt: before } } };
    const waiting = await db.passkeyChallenge.deleteMany(over);
    const spent = await db.spentPasskeyChallenge.deleteMany(over);
    return waiting.count + spent.count;
  },
});
