import type { AssuranceLevel, SessionMethod } from '@sallyport/core';
import { type Db, Prisma, uuids } from '../../platform/database/database.ts';
import { type FactorsOfUser, factorsOf, mfaEnabled, mfaOfUser, withMfa } from '../mfa/store.ts';
import {
  localSignInAllowed,
  mfaAskedBy,
  type OrganizationColumns,
  organizationColumns,
  type SessionSettingsColumns,
  type SettingsColumns,
  sessionSettingsColumns,
  settingsColumns,
} from '../organizations/store.ts';
import {
  credentialOfUser,
  type GraceColumns,
  graceColumns,
  hasPassword,
  type UserColumns,
  userColumns,
  usersOf,
  userWithOrganization,
} from '../users/credentials.store.ts';
import { isRemembered } from './remembered-devices.store.ts';

/** Under which name the failed passwords from the known browser `d` are counted. */
export const countOfDevice = Prisma.sql`'device:' || d.id`;

export interface NewSession {
  id: string;
  userId: string;
  method: SessionMethod;
  aal: AssuranceLevel;
  phishingResistant: boolean;
  now: Date;
  expiresAt: Date;
  idleSeconds: number;
  userAgent: string;
  address: string;
  /** Of a session that began at an identity provider. */
  connectionId: string | null;
  federation: Federation | null;
  /** Of a session that began on a remembered device. */
  rememberedDeviceId: string | null;
  refreshTokenHash: Uint8Array<ArrayBuffer>;
}

/** What an identity provider said of a sign-in. */
export interface Federation {
  amr?: string[];
  /** `acr`, or AuthnContextClassRef of SAML. */
  acr?: string;
  /** RFC 3339; the session ends then at the latest. */
  sessionNotOnOrAfter?: string;
}

