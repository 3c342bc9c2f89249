import {
  type AssuranceLevel,
  type Caller,
  DAY_MS,
  FOLLOWS_ALL,
  type IssuedSession,
  type MfaSettings,
  mfaDemand,
  type Origin,
  PROOF_SECONDS,
  Problem,
  REFRESH_GRACE_SECONDS,
  type SecondFactorMethod,
  type SessionMethod,
  type SignInSettings,
  signInSettings,
} from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, ownDoing, partyOf } from '../audit/index.ts';
import { sessionEndedForSafety } from '../mails/index.ts';
import {
  type Ending,
  type Federation,
  type JudgedUser,
  type LiveSession,
  type NewSession,
  sessionsStore,
} from './store.ts';

export type { Federation } from './store.ts';

/** What it takes to prepare a session. */
export interface SessionPlan {
  userId: string;
  organizationId: string;
  method: SessionMethod;
  aal: AssuranceLevel;
  /** Whether a passkey proves the user in it. Default: no. */
  phishingResistant?: boolean;
  lifetimeMinutes: number;
  idleMinutes: number;
  /** Of a sign-in through an identity provider. */
  connectionId?: string | null;
  federation?: Federation | null;
  /** Of one that begins on a remembered device. */
  rememberedDeviceId?: string | null;
}

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  mail: MailOutbox;
}

/** A browser that was not used to sign in for so long is a new one again. */
const KNOWN_DEVICE_DAYS = 400;

export class SessionsService {
  constructor(private readonly deps: Deps) {}

  /** The caller whose session this is, when it is live at this moment: one database round trip, once a minute two. */
  async authenticate(sessionId: string, origin: Origin): Promise<Caller | null> {
    const store = sessionsStore(this.deps.database.client);
    const now = this.deps.clock.now();
    const live = await store.findLive(sessionId, now);
    if (!live) return null;
    if (live.isSeenAnew) await store.noteSeen(sessionId, now);
    const settings = settingsOf(live);
    return {
      userId: live.userId,
      email: live.email,
      name: live.name,
      role: live.role,
      access: live.access,
      organization: {
        id: live.organizationId,
        slug: live.organizationSlug,
        name: live.organizationName,
        kind: live.organizationKind,
      },
      session: {
        id: live.sessionId,
        method: live.method,
        aal: live.aal,
        phishingResistant: live.phishingResistant,
      },
      connectionId: live.connectionId,
      isFresh: isFresh(live, now),
      hasPassword: live.hasPassword,
      mfaEnabled: live.mfaEnabled,
      factors: live.factors,
      ...demandOf(live, settings, now),
      localSignInEnabled: settings.localSignInEnabled,
      minimumPasswordLength: settings.minimumPasswordLength,
      origin,
    };
  }

  /**
   * As `authenticate`, for requests that do not come by the one guard of sessions, as answers of identity providers do:
   * null, too, for a session that opens nothing but enrolment.
   */
  async authenticateWhole(sessionId: string, origin: Origin): Promise<Caller | null> {
    const caller = await this.authenticate(sessionId, origin);
    return caller?.mustEnroll ? null : caller;
  }

  /** Whether the session is live still, in the transaction of a change that hangs on it (SEC-5). */
  async isLive(tx: Transaction, sessionId: string): Promise<boolean> {
    return sessionsStore(tx).isLive(sessionId, this.deps.clock.now());
  }

  /** A new session ready to be written by the statement that allows it, and what its cookies will carry. */
  prepare(origin: Origin, plan: SessionPlan): { row: NewSession; issued: IssuedSession } {
    const now = this.deps.clock.now();
    const refreshToken = newToken();
    const id = newId();
    const federation = plan.federation ?? null;
    const expiresAt = earlier(new Date(now.getTime() + plan.lifetimeMinutes * 60_000), federation?.sessionNotOnOrAfter);
    return {
      row: {
        id,
        userId: plan.userId,
        method: plan.method,
        aal: plan.aal,
        phishingResistant: plan.phishingResistant ?? false,
        now,
        expiresAt,
        idleSeconds: plan.idleMinutes * 60,
        userAgent: origin.userAgent,
        address: origin.address,
        connectionId: plan.connectionId ?? null,
        federation,
        rememberedDeviceId: plan.rememberedDeviceId ?? null,
        refreshTokenHash: hashToken(refreshToken),
      },
      issued: { id, userId: plan.userId, organizationId: plan.organizationId, aal: plan.aal, refreshToken, expiresAt },
    };
  }

