import type { FactorKind } from '@sallyport/core';
import { MAX_STEPS_AHEAD } from '@sallyport/core/totp';
import type { SealedColumn } from '../../platform/crypto/store.ts';
import { type Db, Prisma, records, uuids } from '../../platform/database/database.ts';
import { insertAuditEvent, type StoredRow } from '../audit/store.ts';
import { endMfaGrace, endPasskeyGrace, lockUser } from '../users/credentials.store.ts';

type Sealed = Uint8Array<ArrayBuffer>;

/** What a TOTP secret is sealed for: it does not open for another user or record (SEC-10). */
export const secretContext = (userId: string, authenticatorId: string): string => `totp:${userId}:${authenticatorId}`;

export const sealedSecret: Omit<SealedColumn, 'table'> = {
  column: 'secret',
  key: 'user_id',
  keyType: 'uuid',
  record: 'id',
  context: ({ key, recordId }) => secretContext(key, recordId),
};

export const sealedAuthenticators: SealedColumn = { table: 'totp_authenticators', ...sealedSecret };

/** What the secret of a set of backup codes is sealed for. */
export const backupCodesContext = (userId: string): string => `backup-codes:${userId}`;

export const sealedBackupCodeSets: SealedColumn = {
  table: 'backup_code_sets',
  column: 'secret',
  key: 'user_id',
  keyType: 'uuid',
  record: 'user_id',
  context: ({ key }) => backupCodesContext(key),
};

export const sealedEnrollments: SealedColumn = { table: 'pending_enrollments', ...sealedSecret };

export interface PendingEnrollment {
  id: string;
  userId: string;
  sessionId: string;
  secret: Sealed;
  expiresAt: Date;
  /** Whether it is of an app in the place of another, which password and second factor were shown for. */
  replaces: boolean;
}

/** What a backup code is checked against. */
export interface BackupCodes {
  userId: string;
  salt: Uint8Array;
  /** Sealed; null in a set of before codes were keyed. */
  codesSecret: Uint8Array | null;
  /** Of the codes that are not spent. */
  backupCodeHashes: Uint8Array[];
}

/** What a code is checked against. */
export type SecondFactor = BackupCodes & FactorsOfUser & OrNull<AuthenticatorColumns> & OrNull<CandidateColumns>;

type OrNull<Columns> = Columns | { [K in keyof Columns]: null };

/** Of an authenticator app. */
interface AuthenticatorColumns {
  authenticatorId: string;
  /** Sealed. */
  secret: Uint8Array;
  lastStep: number;
  /** Time steps of codes that were refused as too early. */
  toldSteps: number[];
}

/** The same of the app that is to take its place. */
interface CandidateColumns {
  candidateId: string;
  candidateSecret: Uint8Array;
  candidateLastStep: number;
  candidateToldSteps: number[];
}

/** An authenticator app, be it confirmed or a candidate. */
export interface App {
  id: string;
  userId: string;
  /** Sealed. */
  secret: Uint8Array;
  lastStep: number;
  toldSteps: readonly number[];
}

/** The app of the user, or null. */
export function appOf(factor: SecondFactor): App | null {
  if (factor.authenticatorId === null) return null;
  const { authenticatorId: id, userId, secret, lastStep, toldSteps } = factor;
  return { id, userId, secret, lastStep, toldSteps };
}

/** The app that is to take its place, or null. */
export function candidateOf(factor: SecondFactor): App | null {
  if (factor.candidateId === null) return null;
  const { candidateId: id, userId, candidateSecret, candidateLastStep, candidateToldSteps } = factor;
  return { id, userId, secret: candidateSecret, lastStep: candidateLastStep, toldSteps: candidateToldSteps };
}

/** When a code of the app was accepted last, the one that enrolled it included. */
export const lastUseOf = ({ enrolledAt, usedAt }: { enrolledAt: Date; usedAt: Date | null }): Date =>
  usedAt ?? enrolledAt;

