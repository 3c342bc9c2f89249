import { type MfaPolicy, secondFactorPolicy } from '@sallyport/core';
import { type Db, Prisma } from '../../platform/database/database.ts';
import {
  type ClaimRow,
  claimAttempt,
  claimColumns,
  giveBackAttempt,
  isBlocked,
} from '../../platform/limits/attempts.store.ts';
import { insertAuditEvent, type StoredRow } from '../audit/store.ts';
import { type SpentChallenge, spendChallenge } from '../mfa/passkeys/store.ts';
import {
  hasMfa,
  type Proof,
  type SecondFactor,
  secondFactorColumns,
  secondFactorKeyOf,
  secondFactorOfUser,
  spendProof,
} from '../mfa/store.ts';
import {
  mfaAskedBy,
  type OrganizationColumns,
  organizationColumns,
  type SettingsColumns,
  settingsColumns,
} from '../organizations/store.ts';
import {
  type GraceColumns,
  graceColumns,
  lockActiveUser,
  noteSignIn,
  type UserColumns,
  userColumns,
  userWithOrganization,
  whilePasswordIs,
} from '../users/credentials.store.ts';
import { isRemembered } from './remembered-devices.store.ts';
import { countOfDevice, type Federation, insertSession, type NewSession } from './store.ts';

export type { SpentChallenge } from '../mfa/passkeys/store.ts';
export type { Proof } from '../mfa/store.ts';

type Hash = Uint8Array<ArrayBuffer>;

/** Who signs in, with the settings that decide how. */
export type Candidate = UserColumns & GraceColumns & OrganizationColumns & SettingsColumns & { mfaAskedBy: string };

export const candidateColumns = Prisma.sql`
  ${userColumns}, ${organizationColumns}, ${settingsColumns}, ${graceColumns}, ${mfaAskedBy}`;

/** How the first step of a sign-in in two was made. */
export type FirstStep =
  | { method: 'password'; connectionId: null; federation: null }
  | { method: 'sso'; connectionId: string; federation: Federation };

export type ChallengeAttempt = ClaimRow &
  Candidate &
  SecondFactor &
  FirstStep & {
    challengeId: string;
    /** Further codes that this challenge takes. */
    challengeAttemptsLeft: number;
    deviceKnown: boolean;
  };

export interface NewChallenge {
  id: string;
  /** SHA-256 of the cookie. */
  tokenHash: Hash;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
}

/** What opening a session does besides, in the same statement. */
export interface Opening {
  session: NewSession;
  audit: StoredRow;
  /** Key of the count to take back. */
  attemptKey: string;
  /** The browser: null for the id of one that is known already. */
  device: { id: string | null; hash: Hash };
  /** What is asked of the user. */
  mfaPolicy: Pick<MfaPolicy, 'required' | 'phishingResistant'>;
  /** Hash of the refresh token of the session that this browser had, which ends. */
  replaced: Hash | null;
}

/** The count of the browser with this cookie, where the user signed in with it before; else null. */
export const countOfKnownDevice = (userId: Prisma.Sql, deviceHash: Hash | null): Prisma.Sql => Prisma.sql`
  (SELECT ${countOfDevice} FROM known_devices d WHERE d.user_id = ${userId} AND d.token_hash = ${deviceHash}::bytea)`;

/**
 * The CTE that remembers the browser that the CTE `session` is opened in. One that was known is not made known again:
 * it may have been forgotten since it was looked up.
 */
const rememberDevice = ({ session, device }: Opening): Prisma.Sql =>
  device.id === null
    ? Prisma.sql`
    known_device AS (
      UPDATE known_devices SET last_used_at = ${session.now}::timestamptz FROM session
      WHERE known_devices.user_id = ${session.userId}::uuid AND known_devices.token_hash = ${device.hash}::bytea
    )`
    : Prisma.sql`
    known_device AS (
      INSERT INTO known_devices (id, user_id, token_hash, last_used_at)
      SELECT ${device.id}::uuid, ${session.userId}::uuid, ${device.hash}::bytea, ${session.now}::timestamptz FROM session
    )`;