  /**
   * Ends every session of the caller and opens one in their place at aal 2, in the caller's transaction: the identifier of
   * a session changes when its assurance level does (ASVS 5.0 7.2.4), and the others end with it.
   *
   * @param by what proved the user
   */
  async replaceAll(tx: Transaction, caller: Caller, by: SecondFactorMethod): Promise<IssuedSession> {
    return this.replace(tx, caller, by, { of: 'users', ids: [caller.userId] });
  }

  /** Makes the caller's session one that a passkey proved, under another identifier; the others go on. */
  async strengthen(tx: Transaction, caller: Caller): Promise<IssuedSession> {
    return this.replace(tx, caller, 'passkey', { of: 'session', id: caller.session.id, userId: caller.userId });
  }

  /**
   * Makes the caller's session fresh in the transaction of the proof, with a second factor where the user has one. A
   * session that had not passed it changes its identifier with its assurance level (SEC-23).
   *
   * @param by the second factor that was shown; null where there is none
   * @returns the session in its place; null where it goes on
   */
  async freshen(tx: Transaction, caller: Caller, by: SecondFactorMethod | null): Promise<IssuedSession | null> {
    const { id, aal } = caller.session;
    if (by !== null && aal < 2) return this.replace(tx, caller, by, { of: 'session', id, userId: caller.userId });
    await sessionsStore(tx).noteProof(id, this.deps.clock.now());
    return null;
  }

  private async replace(
    tx: Transaction,
    caller: Caller,
    by: SecondFactorMethod,
    which: Ending,
  ): Promise<IssuedSession> {
    const store = sessionsStore(tx);
    const grounds = await store.groundsOf(caller.session.id);
    const settings = signInSettings(grounds, null);
    const { row, issued } = this.prepare(caller.origin, {
      userId: caller.userId,
      organizationId: caller.organization.id,
      method: caller.session.method,
      aal: 2,
      phishingResistant: by === 'passkey',
      lifetimeMinutes: settings.sessionLifetimeMinutes,
      idleMinutes: settings.sessionIdleMinutes,
      connectionId: grounds.connectionId,
      federation: grounds.federation,
      rememberedDeviceId: grounds.rememberedDeviceId,
    });
    await store.end(which, row.now);
    await store.insert(row);
    return issued;
  }

  /**
   * Opens a session in the transaction that allows it, in place of the one that the browser had.
   *
   * @param replaced refresh token of the browser's session
   */
  async open(tx: Transaction, origin: Origin, plan: SessionPlan, replaced: string | undefined): Promise<IssuedSession> {
    const store = sessionsStore(tx);
    const { row, issued } = this.prepare(origin, plan);
    if (replaced !== undefined) await store.end({ of: 'refresh token', hash: hashToken(replaced) }, row.now);
    await store.insert(row);
    return issued;
  }

  /**
   * Exchanges a refresh token for the next (RFC 9700 section 4.14.2).
   *
   * @throws Problem `session_expired` when the token or its session is unknown, over, idle or revoked;
   *   `refresh_token_reused` when the token was used before, past the grace for parallel tabs: the session ends
   */
  async refresh(origin: Origin, refreshToken: string | undefined): Promise<IssuedSession> {
    if (refreshToken === undefined) throw new Problem('session_expired');
    const { database, clock, audit, mail } = this.deps;
    const next = newToken();
    const now = clock.now();
    const rotation = await sessionsStore(database.client).rotate(
      hashToken(refreshToken),
      hashToken(next),
      now,
      REFRESH_GRACE_SECONDS,
    );
    if (rotation.outcome === 'ended') throw new Problem('session_expired');
    if (rotation.outcome === 'rotated') {
      const { sessionId, userId, organizationId, aal, expiresAt } = rotation;
      return { id: sessionId, userId, organizationId, aal, refreshToken: next, expiresAt };
    }
    await database.transaction(async (tx) => {
      const { sessionId: id, userId } = rotation;
      const ended = await sessionsStore(tx).end({ of: 'session', id, userId }, now);
      if (ended === 0) return;
      await mail.enqueue(tx, sessionEndedForSafety({ to: rotation.email }));
      await audit.record(tx, origin, {
        action: 'session.refresh_token_reused',
        outcome: 'failure',
        actor: null,
        subject: partyOf(rotation),
        organizationId: rotation.organizationId,
        details: { sessionId: rotation.sessionId },
      });
    });
    mail.poke();
    throw new Problem('refresh_token_reused', {
      detail: 'Sign in again. If you see this often, change your password.',
    });
  }

  /** Ends the session of the refresh token; does nothing without one. */
  async signOut(origin: Origin, refreshToken: string | undefined): Promise<void> {
    if (refreshToken === undefined) return;
    const { database, clock, audit } = this.deps;
    const found = await sessionsStore(database.client).findByRefreshToken(hashToken(refreshToken));
    if (!found) return;
    const { sessionId: id, userId } = found;
    await database.transaction(async (tx) => {
      if ((await sessionsStore(tx).end({ of: 'session', id, userId }, clock.now())) === 0) return;
      await audit.record(tx, origin, {
        action: 'session.signed_out',
        ...ownDoing(found),
        details: { sessionId: id },
      });
    });
  }

