import {
  type IssuedSession,
  methodsOf,
  type Origin,
  Problem,
  recoveryHoursOf,
  type SecondFactorMethod,
  signInSettings,
} from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import { type Database, isUniqueViolation, type Transaction } from '../../../platform/database/database.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { ChallengesService, MfaRequired, SessionsService } from '../../access/index.ts';
import { type AuditEntry, type AuditService, ownDoing, partyOf } from '../../audit/index.ts';
import { identityLinked } from '../../mails/index.ts';
import type { CredentialsService, UsersWriter } from '../../users/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { type ReceivedValue, SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import { decisionOf } from './decision.ts';
import { linkedEvent } from './identities.ts';
import type { MailedLink, MailedLinks } from './mailed-links.ts';
import { identitiesStore } from './store.ts';

/** What a sign-in came to: a session, or the second step. */
type SsoSignedIn =
  | { status: 'authenticated'; session: IssuedSession }
  | (MfaRequired & { methods: SecondFactorMethod[]; recoveryDelayHours: number | null });

/** What came from the provider, and what the attempt was begun for. */
interface Given {
  identity: VerifiedIdentity;
  /** The link that began it. */
  mailed: MailedLink | null;
  /** Where the person had to prove itself there anew: since when, Unix time in milliseconds. */
  freshSinceMs: number | undefined;
}

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  sessions: SessionsService;
  challenges: ChallengesService;
  mail: MailOutbox;
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
    if (given.freshSinceMs !== undefined) assertAskedAgain(connection, given.identity, given.freshSinceMs);
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
    { identity, mailed, freshSinceMs }: Given,
  ): Promise<SsoSignedIn> {
    const { audit, challenges, clock, passwords, sessions, writer } = this.deps;
    const store = connectionsStore(tx);
    const isNews = connection.lastSignInAt === null || connection.lastFailure !== null;
    if (!(await store.holdUnchanged(connection.id, connection.version, { alone: isNews })))
      throw new SsoFault('sso_expired', 'The connection was changed during the sign-in.');
    const { userId, identityId, events } = await this.resolve(tx, connection, identity, mailed);
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

    const settings = signInSettings(user, null);
    const multiFactor = identity.multiFactor || mailed?.secondFactor === true;
    if (!multiFactor && user.mfaEnabled && (freshSinceMs !== undefined || connection.mfaPolicy === 'require_local')) {
      // The provider did not say multi-factor, there is a factor, and the organisation wants more than its word, or
      // a fresh proof takes all that the user has (SEC-43).
      const { federation } = identity;
      const step = await challenges.openAfterSso(tx, { userId, connectionId: connection.id, federation });
      for (const event of events) await audit.record(tx, origin, event);
      const recoveryDelayHours = recoveryHoursOf(settings);
      return { ...step, methods: methodsOf(user.factors), recoveryDelayHours };
    }
    const aal = multiFactor ? 2 : 1;
    const plan = {
      userId,
      organizationId: user.organizationId,
      method: 'sso',
      aal,
      lifetimeMinutes: settings.sessionLifetimeMinutes,
      idleMinutes: settings.sessionIdleMinutes,
      connectionId: connection.id,
      federation: identity.federation,
    } as const;
    const session = await sessions.open(tx, origin, plan, replaced);
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

  /** The user that signs in, linked or created where that is decided. */
  private async resolve(
    tx: Transaction,
    connection: ConnectionRow,
    identity: VerifiedIdentity,
    mailed: MailedLink | null,
  ): Promise<Resolved> {
    const decision = await decisionOf(tx, connection, identity, mailed?.userId);
    const { clock, mail, mailedLinks, writer } = this.deps;
    const link = async (userId: string): Promise<string> => {
      const id = await identitiesStore(tx).insert(connection, userId, identity, clock.now());
      if (id === null) throw new RaceLost();
      return id;
    };
    switch (decision.effect) {
      case 'refuse': {
        const { code, userId, words } = decision;
        if (code === 'sso_link_required' && userId !== undefined)
          throw new LinkRequired(userId, words, identity.received);
        throw new SsoFault(code, words, { received: identity.received });
      }
      case 'sign_in':
        return { userId: decision.userId, identityId: decision.identityId, events: [] };
      case 'link': {
        const { userId } = decision;
        await writer.lock(tx, userId);
        if (mailed) await mailedLinks.spend(tx, mailed);
        const identityId = await link(userId);
        await writer.activate(tx, userId);
        const party = partyOf({ userId, email: identity.email ?? '' });
        await mail.enqueue(tx, identityLinked({ to: party.name, connectionName: connection.name }));
        return { userId, identityId, events: [linkedEvent(connection, party, identity)] };
      }
      case 'provision': {
        const { organizationId } = connection;
        const { email, name } = decision;
        const userId = newId();
        const rights = { role: 'member', access: 'read_only', status: 'active' } as const;
        const user = { id: userId, organizationId, email, name, ...rights, passwordHash: null };
        await writer.insert(tx, [user]).catch((error: unknown) => {
          throw isUniqueViolation(error) ? new RaceLost() : error;
        });
        const identityId = await link(userId);
        const { subject, issuer } = identity;
        const event = {
          action: 'user.provisioned' as const,
          actor: null,
          subject: partyOf({ userId, email }),
          organizationId,
          details: { connectionId: connection.id, subject, issuer },
        };
        return { userId, identityId, events: [event] };
      }
    }
  }
}

/** Another request linked or created the same at this moment: a second try finds what it made. */
class RaceLost extends Error {}

/** The password of a user is in the way. */
class LinkRequired extends SsoFault {
  constructor(
    readonly userId: string,
    words: string,
    received: readonly ReceivedValue[],
  ) {
    super('sso_link_required', words, { received });
  }
}

interface Resolved {
  userId: string;
  identityId: string;
  /** They belong at the end of the transaction. */
  events: AuditEntry[];
}

/** How far behind ours a provider's clock may be. */
const PROVIDER_CLOCK_MS = 60_000;

/**
 * A session at the provider, however old, is no fresh proof (SEC-43). OpenID Connect Core section 3.1.2.1 wants the time in
 * the answer where `max_age` was asked for, SAML always has it; Microsoft and Google may leave it out.
 *
 * @throws SsoFault
 */
function assertAskedAgain({ kind }: ConnectionRow, { authenticatedAtMs }: VerifiedIdentity, sinceMs: number): void {
  if (authenticatedAtMs === null) {
    if (kind === 'entra' || kind === 'google') return;
    throw new SsoFault('sso_failed', 'The provider does not say when it asked the person (auth_time, AuthnInstant).');
  }
  if (authenticatedAtMs < sinceMs - PROVIDER_CLOCK_MS)
    throw new SsoFault(
      'sso_failed',
      'The provider did not ask the person again, though it was told to (auth_time, AuthnInstant).',
    );
}