/** A new set of backup codes, as it is stored. */
export interface BackupCodeHashes {
  salt: Sealed;
  /** Sealed. */
  secret: Sealed;
  hashes: Sealed[];
}

/** A code or an answer of a passkey that matched, and is yet to be spent. */
export type Proof =
  | {
      method: 'totp';
      userId: string;
      appId: string;
      step: number;
      /** Whether it is of a candidate, which takes over. */
      takesOver: boolean;
    }
  | { method: 'backup_code'; userId: string; hash: Uint8Array<ArrayBuffer> }
  | {
      method: 'passkey';
      userId: string;
      passkeyId: string;
      counter: number;
      backedUp: boolean;
      /** Whether it answered without being named. */
      unnamed: boolean;
    };

/** Which factors a user has beside the backup codes. */
export interface FactorsOfUser {
  factors: FactorKind[];
}

/** Prefix of the key under which a user's failures are counted, across challenges, factors and routes (SEC-3). */
const COUNTED_AS = 'second-factor:';

export const secondFactorKey = (userId: string): string => `${COUNTED_AS}${userId}`;

/** The same key in a statement, of the user that `userId` names there. */
export const secondFactorKeyOf = (userId: Prisma.Sql): Prisma.Sql => Prisma.sql`(${COUNTED_AS}::text || ${userId})`;

/** Joins `m`, the MFA of the user `u`, where it is on. */
export const mfaOfUser = Prisma.sql`LEFT JOIN enabled_mfa m ON m.user_id = u.id`;

/** Null while MFA is off. */
export const mfaRevision = Prisma.sql`m.revision AS "mfaRevision"`;

/** Of a statement with `m`. */
export const withMfa = Prisma.sql`m.user_id IS NOT NULL`;

export const mfaEnabled = Prisma.sql`${withMfa} AS "mfaEnabled"`;

/** Whether MFA of the user that `userId` names is on. */
export const hasMfa = (userId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM enabled_mfa e WHERE e.user_id = ${userId})`;

/** Whether the user that `userId` names has a passkey. */
export const hasPasskey = (userId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = ${userId})`;

