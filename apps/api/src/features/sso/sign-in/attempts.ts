import type { SsoPurpose } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import { hashToken, newToken } from '../../../platform/crypto/tokens.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type ConnectionRow, configurationOf } from '../connections/store.ts';
import { SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import type { OidcAdapter, OidcAttempt } from '../protocols/oidc/adapter.ts';
import type { OidcConnection } from '../protocols/oidc/discovered-clients.ts';
import { samlFault } from '../protocols/saml/fault.ts';
import { authnRequestUrl, newRequestId, type SamlConnection } from '../protocols/saml/service-provider.ts';
import { type ConnectionSecrets, openAttempt, openSecrets, sealAttempt } from '../secrets.ts';
import { serviceProvider } from '../urls.ts';
import type { MailedLink } from './mailed-links.ts';
import { flowStore, type TransactionRow } from './store.ts';

const ATTEMPT_MINUTES = 10;
/** From the ACS to our page it is one redirect. */
const UNSOLICITED_MINUTES = 2;

/** What an attempt keeps, sealed, until the browser comes back. */
export type AttemptSecrets = Partial<OidcAttempt> & {
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
    input: {
      purpose: SsoPurpose;
      who: { userId: string; sessionId: string } | null;
      returnTo: string;
      browserToken?: string | undefined;
      mailed?: MailedLink;
      fresh?: boolean;
    },
  ): Promise<Begun> {
    const state = newToken();
    const { fresh = false } = input;
    const { url, secrets } = await this.request(connection, state, fresh);
    const { clock, database, keyring } = this.deps;
    const id = newId();
    const createdAt = clock.now();
    const freshSinceMs = fresh ? createdAt.getTime() : undefined;
    const store = flowStore(database.client);
    // One token for all tabs; but a value that no attempt waits for was given by somebody else.
    const { browserToken: own } = input;
    const waits = own !== undefined && (await store.waitsFor(hashToken(own), createdAt));
    const browserToken = waits ? own : newToken();
    await store.insert({
      id,
      purpose: input.purpose,
      connectionId: connection.id,
      connectionVersion: connection.version,
      changeId: connection.changeId,
      userId: input.who?.userId ?? null,
      sessionId: input.who?.sessionId ?? null,
      stateHash: hashToken(state),
      secrets: sealAttempt(keyring, id, { ...secrets, mailed: input.mailed, freshSinceMs }),
      browserHash: hashToken(browserToken),
      returnTo: input.returnTo,
      createdAt,
      expiresAt: minutesAfter(createdAt, ATTEMPT_MINUTES),
    });
    return { url, browserToken };
  }

  /** Leaves what an unsolicited assertion proved, for the browser that brought it. */
  async leaveUnsolicited(
    db: Parameters<typeof flowStore>[0],
    connection: ConnectionRow,
    identity: VerifiedIdentity,
  ): Promise<{ code: string; browserToken: string }> {
    const { clock, keyring } = this.deps;
    const id = newId();
    const code = newToken();
    const browserToken = newToken();
    const createdAt = clock.now();
    await flowStore(db).insert({
      id,
      purpose: 'sign_in',
      connectionId: connection.id,
      connectionVersion: connection.version,
      changeId: null,
      userId: null,
      sessionId: null,
      stateHash: hashToken(newToken()),
      secrets: sealAttempt(keyring, id, { identity } satisfies AttemptSecrets),
      browserHash: hashToken(browserToken),
      codeHash: hashToken(code),
      returnTo: '/',
      createdAt,
      expiresAt: minutesAfter(createdAt, UNSOLICITED_MINUTES),
    });
    return { code, browserToken };
  }

  secretsOf(row: TransactionRow): AttemptSecrets {
    return openAttempt<AttemptSecrets>(this.deps.keyring, row);
  }

  seal(id: string, secrets: AttemptSecrets): Uint8Array<ArrayBuffer> {
    return sealAttempt(this.deps.keyring, id, secrets);
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

const minutesAfter = (moment: Date, minutes: number): Date => new Date(moment.getTime() + minutes * 60_000);

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
