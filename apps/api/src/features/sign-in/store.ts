import {
  type Access,
  type OrganizationKind,
  passwordPolicy,
  type Role,
  secondFactorPolicy,
  type UserStatus,
} from '@sallyport/core';
import { type Db, Prisma } from '../../platform/database/database.ts';
import { claimAttempt, giveBackAttempt } from '../../platform/limits/attempts.ts';
import type { NewChallenge } from '../access/challenges.store.ts';
import { type Federation, insertSession, type NewSession } from '../access/store.ts';
import { type AuditRow, insertAuditEvent } from '../audit/store.ts';
import { type Proof, type SecondFactor, secondFactorColumns, spendProof } from '../mfa/second-factor.store.ts';

type Hash = Uint8Array<ArrayBuffer>;

/** Who signs in, with the settings that decide how. */
export interface Candidate {
  userId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  organizationId: string;
  organizationSlug: string;
  organizationName: string;
  organizationKind: OrganizationKind;
  localSignInEnabled: boolean | null;
  sessionLifetimeMinutes: number | null;
  sessionIdleMinutes: number | null;
  minimumPasswordLength: number | null;
}

interface Judgement {
  granted: boolean;
  seconds: number | null;
}

/** A password attempt that was counted; the user's fields are null for an unknown address. */
export type PasswordAttempt = Judgement &
  (Candidate | { [K in keyof Candidate]: null }) & {
    key: string;
    passwordHash: string | null;
    mfaEnabled: boolean;
  };

/** How the first step of a sign-in was made. */
export type FirstStep =
  | { method: 'password'; connectionId: null; federation: null }
  | { method: 'sso'; connectionId: string; federation: Federation };

export type ChallengeAttempt = Judgement & Candidate & SecondFactor & FirstStep & { challengeId: string };

/** What opening a session does besides, in the same statement. */
export interface Opening {
  session: NewSession;
  audit: AuditRow;
  /** Key of the count to take back. */
  attemptKey: string;
  deviceId: string;
  deviceHash: Hash;
  /** Hash of the refresh token of the session that this browser had, which ends. */
  replaced: Hash | null;
}

// Settings are the organisation's own, else the partner's; the product's defaults are applied by the service.
const candidate = Prisma.sql`
  u.id AS "userId", u.email, u.name, u.role, u.access, u.status,
  o.id AS "organizationId", o.slug AS "organizationSlug", o.name AS "organizationName", o.kind AS "organizationKind",
  COALESCE(o.local_sign_in_enabled, p.local_sign_in_enabled) AS "localSignInEnabled",
  COALESCE(o.session_lifetime_minutes, p.session_lifetime_minutes) AS "sessionLifetimeMinutes",
  COALESCE(o.session_idle_minutes, p.session_idle_minutes) AS "sessionIdleMinutes",
  COALESCE(o.minimum_password_length, p.minimum_password_length) AS "minimumPasswordLength"`;

const withOrganization = Prisma.sql`
  LEFT JOIN organizations o ON o.id = u.organization_id
  LEFT JOIN organizations p ON p.id = o.partner_id`;

/**
 * The CTE `locked`: holds the user first of all. Whatever changes a user takes this row first and the end of the audit
 * chain last, so that two changes wait for each other and never both.
 */
const lockActiveUser = (userId: string): Prisma.Sql => Prisma.sql`
  locked AS (
    SELECT id AS user_id FROM users WHERE id = ${userId}::uuid AND status = 'active' FOR NO KEY UPDATE
  )`;

/** The CTEs of an opening and its audit event; a row of CTE `from` allows it. The statement affects one row, or none. */
const open = (opening: Opening, from: Prisma.Sql): Prisma.Sql => {
  const { session, audit, attemptKey, deviceId, deviceHash, replaced } = opening;
  return Prisma.sql`
    ${insertSession(session, from)},
    ${giveBackAttempt(attemptKey, session.now, Prisma.sql`FROM session`)},
    signed_in AS (
      UPDATE users SET last_sign_in_at = ${session.now}::timestamptz FROM session WHERE users.id = ${session.userId}::uuid
    ), known_device AS (
      INSERT INTO known_devices (id, user_id, token_hash, last_used_at)
      SELECT ${deviceId}::uuid, ${session.userId}::uuid, ${deviceHash}::bytea, ${session.now}::timestamptz FROM session
      ON CONFLICT (user_id, token_hash) DO UPDATE SET last_used_at = EXCLUDED.last_used_at
    ), replaced AS (
      UPDATE sessions SET revoked_at = ${session.now}::timestamptz FROM session
      WHERE sessions.revoked_at IS NULL
        AND sessions.id = (SELECT session_id FROM refresh_tokens WHERE hash = ${replaced}::bytea)
      RETURNING sessions.id
    )
    ${insertAuditEvent(audit, Prisma.sql`FROM session, (SELECT count(*) FROM replaced) AS done`)}`;
};