  async list(caller: Caller) {
    const items = await sessionsStore(this.deps.database.client).listLive(caller.userId, this.deps.clock.now());
    return { items: items.map((item) => ({ ...item, current: item.id === caller.session.id })) };
  }

  /** @throws Problem `not_found` when the caller has no such live session */
  async revokeOne(caller: Caller, sessionId: string): Promise<void> {
    const count = await this.revokeOwn(caller, { of: 'session', id: sessionId, userId: caller.userId }, { sessionId });
    if (count === 0) throw new Problem('not_found');
  }

  async revokeOthers(caller: Caller): Promise<void> {
    await this.revokeOwn(caller, { of: 'other sessions', userId: caller.userId, except: caller.session.id });
  }

  /**
   * Ends sessions and half-done sign-ins together, and where users lose all access the devices that are remembered for
   * them, in the transaction of the change that calls for it; nothing else does. Returns how many sessions were live.
   */
  async end(tx: Transaction, which: Ending): Promise<number> {
    return sessionsStore(tx).end(which, this.deps.clock.now());
  }

  /**
   * What is asked of a user who signs in with a password now and with the best of its factors, and how much access is
   * open: for whoever helps the user.
   *
   * @throws Problem `not_found`
   */
  async standingOf(userId: string) {
    const now = this.deps.clock.now();
    const row = await sessionsStore(this.deps.database.client).standingOf(userId, now);
    if (!row) throw new Problem('not_found');
    const phishingResistant = row.factors.includes('passkey');
    const signIn = { method: 'password', createdAt: now, phishingResistant } as const;
    const { policy, mustEnroll } = mfaDemand(row, settingsOf(row), signIn, now);
    const { lastSeenAt, liveSessions, rememberedDevices } = row;
    return { policy, mustEnroll, lastSeenAt, liveSessions, rememberedDevices };
  }

  /** Under which names the failed passwords from the user's known browsers are counted. */
  async attemptKeysOf(db: Db, userId: string): Promise<string[]> {
    return sessionsStore(db).countsOfDevices(userId);
  }

  /** Makes every browser of the users a new one. */
  async forgetDevices(tx: Transaction, userIds: readonly string[]): Promise<void> {
    await sessionsStore(tx).forgetDevicesOf(userIds);
  }

  /** The connection that the session began through; null for one that began with a password. */
  async connectionOf(tx: Transaction, sessionId: string): Promise<string | null> {
    return (await sessionsStore(tx).groundsOf(sessionId)).connectionId;
  }

  /** Deletes sessions a day after their end, and half-done sign-ins and browsers that were not seen for long. */
  async purge(): Promise<number> {
    const nowMs = this.deps.clock.now().getTime();
    const store = sessionsStore(this.deps.database.client);
    const ended = await store.purge(new Date(nowMs - DAY_MS));
    return ended + (await store.forgetDevices(new Date(nowMs - KNOWN_DEVICE_DAYS * DAY_MS)));
  }

  private async revokeOwn(caller: Caller, which: Ending, details: { sessionId?: string } = {}): Promise<number> {
    const { database, audit } = this.deps;
    return database.transaction(async (tx) => {
      const count = await this.end(tx, which);
      if (count === 0) return 0;
      await audit.record(tx, caller.origin, {
        action: 'session.revoked',
        ...ownDoing(caller),
        details: { count, ...details },
      });
      return count;
    });
  }
}

/** What is in force of the settings that say what a session opens. */
const settingsOf = (own: JudgedUser): MfaSettings & Pick<SignInSettings, 'minimumPasswordLength'> =>
  signInSettings({ ...FOLLOWS_ALL, ...own }, null);

/** Whoever has a second factor is never fresh without it. */
const isFresh = ({ aal, mfaEnabled, provedAt }: LiveSession, now: Date): boolean =>
  (aal === 2 || !mfaEnabled) && now.getTime() - provedAt.getTime() <= PROOF_SECONDS * 1000;

const demandOf = (live: LiveSession, settings: MfaSettings, now: Date) => {
  const { policy: mfaPolicy, mustEnroll } = mfaDemand(live, settings, live, now);
  return { mfaPolicy, mustEnroll };
};

/** @param limit RFC 3339 */
const earlier = (moment: Date, limit: string | undefined): Date =>
  limit === undefined ? moment : new Date(Math.min(moment.getTime(), Date.parse(limit)));
