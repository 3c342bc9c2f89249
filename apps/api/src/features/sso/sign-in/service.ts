import { assertMayChange, type Caller, type IssuedSession, type Origin, Problem } from '@sallyport/core';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import type { Database } from '../../../platform/database/database.ts';
import { type Budget, type SourceLimiter, sourceOf } from '../../../platform/limits/limiter.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { Metrics } from '../../../platform/metrics.ts';
import type { Outbound } from '../../../platform/net/outbound.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { ChallengesService, SessionsService } from '../../access/index.ts';
import type { AuditService, EventsOfStrangers } from '../../audit/index.ts';
import { type ReauthenticationService, type ShownInRequest, shownWhereEnabled } from '../../mfa/index.ts';
import type { CredentialsService, UsersWriter } from '../../users/index.ts';
import type { ConnectionsService } from '../connections/service.ts';
import type { StagedChanges } from '../connections/staged-changes.ts';
import { asChanged, type ConnectionRow, connectionsStore, verifiedDomainsOf } from '../connections/store.ts';
import { SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import { OidcAdapter } from '../protocols/oidc/adapter.ts';
import { samlFault } from '../protocols/saml/fault.ts';
import { openSecrets } from '../secrets.ts';
import { safeReturnTo, withParameters } from '../urls.ts';
import {
  asBegun,
  type Begun,
  oidcConnectionOf,
  SsoAttempts,
  samlConnectionOf,
  strayAnswer,
  within,
} from './attempts.ts';
import type { IdentitiesService } from './identities.ts';
import type { MailedLinks } from './mailed-links.ts';
import { SsoOutcomes } from './outcomes.ts';
import { SsoSignIn } from './sign-in.ts';
import type { TransactionRow } from './store.ts';

/** A whole office may sit behind one address. */
const STARTS_PER_SOURCE = 3000;
const START_WINDOW_SECONDS = 10 * 60;

/** Verifying costs more than posting. An attempt has its own budget, which only who began it can spend (SEC-37). */
const ANSWERS_OF_ATTEMPT: Budget = { bucket: 'sso-answers', points: 20, seconds: 10 * 60 };
/** Nobody asked for these answers: a source that posts junk to one connection is not listened to there for a while. */
const UNSOLICITED: Budget = { bucket: 'sso-unsolicited', points: 60, seconds: 60 };

interface Deps {
  database: Database;
  passwords: CredentialsService;
  writer: UsersWriter;
  clock: Clock;
  keyring: Keyring;
  limiter: SourceLimiter;
  metrics: Metrics;
  publicUrl: URL;
  outbound: Outbound;
  audit: AuditService;
  strangers: EventsOfStrangers;
  sessions: SessionsService;
  mail: MailOutbox;
  challenges: ChallengesService;
  reauthentication: ReauthenticationService;
  connections: ConnectionsService;
  stagedChanges: StagedChanges;
  identities: IdentitiesService;
  mailedLinks: MailedLinks;
}

/** What the browser brought along. */
export interface SsoBrowser {
  /** Of the transaction cookie. */
  token: string | undefined;
  refreshToken: string | undefined;
}

/** Where the browser goes next, and the cookies it takes along. */
export interface Landing {
  location: string;
  browserToken?: string;
  session?: IssuedSession;
  challengeToken?: string;
}

/** The way of a browser to a provider and back, for sign-in, linking and trying. */
export class SsoFlowService {
  private readonly attempts: SsoAttempts;
  private readonly outcomes: SsoOutcomes;
  private readonly oidc: OidcAdapter;
  private readonly signIns: SsoSignIn;

  constructor(private readonly deps: Deps) {
    this.oidc = new OidcAdapter(deps);
    this.attempts = new SsoAttempts({ ...deps, oidc: this.oidc });
    this.outcomes = new SsoOutcomes(deps);
    this.signIns = new SsoSignIn(deps);
  }

  /**
   * Begins a sign-in. Never throws what a person could cause: a failure is a landing too.
   *
   * @param input.fresh whether the person has to prove itself at the provider anew (SEC-43)
   */
  async start(
    origin: Origin,
    browserToken: string | undefined,
    connectionId: string,
    { returnTo, fresh = false }: { returnTo?: string; fresh?: boolean },
  ): Promise<Landing> {
    const { database, limiter } = this.deps;
    const limited = await limiter.consume(
      'sso-start',
      sourceOf(origin.address),
      STARTS_PER_SOURCE,
      START_WINDOW_SECONDS,
    );
    if (limited) throw new Problem('too_many_attempts', { detail: 'Try again later.', ...limited });
    const connection = await connectionsStore(database.client).find(connectionId);
    return this.landing(origin, connection, { purpose: 'sign_in', userId: null, returnTo: '/' }, async () => {
      if (!connection?.enabled) throw new SsoFault('sso_unavailable', 'The connection is switched off.');
      const input = { purpose: 'sign_in' as const, who: null, returnTo: safeReturnTo(returnTo), browserToken, fresh };
      const begun = await within(this.attempts.begin(connection, input));
      return { location: begun.url.href, browserToken: begun.browserToken };
    });
  }

  /**
   * Begins to link an account at a provider, once password and second factor are proved.
   *
   * @throws Problem `no_local_password`, `not_found`, `invalid_credentials`, `invalid_code`, `too_many_attempts`,
   *   `identity_already_linked`, `provider_unavailable`
   */
  async startLink(
    caller: Caller,
    connectionId: string,
    input: { password: string; returnTo?: string } & ShownInRequest,
  ): Promise<Begun> {
    const { database, identities, reauthentication } = this.deps;
    if (!caller.hasPassword) throw new Problem('no_local_password', { detail: 'Linking asks for your password.' });
    const connection = await connectionsStore(database.client).find(connectionId, caller.organization.id);
    if (!connection?.enabled) throw new Problem('not_found');
    const { items } = await identities.list(caller);
    if (items.some((item) => item.connection.id === connectionId)) throw new Problem('identity_already_linked');
    const proofs = { password: input.password, shown: shownWhereEnabled(caller, input) };
    await reauthentication.run(caller, 'identity.link_failed', proofs, (settle) => database.transaction(settle));
    return this.begin(caller, connection, 'link', safeReturnTo(input.returnTo, '/account/identities'));
  }

  /** What the page of a mailed link shows. @throws Problem `invalid_token` */
  async readMailedLink(token: string) {
    return this.deps.mailedLinks.read(token);
  }

  /**
   * Begins to link the account of a user who was mailed a link for it, and to sign the user in with it.
   *
   * @throws Problem as `MailedLinks.prove`; `provider_unavailable`
   */
  async startMailed(
    origin: Origin,
    browserToken: string | undefined,
    input: { token: string; connectionId: string; code?: string },
  ): Promise<Begun> {
    const { connection, mailed } = await this.deps.mailedLinks.prove(origin, input);
    return this.asked(() =>
      this.attempts.begin(connection, { purpose: 'sign_in', who: null, returnTo: '/', browserToken, mailed }),
    );
  }

  /**
   * Begins to try a connection, enabled or not; where a change of it waits, that change.
   *
   * @throws Problem `forbidden`, `not_found`, `provider_unavailable`
   */
  async startTest(
    caller: Caller,
    organizationId: string,
    connectionId: string,
    returnTo: string | undefined,
  ): Promise<Begun> {
    assertMayChange(caller);
    const connection = await this.deps.connections.row(caller, organizationId, connectionId);
    return this.begin(caller, asChanged(connection), 'test', safeReturnTo(returnTo, '/settings/sso'));
  }

  /** Takes up the answer of an OIDC provider. */
  async callback(origin: Origin, browser: SsoBrowser, connectionId: string, query: URLSearchParams): Promise<Landing> {
    const { database, keyring } = this.deps;
    const connection = await connectionsStore(database.client).find(connectionId);
    const state = query.get('state') ?? '';
    const transaction = await this.attempts.takeUp(connectionId, state, browser.token);
    return this.landing(origin, connection, transaction, async () => {
      if (!transaction) throw strayAnswer();
      const current = asBegun(connection, transaction);
      if (current.kind === 'saml') throw new SsoFault('sso_failed', 'A SAML provider answers at the ACS.');
      const { nonce = '', codeVerifier = '' } = this.attempts.secretsOf(transaction);
      const oidc = oidcConnectionOf(current, openSecrets(keyring, current));
      const verified = this.oidc.finish(oidc, query, state, { nonce, codeVerifier });
      return this.land(origin, browser, current, transaction, await within(verified));
    });
  }

  /**
   * Takes the answer of a SAML provider from its page, which cannot bring our cookies along: what it proves waits under
   * a code for the browser to take up on our own origin.
   */
  async acs(origin: Origin, connectionId: string, form: { SAMLResponse?: unknown; RelayState?: unknown }) {
    const { clock, database, keyring, limiter, publicUrl } = this.deps;
    const connection = await connectionsStore(database.client).find(connectionId);
    const relayState = typeof form.RelayState === 'string' ? form.RelayState : '';
    const pending = await this.attempts.waiting(connectionId, relayState);
    return this.landing(origin, connection, pending, async (): Promise<Landing> => {
      const current = pending ? asBegun(connection, pending) : connection;
      const saml = current && samlConnectionOf(current, openSecrets(keyring, current), publicUrl);
      if (!current || !saml) throw new SsoFault('sso_unavailable', 'This is no SAML connection.');
      if (!pending && !saml.config.allowUnsolicited) throw strayAnswer();
      if (!pending && !current.enabled) throw new SsoFault('sso_unavailable', 'The connection is switched off.');

      const budget = pending ? ANSWERS_OF_ATTEMPT : UNSOLICITED;
      const spender = pending?.id ?? `${connectionId} ${sourceOf(origin.address)}`;
      const limited = await limiter.spent(budget, spender);
      if (limited) throw new Problem('too_many_attempts', { detail: 'Try again later.', ...limited });
      const expectedRequestId = pending ? (this.attempts.secretsOf(pending).requestId ?? '') : null;
      const { samlIdentity, verifyResponse } = await import('../protocols/saml/answer.ts');
      const answer = verifyResponse(saml, form.SAMLResponse, { expectedRequestId }, clock.now());
      const assertion = await answer.catch(async (error: unknown) => {
        await limiter.spend(budget, spender);
        throw samlFault(error);
      });
      const identity = samlIdentity(saml.config, assertion, verifiedDomainsOf(current), clock.now());
      const { code, ...browser } = await this.attempts.leave(current, pending, assertion, identity);
      return { location: `/api/v1/auth/sso/complete?code=${code}`, ...browser };
    });
  }

  /** Takes up what the ACS left, in the browser that began. */
  async complete(origin: Origin, browser: SsoBrowser, code: string): Promise<Landing> {
    const transaction = await this.attempts.takeUpResult(code, browser.token);
    const store = connectionsStore(this.deps.database.client);
    const connection = transaction && (await store.find(transaction.connectionId));
    return this.landing(origin, connection, transaction, async () => {
      const identity = transaction ? this.attempts.secretsOf(transaction).identity : undefined;
      if (!transaction || !identity) throw strayAnswer();
      return this.land(origin, browser, asBegun(connection, transaction), transaction, identity);
    });
  }

  /** SAML metadata of this service. @throws Problem `not_found` */
  async metadata(connectionId: string): Promise<string> {
    const { database, keyring, publicUrl } = this.deps;
    const connection = await connectionsStore(database.client).find(connectionId);
    const saml = connection && samlConnectionOf(connection, openSecrets(keyring, connection), publicUrl);
    if (!saml) throw new Problem('not_found');
    const { spMetadata } = await import('../protocols/saml/service-provider.ts');
    return spMetadata(saml);
  }

  /** As `SsoAttempts.purge`. */
  async purge(): Promise<number> {
    return this.attempts.purge();
  }

  private async begin(caller: Caller, connection: ConnectionRow, purpose: 'link' | 'test', returnTo: string) {
    const who = { userId: caller.userId, sessionId: caller.session.id };
    return this.asked(
      () => this.attempts.begin(connection, { purpose, who, returnTo }),
      async (fault) => {
        if (purpose === 'link') return undefined;
        await this.outcomes.testFailed(caller, connection, fault);
        return fault.message;
      },
    );
  }

  /** @param tell keeps the fault where an admin finds it; the words to answer with, for the cause is for admins */
  private async asked(
    begin: () => Promise<Begun>,
    tell: (fault: SsoFault) => Promise<string | undefined> = async () => undefined,
  ): Promise<Begun> {
    try {
      return await within(begin());
    } catch (error) {
      if (!(error instanceof SsoFault)) throw error;
      const detail = (await tell(error)) ?? 'Try again later, or ask your administrator.';
      throw new Problem('provider_unavailable', { detail, cause: error });
    }
  }

  /** What the proved identity is for. */
  private async land(
    origin: Origin,
    browser: SsoBrowser,
    connection: ConnectionRow,
    transaction: TransactionRow,
    identity: VerifiedIdentity,
  ): Promise<Landing> {
    const { returnTo, sessionId } = transaction;
    if (transaction.purpose === 'sign_in') {
      const { mailed = null, freshSinceMs } = this.attempts.secretsOf(transaction);
      const given = { identity, mailed, freshSinceMs };
      const result = await this.signIns.complete(origin, browser.refreshToken, connection, given);
      this.deps.mail.poke();
      this.deps.metrics.countSignIn(result.status);
      if (result.status === 'authenticated') return { location: returnTo, session: result.session };
      const expiresAt = result.expiresAt.toISOString();
      // Without passkeys the page knows what it takes.
      const methods = result.methods.includes('passkey') ? { methods: result.methods.join() } : {};
      const { recoveryDelayHours: hours } = result;
      const recovery = hours === null ? {} : { recoveryDelayHours: String(hours) };
      const location = withParameters('/sign-in/verify', { expiresAt, returnTo, ...methods, ...recovery });
      return { location, challengeToken: result.challengeToken };
    }
    const caller = sessionId === null ? null : await this.deps.sessions.authenticateWhole(sessionId, origin);
    if (caller?.userId !== transaction.userId) throw new SsoFault('sso_expired', 'The session has ended meanwhile.');
    if (!caller) throw new SsoFault('sso_expired', 'The session has ended meanwhile.');
    if (transaction.purpose === 'test') {
      await this.outcomes.testSucceeded(caller, connection, identity);
      this.deps.mail.poke();
      return { location: withParameters(returnTo, { tested: connection.id }) };
    }
    await this.deps.database.transaction(async (tx) => {
      if (!(await connectionsStore(tx).holdUnchanged(connection.id, connection.version)))
        throw new SsoFault('sso_expired', 'The connection was changed meanwhile.');
      await this.deps.identities.link(tx, caller, connection, identity);
    });
    this.deps.mail.poke();
    return { location: withParameters(returnTo, { linked: connection.id }) };
  }

  /** Runs a step; what it refuses becomes a page with a code and the request to ask support about (SEC-34). */
  private async landing(
    origin: Origin,
    connection: ConnectionRow | null,
    transaction: (Pick<TransactionRow, 'purpose' | 'userId' | 'returnTo'> & Partial<TransactionRow>) | null,
    step: () => Promise<Landing>,
  ): Promise<Landing> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof SsoFault)) throw error;
      const parameters = { error: error.code, requestId: origin.requestId };
      if (transaction?.purpose === 'test' && connection && transaction.sessionId) {
        const caller = await this.deps.sessions.authenticateWhole(transaction.sessionId, origin);
        const { changeId = null, connectionVersion: version = connection.version } = transaction;
        if (caller) await this.outcomes.testFailed(caller, { ...connection, version, changeId }, error);
        return { location: withParameters(transaction.returnTo, { tested: connection.id, ...parameters }) };
      }
      await this.outcomes.failed(origin, connection, transaction, error);
      const page = transaction?.purpose === 'link' ? transaction.returnTo : '/sign-in';
      return { location: withParameters(page, parameters) };
    }
  }
}
