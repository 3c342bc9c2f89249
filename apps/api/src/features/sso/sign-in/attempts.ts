import { DAY_MS, type SsoPurpose } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import { hashToken, newToken } from '../../../platform/crypto/tokens.ts';
import type { Database, Db } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { asChanged, type ConnectionRow, configurationOf } from '../connections/store.ts';
import { SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import type { OidcAdapter, OidcAttempt } from '../protocols/oidc/adapter.ts';
import type { OidcConnection } from '../protocols/oidc/discovered-clients.ts';
import type { VerifiedSamlAssertion } from '../protocols/saml/assertion.ts';
import { samlFault } from '../protocols/saml/fault.ts';
import type { SamlConnection } from '../protocols/saml/service-provider.ts';
import { type ConnectionSecrets, openJson, openSecrets, sealJson, transactionContext } from '../secrets.ts';
import { serviceProvider } from '../urls.ts';
import type { MailedLink } from './mailed-links.ts';
import { flowStore, type TransactionRow } from './store.ts';

const ATTEMPT_MINUTES = 10;
/** From the ACS to our page it is one redirect. */
const UNSOLICITED_MINUTES = 2;

/** What an attempt keeps, sealed, until the browser comes back. */
type AttemptSecrets = Partial<OidcAttempt> & {
  requestId?: string;
  identity?: VerifiedIdentity;
  mailed?: MailedLink | undefined;
  /** Where the person has to prove itself anew: since when, Unix time in milliseconds. */
  freshSinceMs?: number | undefined;
};

export interface Begun {
  /** At the provider. */
  url: URL;
  /** For the cookie. */
  browserToken: string;
}

interface Beginning {
  purpose: SsoPurpose;
  /** Who links or tries. */
  who: { userId: string; sessionId: string } | null;
  returnTo: string;
}

interface NewAttempt extends Beginning {
  state: string;
  browserToken: string;
  /** Under which its result waits already. */
  code?: string;
  createdAt: Date;
  minutes: number;
}

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  publicUrl: URL;
  oidc: OidcAdapter;
}

/** The rows that bind an attempt to one browser, one connection as it was, and ten minutes. */
export class SsoAttempts {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes the request to the provider and remembers what its answer has to fit.
   *
   * @param browserToken of an attempt that this browser began in another tab; a new one without
   * @throws SsoFault
   */
  async begin(
    connection: ConnectionRow,
    input: Beginning & { browserToken?: string | undefined; mailed?: MailedLink; fresh?: boolean },
  ): Promise<Begun> {
    const { browserToken: own, fresh = false, mailed, ...rest } = input;
    const state = newToken();
    const { url, secrets } = await this.request(connection, state, fresh);
    const { clock, database } = this.deps;
    const createdAt = clock.now();
    // One token for all tabs; but a value that no attempt waits for was given by somebody else.
    const waits = own !== undefined && (await flowStore(database.client).waitsFor(hashToken(own), createdAt));
    const browserToken = waits ? own : newToken();
    const kept = { ...secrets, mailed, freshSinceMs: fresh ? createdAt.getTime() : undefined };
    const attempt = { ...rest, state, browserToken, createdAt, minutes: ATTEMPT_MINUTES };
    await this.insert(database.client, connection, kept, attempt);
    return { url, browserToken };
  }

  /** The attempt that waits for the answer with this RelayState; stays as it is: anybody can post junk. */
  async waiting(connectionId: string, relayState: string): Promise<TransactionRow | null> {
    const { clock, database } = this.deps;
    return flowStore(database.client).findPending(connectionId, hashToken(relayState), clock.now());
  }

  /**
   * Spends the assertion, and leaves what it proved under a code for the browser that began, or where nobody asked for
   * it, for the one that brought it.
   *
   * @throws SsoFault where the assertion was used before, or the attempt does not wait any more
   */
  async leave(
    connection: ConnectionRow,
    waiting: TransactionRow | null,
    { assertionId, expiresAt }: Pick<VerifiedSamlAssertion, 'assertionId' | 'expiresAt'>,
    identity: VerifiedIdentity,
  ): Promise<{ code: string; browserToken?: string }> {
    const { clock, database } = this.deps;
    const code = newToken();
    return database.transaction(async (tx) => {
      if (!(await flowStore(tx).spendAssertion(connection.id, assertionId, expiresAt)))
        throw new SsoFault('sso_failed', 'The assertion was used before.');
      const now = clock.now();
      if (waiting) {
        const { mailed, freshSinceMs } = this.secretsOf(waiting);
        const sealed = this.seal(waiting.id, { identity, mailed, freshSinceMs });
        if (await flowStore(tx).leaveResult(waiting.id, hashToken(code), sealed, now)) return { code };
        throw strayAnswer();
      }
      const own = { state: newToken(), browserToken: newToken(), code };
      const attempt = { purpose: 'sign_in', who: null, returnTo: '/', ...own } as const;
      await this.insert(tx, connection, { identity }, { ...attempt, createdAt: now, minutes: UNSOLICITED_MINUTES });
      return { code, browserToken: own.browserToken };
    });
  }