export const signInStore = (db: Db) => ({
  /** Counts an attempt, for the known browser or else for the address, and loads who it is for: one statement. */
  async claimPasswordAttempt(email: string, accountKey: string, deviceHash: Hash | null, now: Date) {
    const [row] = await db.$queryRaw<PasswordAttempt[]>`
      WITH counted AS (
        SELECT COALESCE(
          (SELECT 'device:' || d.id FROM known_devices d JOIN users u ON u.id = d.user_id
            WHERE u.email = ${email} AND d.token_hash = ${deviceHash}::bytea),
          ${accountKey}::text) AS key
      ), ${claimAttempt(passwordPolicy, now)}
      SELECT EXISTS (SELECT 1 FROM claim) AS granted, (SELECT seconds FROM blocked) AS seconds, counted.key,
        ${candidate}, c.password_hash AS "passwordHash", t.user_id IS NOT NULL AS "mfaEnabled"
      FROM counted
        LEFT JOIN users u ON u.email = ${email}
        ${withOrganization}
        LEFT JOIN local_credentials c ON c.user_id = u.id
        LEFT JOIN totp_authenticators t ON t.user_id = u.id`;
    if (!row) throw new Error('a statement that always answers did not');
    return row;
  },

  /** Opens a pending sign-in and takes the count of the password back: one statement. */
  async insertChallenge(challenge: NewChallenge, attemptKey: string): Promise<void> {
    const { id, tokenHash, userId, createdAt, expiresAt } = challenge;
    await db.$executeRaw`
      WITH ${giveBackAttempt(attemptKey, createdAt)}
      INSERT INTO sign_in_challenges (id, token_hash, user_id, created_at, expires_at)
      VALUES (${id}::uuid, ${tokenHash}::bytea, ${userId}::uuid, ${createdAt}::timestamptz, ${expiresAt}::timestamptz)`;
  },

  /** Opens the session of a user whose password was right. False when it was changed or disabled meanwhile. */
  async openByPassword(opening: Opening, passwordHash: string): Promise<boolean> {
    const allowed = Prisma.sql`
      ${lockActiveUser(opening.session.userId)}, allowed AS (
        SELECT c.user_id FROM locked JOIN local_credentials c ON c.user_id = locked.user_id
        WHERE c.password_hash = ${passwordHash}
          AND NOT EXISTS (SELECT 1 FROM totp_authenticators t WHERE t.user_id = c.user_id)
        FOR NO KEY UPDATE OF c
      )`;
    return (await db.$executeRaw`WITH ${allowed}, ${open(opening, Prisma.sql`FROM allowed`)}`) === 1;
  },

  /** Counts an attempt at the second factor, of the challenge and of the user, and loads what it is judged by. */
  async claimChallengeAttempt(tokenHash: Hash, maxAttempts: number, now: Date): Promise<ChallengeAttempt | null> {
    const [row] = await db.$queryRaw<ChallengeAttempt[]>`
      WITH challenge AS (
        UPDATE sign_in_challenges SET attempts = attempts + 1
        WHERE token_hash = ${tokenHash}::bytea AND consumed_at IS NULL AND expires_at > ${now}::timestamptz
          AND attempts < ${maxAttempts}::int
        RETURNING id, user_id, method, connection_id, federation
      ), counted AS (
        SELECT 'second-factor:' || user_id AS key FROM challenge
      ), ${claimAttempt(secondFactorPolicy, now)}
      SELECT EXISTS (SELECT 1 FROM claim) AS granted, (SELECT seconds FROM blocked) AS seconds,
        challenge.id AS "challengeId", challenge.method, challenge.connection_id AS "connectionId",
        challenge.federation, ${candidate}, ${secondFactorColumns}
      FROM challenge
        JOIN users u ON u.id = challenge.user_id AND u.status = 'active'
        ${withOrganization}
        JOIN totp_authenticators t ON t.user_id = u.id
        JOIN backup_code_sets bs ON bs.user_id = u.id`;
    return row ?? null;
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

  /** Writes the upgraded hash, unless the password was changed meanwhile. */
  async upgradePasswordHash(userId: string, from: string, to: string): Promise<void> {
    await db.localCredential.updateMany({ where: { userId, passwordHash: from }, data: { passwordHash: to } });
  },

  async findOrganization(slug: string) {
    return db.organization.findUnique({ where: { slug }, include: { partner: true } });
  },

  async findDomain(name: string) {
    return db.domain.findFirst({
      where: { name, verifiedAt: { not: null } },
      select: { organization: { include: { partner: true } } },
    });
  },
});