/** Which factors the user that `userId` names has. */
export const factorsOf = (userId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  array_remove(ARRAY[
    CASE WHEN EXISTS (SELECT 1 FROM totp_authenticators a WHERE a.user_id = ${userId}) THEN 'totp' END,
    CASE WHEN ${hasPasskey(userId)} THEN 'passkey' END
  ], NULL) AS factors`;

const factors = (now: Date): Prisma.Sql => Prisma.sql`
  LEFT JOIN totp_authenticators t ON t.user_id = m.user_id
  LEFT JOIN totp_candidates tc ON tc.user_id = m.user_id AND tc.expires_at > ${now}::timestamptz
  JOIN backup_code_sets bs ON bs.user_id = m.user_id`;

/** Joins what a second factor of the user `u` is checked against; none for a user without MFA. */
export const secondFactorOfUser = (now: Date): Prisma.Sql =>
  Prisma.sql`JOIN enabled_mfa m ON m.user_id = u.id ${factors(now)}`;

export const secondFactorColumns = Prisma.sql`
  m.user_id AS "userId", t.id AS "authenticatorId", t.secret, t.last_step AS "lastStep",
  t.told_steps AS "toldSteps", tc.id AS "candidateId", tc.secret AS "candidateSecret",
  tc.last_step AS "candidateLastStep", tc.told_steps AS "candidateToldSteps", bs.salt,
  bs.secret AS "codesSecret", ${factorsOf(Prisma.sql`m.user_id`)},
  ARRAY(SELECT b.hash FROM backup_codes b WHERE b.user_id = m.user_id AND b.spent_at IS NULL) AS "backupCodeHashes"`;

/** Whether the app `t` may still spend the step. */
const isUnspent = (step: number): Prisma.Sql => Prisma.sql`
  (t.last_step < ${step}::int OR t.last_step > ${step}::int + ${MAX_STEPS_AHEAD}::int)
  AND NOT ${step}::int = ANY (t.told_steps)`;

/**
 * The CTE `proof` that spends what the user that the CTE `allowed` names proved, if it is still unspent: a row says
 * that this statement won. A passkey is as good as spent once its counter is beyond. A candidate is in the place of the
 * app then, whose own codes are worth nothing. For larger statements.
 */
export function spendProof(proof: Proof, now: Date): Prisma.Sql {
  switch (proof.method) {
    case 'totp':
      return proof.takesOver
        ? Prisma.sql`candidate AS (
        DELETE FROM totp_candidates t USING allowed
        WHERE t.user_id = allowed.user_id AND t.id = ${proof.appId}::uuid AND t.expires_at > ${now}::timestamptz
          AND ${isUnspent(proof.step)}
        RETURNING t.user_id, t.id, t.secret, t.told_steps, t.created_at
      ), proof AS (
        UPDATE totp_authenticators t SET id = c.id, secret = c.secret, last_step = ${proof.step}::int,
          told_steps = c.told_steps, enrolled_at = c.created_at, used_at = ${now}::timestamptz
        FROM candidate c WHERE t.user_id = c.user_id
        RETURNING t.user_id)`
        : Prisma.sql`proof AS (
        UPDATE totp_authenticators t SET last_step = ${proof.step}::int, used_at = ${now}::timestamptz FROM allowed
        WHERE t.user_id = allowed.user_id AND t.id = ${proof.appId}::uuid AND ${isUnspent(proof.step)}
        RETURNING t.user_id)`;
    case 'backup_code':
      return Prisma.sql`proof AS (
        UPDATE backup_codes b SET spent_at = ${now}::timestamptz FROM allowed
        WHERE b.user_id = allowed.user_id AND b.hash = ${proof.hash}::bytea AND b.spent_at IS NULL
        RETURNING b.user_id)`;
    case 'passkey':
      return Prisma.sql`proof AS (
        UPDATE passkeys p SET counter = ${proof.counter}::bigint, backed_up = ${proof.backedUp}, used_at = ${now}::timestamptz,
          discoverable = CASE WHEN ${proof.unnamed}::boolean THEN true ELSE p.discoverable END
        FROM allowed
        WHERE p.user_id = allowed.user_id AND p.id = ${proof.passkeyId}::uuid
          AND (p.counter < ${proof.counter}::bigint OR p.counter = 0)
        RETURNING p.user_id)`;
  }
}

export const mfaStore = (db: Db) => ({
  /** Null while MFA is off. */
  async findStatus(userId: string) {
    return db.enabledMfa.findUnique({
      where: { userId },
      select: {
        enabledAt: true,
        totpAuthenticator: {
          select: {
            id: true,
            enrolledAt: true,
            usedAt: true,
            candidate: { select: { createdAt: true, expiresAt: true } },
          },
        },
        passkeys: {
          select: { id: true, name: true, createdAt: true, usedAt: true, discoverable: true },
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        },
        backupCodeSet: { select: { _count: { select: { codes: { where: { spentAt: null } } } } } },
      },
    });
  },

  /** Puts the enrolment in the place of an earlier pending one, and tells of it, in one statement. */
  async savePending(pending: PendingEnrollment, event: StoredRow): Promise<void> {
    const { id, userId, sessionId, secret, expiresAt, replaces } = pending;
    await db.$executeRaw`
      WITH pending AS (
        INSERT INTO pending_enrollments (id, user_id, session_id, secret, expires_at, replaces)
        VALUES (${id}::uuid, ${userId}::uuid, ${sessionId}::uuid, ${secret}::bytea, ${expiresAt}::timestamptz,
          ${replaces}::boolean)
        ON CONFLICT (user_id) DO UPDATE SET id = EXCLUDED.id, session_id = EXCLUDED.session_id,
          secret = EXCLUDED.secret, expires_at = EXCLUDED.expires_at, replaces = EXCLUDED.replaces
        RETURNING id
      ) ${insertAuditEvent(event, Prisma.sql`FROM pending`)}`;
  },

  async findPending(
    { userId, sessionId, replaces }: Pick<PendingEnrollment, 'userId' | 'sessionId' | 'replaces'>,
    now: Date,
  ): Promise<PendingEnrollment | null> {
    const [row] = await db.$queryRaw<PendingEnrollment[]>`
      SELECT id, user_id AS "userId", session_id AS "sessionId", secret, expires_at AS "expiresAt", replaces
      FROM pending_enrollments
      WHERE user_id = ${userId}::uuid AND session_id = ${sessionId}::uuid AND expires_at > ${now}::timestamptz
        AND replaces = ${replaces}::boolean`;
    return row ?? null;
  },

  /** The pending enrolment of the user, whichever session began it. */
  async findPendingOf(userId: string, now: Date): Promise<Pick<PendingEnrollment, 'id' | 'secret'> | null> {
    const [row] = await db.$queryRaw<Pick<PendingEnrollment, 'id' | 'secret'>[]>`
      SELECT id, secret FROM pending_enrollments
      WHERE user_id = ${userId}::uuid AND expires_at > ${now}::timestamptz`;
    return row ?? null;
  },

  /** Takes the pending enrolment away. False when it ended, was replaced, or a racing request was first. */
  async takePending(id: string, sessionId: string, now: Date): Promise<boolean> {
    const count = await db.$executeRaw`
      DELETE FROM pending_enrollments
      WHERE id = ${id}::uuid AND session_id = ${sessionId}::uuid AND expires_at > ${now}::timestamptz`;
    return count === 1;
  },

  /** @throws the database's unique violation where MFA is on */
  async enable(userId: string, revision: string, enabledAt: Date): Promise<void> {
    await db.$executeRaw`
      INSERT INTO enabled_mfa (user_id, revision, enabled_at)
      VALUES (${userId}::uuid, ${revision}::uuid, ${enabledAt}::timestamptz)`;
  },

  /** False while MFA is off. */
  async setRevision(userId: string, revision: string): Promise<boolean> {
    return (await db.enabledMfa.updateMany({ where: { userId }, data: { revision } })).count === 1;
  },

  /** Holds the user until the end of the transaction. */
  async hold(userId: string): Promise<void> {
    await db.$queryRaw`WITH ${lockUser(userId)} SELECT 1 FROM locked`;
  },

  /** Turns MFA off where no factor is left; whether it did. */
  async disableWithoutFactors(userId: string): Promise<boolean> {
    const bare = { userId, totpAuthenticator: null, passkeys: { none: {} } };
    return (await db.enabledMfa.deleteMany({ where: bare })).count === 1;
  },

  /** Takes away every factor with the backup codes. The ids of the users who had MFA. */
  async disable(userIds: readonly string[]): Promise<string[]> {
    const rows = await db.$queryRaw<{ userId: string }[]>`
      DELETE FROM enabled_mfa WHERE user_id IN ${uuids(userIds)} RETURNING user_id AS "userId"`;
    return rows.map(({ userId }) => userId);
  },

  /** Lets users whose MFA went off come in without it no longer, where it is required. */
  async endGrace(userIds: readonly string[]): Promise<void> {
    await db.$executeRaw(endMfaGrace(userIds));
  },

  /** Lets a user whose last passkey went come in without one no longer, where it is required. */
  async endPasskeyGrace(userId: string): Promise<void> {
    await db.$executeRaw(endPasskeyGrace(userId));
  },

  async insertAuthenticator(authenticator: {
    id: string;
    userId: string;
    secret: Sealed;
    lastStep: number;
    enrolledAt: Date;
  }): Promise<void> {
    const { id, userId, secret, lastStep, enrolledAt } = authenticator;
    await db.$executeRaw`
      INSERT INTO totp_authenticators (id, user_id, secret, last_step, enrolled_at)
      VALUES (${id}::uuid, ${userId}::uuid, ${secret}::bytea, ${lastStep}::int, ${enrolledAt}::timestamptz)`;
  },

  async hasAuthenticator(userId: string): Promise<boolean> {
    return (await db.totpAuthenticator.count({ where: { userId } })) === 1;
  },

  /** When a code of the app was accepted last, the one that enrolled it included; null without an app. */
  async appUsedAt(userId: string): Promise<Date | null> {
    const select = { enrolledAt: true, usedAt: true };
    const app = await db.totpAuthenticator.findUnique({ where: { userId }, select });
    return app && lastUseOf(app);
  },

  /** False when the user has none. */
  async removeAuthenticator(userId: string): Promise<boolean> {
    return (await db.totpAuthenticator.deleteMany({ where: { userId } })).count === 1;
  },

  async removeBackupCodes(userId: string): Promise<void> {
    await db.$executeRaw`DELETE FROM backup_code_sets WHERE user_id = ${userId}::uuid`;
  },

  /** Keeps a set of codes; the user has none. */
  async insertBackupCodes(userId: string, { salt, secret, hashes }: BackupCodeHashes, now: Date): Promise<void> {
    const rows = hashes.map((hash) => ({ hash: Buffer.from(hash).toString('hex') }));
    await db.$executeRaw`
      WITH added AS (
        INSERT INTO backup_code_sets (user_id, salt, secret, created_at)
        VALUES (${userId}::uuid, ${salt}::bytea, ${secret}::bytea, ${now}::timestamptz)
        RETURNING user_id
      )
      INSERT INTO backup_codes (user_id, hash)
      SELECT added.user_id, decode(r.hash, 'hex') FROM added, ${records(rows, 'hash text')}`;
  },

  async deletePending(userIds: readonly string[]): Promise<void> {
    await db.$executeRaw`DELETE FROM pending_enrollments WHERE user_id IN ${uuids(userIds)}`;
  },

  async purge(before: Date): Promise<number> {
    return (await db.pendingEnrollment.deleteMany({ where: { expiresAt: { lt: before } } })).count;
  },

  async findFactor(userId: string, now: Date): Promise<SecondFactor | null> {
    const [row] = await db.$queryRaw<SecondFactor[]>`
      SELECT ${secondFactorColumns} FROM enabled_mfa m ${factors(now)} WHERE m.user_id = ${userId}::uuid`;
    return row ?? null;
  },

  /**
   * Spends the code. False when it was spent before, by this or a racing request. Holds the user first, as sign-in
   * does, so that the two wait for each other in one order.
   */
  async spend(proof: Proof, now: Date): Promise<boolean> {
    const won = await db.$queryRaw<unknown[]>`
      WITH ${lockUser(proof.userId)}, allowed AS (SELECT user_id FROM locked), ${spendProof(proof, now)}
      SELECT 1 FROM proof`;
    return won.length === 1;
  },

  /** Keeps a step of the app whose code was refused as too early, and forgets those before `present`. */
  async keepToldStep(appId: string, step: number, present: number): Promise<void> {
    const keep = Prisma.sql`SET told_steps = ${step}::int || ARRAY(
        SELECT told FROM unnest(told_steps) AS told WHERE told >= ${present}::int - 1 AND told <> ${step}::int)
      WHERE id = ${appId}::uuid`;
    // In the order in which apps move: whatever takes over meanwhile is met at its new place.
    const kept = await db.$executeRaw`UPDATE totp_candidates ${keep}`;
    if (kept === 0) await db.$executeRaw`UPDATE totp_authenticators ${keep}`;
  },

  async spentBackupCodes(userId: string): Promise<Uint8Array[]> {
    const spent = await db.backupCode.findMany({ where: { userId, spentAt: { not: null } }, select: { hash: true } });
    return spent.map(({ hash }) => hash);
  },

  async isUnspentBackupCode(userId: string, hash: Sealed): Promise<boolean> {
    return (await db.backupCode.count({ where: { userId, hash, spentAt: null } })) === 1;
  },

  async remainingBackupCodes(userId: string): Promise<number> {
    return db.backupCode.count({ where: { userId, spentAt: null } });
  },
});