/** The CTEs of an opening and its audit event; a row of CTE `from` allows it. The statement affects one row, or none. */
const open = (opening: Opening, from: Prisma.Sql): Prisma.Sql => {
  const { session, audit, attemptKey, mfaPolicy, replaced } = opening;
  const opened = Prisma.sql`FROM session`;
  return Prisma.sql`
    ${insertSession(session, from)},
    ${giveBackAttempt(attemptKey, session.now, opened)},
    ${noteSignIn(session.userId, session.now, mfaPolicy, opened)},
    ${rememberDevice(opening)}, replaced AS (
      UPDATE sessions SET revoked_at = ${session.now}::timestamptz FROM session
      WHERE sessions.revoked_at IS NULL
        AND sessions.id = (SELECT session_id FROM refresh_tokens WHERE hash = ${replaced}::bytea)
      RETURNING sessions.id
    )
    ${insertAuditEvent(audit, Prisma.sql`FROM session, (SELECT count(*) FROM replaced) AS done`)}`;
};

/** From the first step of a sign-in to the session: each step is one statement, so all of it happens or nothing. */
export const challengesStore = (db: Db) => ({
  /**
   * Opens a pending sign-in and takes the count of the password back. False when the password was changed, or the user
   * disabled, since it was judged.
   */
  async insert(challenge: NewChallenge, attemptKey: string, passwordHash: string): Promise<boolean> {
    const { id, tokenHash, userId, createdAt, expiresAt } = challenge;
    const count = await db.$executeRaw`
      WITH ${lockActiveUser(userId)}, allowed AS (${whilePasswordIs(passwordHash, Prisma.sql`true`)}),
        ${giveBackAttempt(attemptKey, createdAt, Prisma.sql`FROM allowed`)}
      INSERT INTO sign_in_challenges (id, token_hash, user_id, created_at, expires_at)
      SELECT ${id}::uuid, ${tokenHash}::bytea, user_id, ${createdAt}::timestamptz, ${expiresAt}::timestamptz
      FROM allowed`;
    return count === 1;
  },

  /** Opens a pending sign-in of a user that an identity provider vouched for. */
  async insertSso(challenge: NewChallenge, connectionId: string, federation: Federation): Promise<void> {
    await db.signInChallenge.create({
      data: { ...challenge, method: 'sso', connectionId, federation: federation as Prisma.InputJsonObject },
    });
  },

  /** Counts an attempt at the second factor, of the challenge and of the user, and loads what it is judged by. */
  async claim(
    tokenHash: Hash,
    deviceHash: Hash | null,
    maxAttempts: number,
    now: Date,
  ): Promise<ChallengeAttempt | null> {
    const [row] = await db.$queryRaw<ChallengeAttempt[]>`
      WITH challenge AS (
        UPDATE sign_in_challenges SET attempts = attempts + 1
        WHERE token_hash = ${tokenHash}::bytea AND consumed_at IS NULL AND expires_at > ${now}::timestamptz
          AND attempts < ${maxAttempts}::int
        RETURNING id, user_id, method, connection_id, federation, ${maxAttempts}::int - attempts AS attempts_left
      ), counted AS (
        SELECT ${secondFactorKeyOf(Prisma.sql`user_id`)} AS key FROM challenge
      ), ${claimAttempt(secondFactorPolicy, now)}
      SELECT ${claimColumns}, challenge.id AS "challengeId",
        challenge.attempts_left AS "challengeAttemptsLeft", challenge.method, challenge.connection_id AS "connectionId",
        challenge.federation, ${countOfKnownDevice(Prisma.sql`u.id`, deviceHash)} IS NOT NULL AS "deviceKnown",
        ${candidateColumns}, ${secondFactorColumns}
      FROM challenge JOIN (${userWithOrganization}) ON u.id = challenge.user_id AND u.status = 'active'
        ${secondFactorOfUser(now)}`;
    return row ?? null;
  },

  /** The pending sign-in, while it takes attempts. */
  async find(tokenHash: Hash, maxAttempts: number, now: Date): Promise<{ challengeId: string; userId: string } | null> {
    const found = await db.signInChallenge.findFirst({
      where: { tokenHash, consumedAt: null, expiresAt: { gt: now }, attempts: { lt: maxAttempts } },
      select: { id: true, userId: true },
    });
    return found && { challengeId: found.id, userId: found.userId };
  },

  /** Gives an attempt back that could not be judged. */
  async release(challengeId: string): Promise<void> {
    await db.signInChallenge.updateMany({
      where: { id: challengeId, attempts: { gt: 0 } },
      data: { attempts: { decrement: 1 } },
    });
  },

  /** Opens the session of a user whose password was right. False when it was changed or disabled meanwhile. */
  async openByPassword(opening: Opening, passwordHash: string): Promise<boolean> {
    const withoutMfa = Prisma.sql`NOT ${hasMfa(Prisma.sql`c.user_id`)}`;
    const allowed = Prisma.sql`
      ${lockActiveUser(opening.session.userId)}, allowed AS (${whilePasswordIs(passwordHash, withoutMfa)})`;
    return (await db.$executeRaw`WITH ${allowed}, ${open(opening, Prisma.sql`FROM allowed`)}`) === 1;
  },

  /**
   * Opens the session of a user whose password was right, from a device that is remembered for this user. False when the
   * password was changed, the user disabled or the device forgotten meanwhile: the row of the device is held, so whatever
   * forgets it comes before or after. Nor does a device let anybody past the lock of the second step (SEC-3).
   */
  async openByRememberedDevice(opening: Opening, passwordHash: string, deviceId: string): Promise<boolean> {
    const { now, userId } = opening.session;
    const steps = Prisma.sql`
      ${lockActiveUser(userId)}, judged AS (${whilePasswordIs(passwordHash, Prisma.sql`true`)}), allowed AS (
        UPDATE remembered_devices d SET last_used_at = ${now}::timestamptz
        FROM judged JOIN (${userWithOrganization}) ON u.id = judged.user_id
        WHERE d.id = ${deviceId}::uuid AND d.user_id = judged.user_id AND ${isRemembered(now)}
          AND NOT ${isBlocked(secondFactorKeyOf(Prisma.sql`d.user_id`), now)}
        RETURNING d.user_id
      )`;
    return (await db.$executeRaw`WITH ${steps}, ${open(opening, Prisma.sql`FROM allowed`)}`) === 1;
  },

  /**
   * Holds the half-done sign-ins of a user, whom the transaction holds, until its end. An attempt takes its sign-in and
   * then the count: a transaction that takes back the count and ends the others comes in the same order.
   */
  async holdOf(userId: string): Promise<void> {
    await db.$queryRaw`SELECT 1 FROM sign_in_challenges WHERE user_id = ${userId}::uuid ORDER BY id FOR UPDATE`;
  },

  /**
   * Spends the code, ends the challenge and opens the session in one statement: all of it, or nothing. The challenge
   * row is locked before the code is spent, so of racing requests one wins and the others change nothing.
   */
  async openByChallenge(opening: Opening, challengeId: string, proof: Proof): Promise<boolean> {
    const { now } = opening.session;
    const steps = Prisma.sql`
      ${lockActiveUser(opening.session.userId)}, allowed AS (
        SELECT c.user_id FROM locked JOIN sign_in_challenges c ON c.user_id = locked.user_id
        WHERE c.id = ${challengeId}::uuid AND c.consumed_at IS NULL AND c.expires_at > ${now}::timestamptz
        FOR UPDATE OF c
      ), ${spendProof(proof, now)}, consumed AS (
        UPDATE sign_in_challenges c SET consumed_at = ${now}::timestamptz FROM proof
        WHERE c.id = ${challengeId}::uuid
        RETURNING c.user_id
      )`;
    return (await db.$executeRaw`WITH ${steps}, ${open(opening, Prisma.sql`FROM consumed`)}`) === 1;
  },

  /**
   * Spends the challenge that a passkey answered alone, raises its counter and opens the session, in one statement. Of
   * racing requests with one answer one wins; they wait for each other at the user.
   */
  async openByPasskey(opening: Opening, challenge: SpentChallenge, proof: Proof): Promise<boolean> {
    const steps = Prisma.sql`
      ${lockActiveUser(opening.session.userId)}, ${spendChallenge(challenge, Prisma.sql`FROM locked`)}, allowed AS (
        SELECT locked.user_id FROM locked, spent
      ), ${spendProof(proof, opening.session.now)}`;
    return (await db.$executeRaw`WITH ${steps}, ${open(opening, Prisma.sql`FROM proof`)}`) === 1;
  },
});