/** The CTEs that open a session; `from` names the CTE whose row allows it. Used within larger statements. */
export const insertSession = (session: NewSession, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
  session AS (
    INSERT INTO sessions (id, user_id, method, aal, created_at, last_seen_at, expires_at, idle_seconds, user_agent, address,
      phishing_resistant, connection_id, federation, remembered_device_id)
    SELECT ${session.id}::uuid, ${session.userId}::uuid, ${session.method}::session_method, ${session.aal}::int,
      ${session.now}::timestamptz, ${session.now}::timestamptz, ${session.expiresAt}::timestamptz,
      ${session.idleSeconds}::int, ${session.userAgent}, ${session.address},
      ${session.phishingResistant}::boolean, ${session.connectionId}::uuid,
      ${session.federation === null ? null : JSON.stringify(session.federation)}::jsonb,
      ${session.rememberedDeviceId}::uuid
    ${from}
    RETURNING id
  ), refresh_token AS (
    INSERT INTO refresh_tokens (hash, session_id, created_at)
    SELECT ${session.refreshTokenHash}::bytea, id, ${session.now}::timestamptz FROM session
    RETURNING hash
  )`;

/** A user as the policies see it. */
export interface JudgedUser
  extends UserColumns,
    GraceColumns,
    OrganizationColumns,
    SessionSettingsColumns,
    FactorsOfUser {
  mfaAskedBy: string;
  hasPassword: boolean;
  mfaEnabled: boolean;
}

/** Reads it where `u` is joined with `credentialOfUser` and `mfaOfUser`. */
const judgedUserColumns = Prisma.sql`
  ${userColumns}, ${organizationColumns}, ${sessionSettingsColumns}, ${hasPassword}, ${mfaEnabled}, ${graceColumns},
  ${mfaAskedBy}, ${factorsOf(Prisma.sql`m.user_id`)}`;

/** A live session with its user, as one row. */
export interface LiveSession extends JudgedUser {
  sessionId: string;
  method: SessionMethod;
  aal: AssuranceLevel;
  phishingResistant: boolean;
  connectionId: string | null;
  createdAt: Date;
  /** The last proof; the sign-in is the first. */
  provedAt: Date;
}

/** A user with how much access is open. */
interface StandingRow extends JudgedUser {
  liveSessions: number;
  /** When one of the live sessions was last in use; null without any. */
  lastSeenAt: Date | null;
  rememberedDevices: number;
}

/** How a session began. */
export type Beginning = Pick<NewSession, 'connectionId' | 'federation' | 'rememberedDeviceId'>;

/** What the refresh of a token came to. */
export type Rotation =
  | {
      outcome: 'rotated';
      sessionId: string;
      userId: string;
      organizationId: string;
      aal: AssuranceLevel;
      expiresAt: Date;
    }
  | { outcome: 'reused'; sessionId: string; userId: string; email: string; organizationId: string }
  | { outcome: 'ended' };

/** Whose access ends. Every reason to end it is one of these. */
export type Ending =
  | { of: 'everybody' }
  | { of: 'users'; ids: readonly string[]; except?: string }
  | { of: 'other sessions'; userId: string; except: string }
  | { of: 'remembered devices'; ids: readonly string[]; except?: string }
  | { of: 'session'; id: string; userId: string }
  | { of: 'refresh token'; hash: Uint8Array<ArrayBuffer> }
  | { of: 'connection'; id: string; except?: string }
  | { of: 'identity'; userId: string; connectionId: string; except: string }
  | { of: 'password sign-ins'; organizationIds: readonly string[] }
  | { of: 'password sign-ins of users'; ids: readonly string[] };

/** Conditions on sessions, half-done sign-ins and remembered devices, whose columns of one name mean the same. */
interface Ended {
  sessions: Prisma.Sql;
  challenges: Prisma.Sql | null;
  devices: Prisma.Sql | null;
}

const butFor = (except: string | undefined, which: Prisma.Sql): Prisma.Sql =>
  except === undefined ? which : Prisma.sql`${which} AND id <> ${except}::uuid`;

const both = (which: Prisma.Sql, except?: string): Ended => ({
  sessions: butFor(except, which),
  challenges: which,
  devices: null,
});

/** All that lets the users in, now or later. */
const allOf = (users: Prisma.Sql, except?: string): Ended => ({ ...both(users, except), devices: users });

const sessionsAlone = (sessions: Prisma.Sql): Ended => ({ sessions, challenges: null, devices: null });

function endedBy(which: Ending): Ended {
  switch (which.of) {
    case 'everybody':
      return allOf(Prisma.sql`true`);
    case 'users':
      return allOf(Prisma.sql`user_id IN ${uuids(which.ids)}`, which.except);
    case 'other sessions':
      return both(Prisma.sql`user_id = ${which.userId}::uuid`, which.except);
    case 'remembered devices':
      return sessionsAlone(butFor(which.except, Prisma.sql`remembered_device_id IN ${uuids(which.ids)}`));
    case 'session':
      return sessionsAlone(Prisma.sql`id = ${which.id}::uuid AND user_id = ${which.userId}::uuid`);
    case 'refresh token':
      return sessionsAlone(Prisma.sql`id = (SELECT session_id FROM refresh_tokens WHERE hash = ${which.hash}::bytea)`);
    case 'connection':
      return both(Prisma.sql`connection_id = ${which.id}::uuid`, which.except);
    case 'identity': {
      const { userId, connectionId, except } = which;
      return both(Prisma.sql`user_id = ${userId}::uuid AND connection_id = ${connectionId}::uuid`, except);
    }
    case 'password sign-ins':
      return both(Prisma.sql`method <> 'sso' AND user_id IN ${usersOf(which.organizationIds)}`);
    case 'password sign-ins of users':
      return both(Prisma.sql`method <> 'sso' AND user_id IN ${uuids(which.ids)}`);
  }
}

// `last_seen_at` is written at most once in this time, to keep reads from becoming writes.
const SEEN_SECONDS = 60;

const isSeenAnew = (now: Date): Prisma.Sql =>
  Prisma.sql`s.last_seen_at < ${now}::timestamptz - make_interval(secs => ${SEEN_SECONDS}::int)`;

/**
 * A session counts while it is neither revoked nor over nor idle, its user is active, its method is allowed (a passkey
 * hangs on the password, as decision 0007 has it), and, begun by password, it passed the second factor of a user who has
 * one, or a remembered device stood for it: a sign-in that raced with the enrolment opens nothing. Of a session `s` and its
 * user `u` with `m`.
 */
const isLive = (now: Date): Prisma.Sql => Prisma.sql`
  s.revoked_at IS NULL AND s.expires_at > ${now}::timestamptz
  AND s.last_seen_at + make_interval(secs => s.idle_seconds) > ${now}::timestamptz
  AND u.status = 'active'
  AND (s.method = 'sso' OR ${localSignInAllowed})
  AND (s.method <> 'password' OR s.aal = 2 OR s.remembered_device_id IS NOT NULL OR NOT ${withMfa})`;

const sessionWithUser = Prisma.sql`sessions s JOIN (${userWithOrganization}) ON u.id = s.user_id ${mfaOfUser}`;

export const sessionsStore = (db: Db) => ({
  /** By primary key; `isSeenAnew` says that `noteSeen` is due. */
  async findLive(sessionId: string, now: Date): Promise<(LiveSession & { isSeenAnew: boolean }) | null> {
    const [row] = await db.$queryRaw<(LiveSession & { isSeenAnew: boolean })[]>`
      SELECT s.id AS "sessionId", s.method, s.aal, s.phishing_resistant AS "phishingResistant", s.connection_id AS "connectionId",
        s.created_at AS "createdAt", COALESCE(s.proved_at, s.created_at) AS "provedAt", ${isSeenAnew(now)} AS "isSeenAnew",
        ${judgedUserColumns}
      FROM ${sessionWithUser} ${credentialOfUser}
      WHERE s.id = ${sessionId}::uuid AND ${isLive(now)}`;
    return row ?? null;
  },

  /** What is asked of a user, and how much access is open; null where there is none. */
  async standingOf(userId: string, now: Date): Promise<StandingRow | null> {
    const live = Prisma.sql`FROM sessions s WHERE s.user_id = u.id AND ${isLive(now)}`;
    const [row] = await db.$queryRaw<StandingRow[]>`
      SELECT ${judgedUserColumns},
        (SELECT count(*)::int ${live}) AS "liveSessions", (SELECT max(s.last_seen_at) ${live}) AS "lastSeenAt",
        (SELECT count(*)::int FROM remembered_devices d WHERE d.user_id = u.id AND ${isRemembered(now)}) AS "rememberedDevices"
      FROM (${userWithOrganization}) ${credentialOfUser} ${mfaOfUser}
      WHERE u.id = ${userId}::uuid`;
    return row ?? null;
  },

  /** Notes that the session is in use: a statement of its own, as one that may write costs every read twice as much. */
  async noteSeen(sessionId: string, now: Date): Promise<void> {
    await db.$executeRaw`
      UPDATE sessions s SET last_seen_at = ${now}::timestamptz WHERE s.id = ${sessionId}::uuid AND ${isSeenAnew(now)}`;
  },

  /** Whether the session is live at this moment. */
  async isLive(sessionId: string, now: Date): Promise<boolean> {
    const rows = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM ${sessionWithUser} WHERE s.id = ${sessionId}::uuid AND ${isLive(now)}`;
    return rows.length === 1;
  },

  /** Notes that the user proved itself again in the session. */
  async noteProof(sessionId: string, now: Date): Promise<void> {
    await db.session.update({ where: { id: sessionId }, data: { provedAt: now }, select: { id: true } });
  },

  /** Opens a session outside of sign-in, where nothing has to be spent with it. */
  async insert(session: NewSession): Promise<void> {
    await db.$executeRaw`WITH ${insertSession(session, Prisma.empty)} SELECT 1 FROM refresh_token`;
  },

  /**
   * Uses up the token and puts `next` in its place, in one statement. A token used before is accepted again for
   * `graceSeconds`, for tabs that refresh at the same time; after that it tells of theft.
   */
  async rotate(
    hash: Uint8Array<ArrayBuffer>,
    next: Uint8Array<ArrayBuffer>,
    now: Date,
    graceSeconds: number,
  ): Promise<Rotation> {
    const [row] = await db.$queryRaw<
      {
        sessionId: string;
        userId: string;
        email: string;
        organizationId: string;
        aal: AssuranceLevel;
        expiresAt: Date;
        live: boolean;
        rotated: boolean;
      }[]
    >`
      WITH presented AS (
        SELECT r.hash, r.used_at, s.id AS session_id, s.aal, s.expires_at, u.id AS user_id, u.email, u.organization_id,
          (${isLive(now)}) AS live
        FROM refresh_tokens r JOIN (${sessionWithUser}) ON s.id = r.session_id
        WHERE r.hash = ${hash}::bytea
        FOR UPDATE OF r, s
      ), used AS (
        UPDATE refresh_tokens SET used_at = COALESCE(refresh_tokens.used_at, ${now}::timestamptz) FROM presented
        WHERE refresh_tokens.hash = presented.hash AND presented.live
          AND (presented.used_at IS NULL
            OR presented.used_at > ${now}::timestamptz - make_interval(secs => ${graceSeconds}::int))
        RETURNING presented.session_id
      ), seen AS (
        UPDATE sessions SET last_seen_at = ${now}::timestamptz FROM used WHERE sessions.id = used.session_id
      ), next AS (
        INSERT INTO refresh_tokens (hash, session_id, created_at)
        SELECT ${next}::bytea, session_id, ${now}::timestamptz FROM used
      )
      SELECT session_id AS "sessionId", user_id AS "userId", email, organization_id AS "organizationId", aal,
        expires_at AS "expiresAt", live, EXISTS (SELECT 1 FROM used) AS rotated
      FROM presented`;
    if (!row?.live) return { outcome: 'ended' };
    return row.rotated ? { outcome: 'rotated', ...row } : { outcome: 'reused', ...row };
  },

  async listLive(userId: string, now: Date) {
    return db.$queryRaw<
      {
        id: string;
        method: SessionMethod;
        aal: AssuranceLevel;
        phishingResistant: boolean;
        userAgent: string;
        address: string;
        createdAt: Date;
        lastSeenAt: Date;
        expiresAt: Date;
      }[]
    >`
      SELECT s.id, s.method, s.aal, s.phishing_resistant AS "phishingResistant", s.user_agent AS "userAgent", s.address, s.created_at AS "createdAt",
        s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt"
      FROM ${sessionWithUser}
      WHERE s.user_id = ${userId}::uuid AND ${isLive(now)}
      ORDER BY s.last_seen_at DESC, s.id DESC`;
  },

  /**
   * Ends sessions, the sign-ins that wait for their second factor, and, with all that lets a user in, remembered devices;
   * how many sessions were live.
   */
  async end(which: Ending, now: Date): Promise<number> {
    const { sessions, challenges, devices } = endedBy(which);
    if (devices !== null) await db.$executeRaw`DELETE FROM remembered_devices WHERE ${devices}`;
    if (challenges !== null) await db.$executeRaw`DELETE FROM sign_in_challenges WHERE ${challenges}`;
    return db.$executeRaw`
      UPDATE sessions SET revoked_at = ${now}::timestamptz
      WHERE revoked_at IS NULL AND expires_at > ${now}::timestamptz AND ${sessions}`;
  },

  /** The session a refresh token belongs to, with its user, whether or not it is still live. */
  async findByRefreshToken(hash: Uint8Array<ArrayBuffer>) {
    const [row] = await db.$queryRaw<({ sessionId: string } & UserColumns & OrganizationColumns)[]>`
      SELECT s.id AS "sessionId", ${userColumns}, ${organizationColumns}
      FROM refresh_tokens r JOIN (${sessionWithUser}) ON s.id = r.session_id WHERE r.hash = ${hash}::bytea`;
    return row ?? null;
  },

  /** How a session began, and the settings in force for its user: what the one that takes its place is made of. */
  async groundsOf(id: string): Promise<Beginning & SettingsColumns> {
    const [row] = await db.$queryRaw<(Beginning & SettingsColumns)[]>`
      SELECT s.connection_id AS "connectionId", s.federation, s.remembered_device_id AS "rememberedDeviceId",
        ${settingsColumns}
      FROM ${sessionWithUser} WHERE s.id = ${id}::uuid`;
    if (!row) throw new Error('there is no such session');
    return row;
  },

  /** Removes what no check reads any more, with the tokens that hang on it; how many. */
  async purge(before: Date): Promise<number> {
    const over = { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] };
    const sessions = await db.session.deleteMany({ where: over });
    const challenges = await db.signInChallenge.deleteMany({ where: { expiresAt: { lt: before } } });
    return sessions.count + challenges.count;
  },

  /** Under which names the failed passwords from the user's known browsers are counted. */
  async countsOfDevices(userId: string): Promise<string[]> {
    const rows = await db.$queryRaw<{ key: string }[]>`
      SELECT ${countOfDevice} AS key FROM known_devices d WHERE d.user_id = ${userId}::uuid`;
    return rows.map(({ key }) => key);
  },

  async forgetDevicesOf(userIds: readonly string[]): Promise<void> {
    await db.$executeRaw`DELETE FROM known_devices WHERE user_id IN ${uuids(userIds)}`;
  },

  async forgetDevices(unusedSince: Date): Promise<number> {
    return (await db.knownDevice.deleteMany({ where: { lastUsedAt: { lt: unusedSince } } })).count;
  },
});
