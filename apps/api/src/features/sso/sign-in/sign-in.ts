import { type AssuranceLevel, effectiveSettings, type IssuedSession, type Origin } from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { ChallengesService, SessionsService } from '../../access/index.ts';
import { type AuditService, ownDoing } from '../../audit/index.ts';
import type { Account, CredentialsService, UsersWriter } from '../../users/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import { type IdentitiesService, RaceLost } from './identities.ts';
import { identitiesStore } from './store.ts';

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
  passwords: CredentialsService;
  writer: UsersWriter;
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
    // Who still owes the code has not come in.
    if (result.status === 'authenticated')
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
    const { audit, challenges, clock, identities, passwords, writer } = this.deps;
    if (!(await connectionsStore(tx).holdUnchanged(connection.id, connection.version)))
      throw new SsoFault('sso_expired', 'The connection was changed during the sign-in.');
    const { userId, identityId, events } = await identities.resolve(tx, connection, identity);
    if (!(await writer.noteSignIn(tx, userId)))
      throw new SsoFault('sso_failed', 'The user was disabled during the sign-in.');
    await identitiesStore(tx).noteSignIn(identityId, identity.email, clock.now());
    const user = await passwords.account({ id: userId }, tx);
    // Once more, and whatever the decision was: nobody enters another organisation (SEC-33).
    if (user?.organizationId !== connection.organizationId)
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
    await audit.record(tx, origin, {
      action: 'session.signed_in',
      ...ownDoing(user),
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
    user: Account,
    aal: AssuranceLevel,
  ): Promise<IssuedSession> {
    const settings = effectiveSettings(user, null);
    const plan = {
      userId: user.userId,
      organizationId: user.organizationId,
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
const asksForCode = (connection: ConnectionRow, identity: VerifiedIdentity, user: Account): boolean =>
  !identity.multiFactor && connection.mfaPolicy === 'require_local' && user.mfaEnabled;
