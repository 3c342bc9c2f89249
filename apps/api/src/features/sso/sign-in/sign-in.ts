import {
  type AssuranceLevel,
  type IssuedSession,
  methodsOf,
  type Origin,
  Problem,
  recoveryHoursOf,
  type SecondFactorMethod,
  signInSettings,
} from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { ChallengesService, SessionsService } from '../../access/index.ts';
import { type AuditService, ownDoing } from '../../audit/index.ts';
import type { Account, CredentialsService, UsersWriter } from '../../users/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import { type IdentitiesService, LinkRequired, RaceLost } from './identities.ts';
import type { MailedLink, MailedLinks } from './mailed-links.ts';
import { identitiesStore } from './store.ts';

/** What a sign-in came to: a session, or the second step. */
export type SsoSignedIn =
  | { status: 'authenticated'; session: IssuedSession }
  | {
      status: 'mfa_required';
      challengeToken: string;
      expiresAt: Date;
      methods: SecondFactorMethod[];
      recoveryDelayHours: number | null;
    };

/** What came from the provider, and what the attempt was begun for. */
interface Given {
  identity: VerifiedIdentity;
  /** The link that began it. */
  mailed: MailedLink | null;
  /** The person proved itself at the provider anew. */
  isFresh: boolean;
}

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  sessions: SessionsService;
  challenges: ChallengesService;
  identities: IdentitiesService;
  mailedLinks: MailedLinks;
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
    given: Given,
  ): Promise<SsoSignedIn> {
    const { database } = this.deps;
    const attempt = () => database.transaction((tx) => this.open(tx, origin, replaced, connection, given));
    return attempt()
      .catch((error: unknown) => {
        if (error instanceof RaceLost) return attempt();
        throw error;
      })
      .catch((error: unknown) => this.refuse(origin, error));
  }

  /** Whose password is in the way and opens nothing is mailed a link instead. */
  private async refuse(origin: Origin, error: unknown): Promise<never> {
    if (error instanceof Problem && error.code === 'invalid_token')
      throw new SsoFault('sso_expired', 'The mailed link was used already, or is too old.', { cause: error });
    if (error instanceof LinkRequired && (await this.deps.mailedLinks.offer(origin, error.userId)))
      throw new SsoFault('sso_link_mailed', error.message, { cause: error });
    throw error;
  }

  private async open(
    tx: Transaction,
    origin: Origin,
    replaced: string | undefined,
    connection: ConnectionRow,
    { identity, mailed, isFresh }: Given,
  ): Promise<SsoSignedIn> {
    const { audit, challenges, clock, identities, passwords, writer } = this.deps;
    const store = connectionsStore(tx);
    const isNews = connection.lastSignInAt === null || connection.lastFailure !== null;
    if (!(await store.holdUnchanged(connection.id, connection.version, { alone: isNews })))
      throw new SsoFault('sso_expired', 'The connection was changed during the sign-in.');
    const { userId, identityId, events } = await identities.resolve(tx, connection, identity, mailed);
    if (!(await writer.noteSignIn(tx, userId)))
      throw new SsoFault('sso_failed', 'The user was disabled during the sign-in.');
    await identitiesStore(tx).noteSignIn(identityId, identity.email, clock.now());
    const user = await passwords.account({ id: userId }, tx);
    // Once more, and whatever the decision was: nobody enters another organisation (SEC-33).
    if (user?.organizationId !== connection.organizationId)
      throw new SsoFault('sso_failed', 'The user belongs to another organization than the connection.');
    // MFA was turned on since the link was taken up: who did that is not who began this.
    if (mailed && user.mfaEnabled && !mailed.secondFactor)
      throw new SsoFault('sso_expired', 'Two-factor authentication was enabled meanwhile.');

    const multiFactor = identity.multiFactor || mailed?.secondFactor === true;
    if (!multiFactor && user.mfaEnabled && (isFresh || connection.mfaPolicy === 'require_local')) {
      // The provider did not say multi-factor, there is a factor, and the organisation wants more than its word, or
      // a fresh proof takes all that the user has (SEC-43).
      const { federation } = identity;
      const step = await challenges.openAfterSso(tx, { userId, connectionId: connection.id, federation });
      for (const event of events) await audit.record(tx, origin, event);
      const recoveryDelayHours = recoveryHoursOf(signInSettings(user, null));
      return { ...step, methods: methodsOf(user.factors), recoveryDelayHours };
    }
    const aal = multiFactor ? 2 : 1;
    const session = await this.session(tx, origin, replaced, connection, identity, user, aal);
    // Not before: who still owes the code has not come in.
    await store.noteSignIn(connection.id, clock.now(), { wait: isNews });
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
    const settings = signInSettings(user, null);
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