  /** Takes up the attempt of this `state` and this browser. Null when it is over, taken up before, or not theirs. */
  async takeUp(connectionId: string, state: string, browserToken: string | undefined): Promise<TransactionRow | null> {
    if (browserToken === undefined) return null;
    const { clock, database } = this.deps;
    const store = flowStore(database.client);
    return store.consumeByState(connectionId, hashToken(state), hashToken(browserToken), clock.now());
  }

  /** Takes up the attempt whose result waits under this code for this browser. Null as in `takeUp`. */
  async takeUpResult(code: string, browserToken: string | undefined): Promise<TransactionRow | null> {
    if (browserToken === undefined) return null;
    const { clock, database } = this.deps;
    return flowStore(database.client).consumeByCode(hashToken(code), hashToken(browserToken), clock.now());
  }

  secretsOf({ id, secrets }: TransactionRow): AttemptSecrets {
    return openJson(this.deps.keyring, transactionContext(id), secrets);
  }

  /** Deletes the attempts that ended more than a day ago, and the assertions that could not come again. How many. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return flowStore(database.client).purge(new Date(clock.now().getTime() - DAY_MS));
  }

  private seal(id: string, secrets: AttemptSecrets): Uint8Array<ArrayBuffer> {
    return sealJson(this.deps.keyring, transactionContext(id), secrets);
  }

  private async insert(
    db: Db,
    connection: ConnectionRow,
    secrets: AttemptSecrets,
    { browserToken, code, createdAt, minutes, purpose, returnTo, state, who }: NewAttempt,
  ): Promise<void> {
    const id = newId();
    await flowStore(db).insert({
      id,
      purpose,
      connectionId: connection.id,
      connectionVersion: connection.version,
      changeId: connection.changeId,
      userId: who?.userId ?? null,
      sessionId: who?.sessionId ?? null,
      stateHash: hashToken(state),
      secrets: this.seal(id, secrets),
      browserHash: hashToken(browserToken),
      codeHash: code === undefined ? null : hashToken(code),
      returnTo,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + minutes * 60_000),
    });
  }

  private async request(
    connection: ConnectionRow,
    state: string,
    fresh: boolean,
  ): Promise<{ url: URL; secrets: AttemptSecrets }> {
    const { clock, keyring, oidc, publicUrl } = this.deps;
    const secrets = openSecrets(keyring, connection);
    if (connection.kind !== 'saml') {
      const { url, attempt } = await oidc.start(oidcConnectionOf(connection, secrets), state, fresh);
      return { url, secrets: attempt };
    }
    const saml = samlConnectionOf(connection, secrets, publicUrl);
    if (!saml) throw new SsoFault('sso_unavailable', 'The connection has no key. Delete it and add it again.');
    const { authnRequestUrl, newRequestId } = await import('../protocols/saml/service-provider.ts');
    const requestId = newRequestId();
    try {
      const asked = fresh ? { ...saml, config: { ...saml.config, forceAuthn: true } } : saml;
      const url = await authnRequestUrl(asked, { requestId, relayState: state }, clock.now());
      return { url, secrets: { requestId } };
    } catch (error) {
      throw samlFault(error);
    }
  }
}

export const strayAnswer = (): SsoFault =>
  new SsoFault(
    'sso_expired',
    'The answer fits no sign-in that waits in this browser: it took too long, was used before, or began elsewhere.',
  );

/**
 * The connection as it was when the attempt began: with the change that is tried.
 *
 * @throws SsoFault when the connection was changed, switched off or deleted since, or another change waits
 */
export function asBegun(connection: ConnectionRow | null, transaction: TransactionRow): ConnectionRow {
  if (connection?.version !== transaction.connectionVersion)
    throw new SsoFault('sso_expired', 'The connection was changed during the sign-in.');
  if (!connection.enabled && transaction.purpose !== 'test')
    throw new SsoFault('sso_unavailable', 'The connection is switched off.');
  if (transaction.changeId === null) return connection;
  if (connection.change?.id !== transaction.changeId)
    throw new SsoFault('sso_expired', 'The change that was tried does not wait any more.');
  return asChanged(connection);
}

/** The connection as the OIDC adapter takes it. */
export const oidcConnectionOf = (
  row: Exclude<ConnectionRow, { kind: 'saml' }>,
  { clientSecret }: ConnectionSecrets,
): OidcConnection => ({ id: row.id, configuration: configurationOf(row), provider: row, clientSecret });

/** The connection as the SAML adapter takes it; null for another kind. */
export function samlConnectionOf(
  row: ConnectionRow,
  secrets: ConnectionSecrets,
  publicUrl: URL,
): SamlConnection | null {
  if (row.kind !== 'saml' || !secrets.keyPair) return null;
  return { config: row.config, serviceProvider: serviceProvider(publicUrl, row.id), keyPair: secrets.keyPair };
}

/** For all that is asked of a provider in one step, so that a person has an answer within ten seconds (SEC-34). */
const DEADLINE_MS = 8_000;

/** Waits no longer than the deadline; what goes on behind it ends by its own time limits. */
export async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new SsoFault('sso_unavailable', 'The provider did not answer in time.')),
      DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
