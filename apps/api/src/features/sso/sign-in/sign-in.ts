import type { AssuranceLevel, IssuedSession, Origin } from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { ChallengesService, SessionsService } from '../../access/index.ts';
import type { AuditService } from '../../audit/index.ts';
import { effectiveSettings } from '../../organizations/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { SsoFault } from '../protocols/fault.ts';
import type { VerifiedIdentity } from '../protocols/types.ts';
import { type IdentitiesService, RaceLost } from './identities.ts';
import { identitiesStore, type SsoUser } from './identities-store.ts';

/** What a sign-in came to: a session, or the second step. */
export type SsoSignedIn =
  | { status: 'authenticated'; session: IssuedSession }
  | { status: 'mfa_required'; challengeToken: string; expiresAt: Date };

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  sessions: SessionsService;
  challenges: ChallengesService;
  identities: IdentitiesService;
}

/** Opens the session of whom a provider vouched for. */
export class SsoSignIn {
  constructor(private readonly deps: Deps) {}

  /**
   * Finds, links or creates the user and opens the session, in one transaction.
   *
   * @param replaced refresh token of the session that this browser had, which ends
   * @throws SsoFault
   */
  async complete(
    origin: Origin,
    replaced: string | undefined,
    connection: ConnectionRow,
    identity: VerifiedIdentity,
  ): Promise<SsoSignedIn> {
    const { database, clock } = this.deps;
    const attempt = () => database.transaction((tx) => this.open(tx, origin, replaced, connection, identity));
    let result: SsoSignedIn;
    try {
      result = await attempt();
    } catch (error) {
      if (!(error instanceof RaceLost)) throw error;
      result = await attempt();
    }
    await connectionsStore(database.client).noteSignIn(connection.id, connection.version, clock.now());
    return result;
  }

  private async open(
    tx: Transaction,
    origin: Origin,
    replaced: string | undefined,
    connection: ConnectionRow,
    identity: VerifiedIdentity,
  ): Promise<SsoSignedIn> {
    const { audit, challenges, clock, identities } = this.deps;
    if (!(await connectionsStore(tx).holdUnchanged(connection.id, connection.version)))
      throw new SsoFault('sso_expired', 'The connection was changed during the sign-in.');
    const { userId, identityId, events } = await identities.resolve(tx, connection, identity);
    const store = identitiesStore(tx);
    if (!(await store.noteSignIn(userId, identityId, identity.email, clock.now())))
      throw new SsoFault('sso_failed', 'The user was disabled during the sign-in.');
    const user = await store.loadUser(userId);
    // Once more, and whatever the decision was: nobody enters another organisation (SEC-33).
    if (user.organization.id !== connection.organizationId)
      throw new SsoFault('sso_failed', 'The user belongs to another organization than the connection.');

    if (asksForCode(connection, identity, user)) {
      const { federation } = identity;
      const step = await challenges.openAfterSso(tx, { userId, connectionId: connection.id, federation });
      for (const event of events) await audit.record(tx, origin, event);
      return step;
    }
    const aal = identity.multiFactor ? 2 : 1;
    const session = await this.session(tx, origin, replaced, connection, identity, user, aal);
    for (const event of events) await audit.record(tx, origin, event);
    const party = { id: user.id, name: user.email };
    await audit.record(tx, origin, {
      action: 'session.signed_in',
      actor: party,
      subject: party,
      organizationId: user.organization.id,
      details: { method: 'sso', connectionId: connection.id, aal, secondFactor: null, sessionId: session.id },
    });
    return { status: 'authenticated', session };
  }

  private async session(
    tx: Transaction,
    origin: Origin,
    replaced: string | undefined,
    connection: ConnectionRow,
    identity: VerifiedIdentity,
    user: SsoUser,
    aal: AssuranceLevel,
  ): Promise<IssuedSession> {
    const settings = await effectiveSettings(tx, user.organization.id);
    const plan = {
      userId: user.id,
      organizationId: user.organization.id,
      method: 'sso' as const,
      aal,
      lifetimeMinutes: settings.sessionLifetimeMinutes,
      idleMinutes: settings.sessionIdleMinutes,
      connectionId: connection.id,
      federation: identity.federation,
    };
    return this.deps.sessions.open(tx, origin, plan, replaced);
  }
}

/**
 * Whether the code is asked for here: the provider did not say multi-factor, the organisation wants more than its word,
 * and the user has an authenticator.
 */
const asksForCode = (connection: ConnectionRow, identity: VerifiedIdentity, user: SsoUser): boolean =>
  !identity.multiFactor && connection.mfaPolicy === 'require_local' && user.mfaEnabled;
