import * as client from 'openid-client';
import type { Outbound } from '../../../../platform/net/outbound.ts';
import type { Clock } from '../../../../platform/time/clock.ts';
import type { ProviderOf } from '../schemas.ts';
import { ENTRA_AUTHORITY, GOOGLE_ISSUER } from './claims.ts';

/** A connection as far as the protocol goes. */
export interface OidcConnection {
  id: string;
  /** Names this configuration of the connection. */
  configuration: string;
  provider: ProviderOf<'entra' | 'google' | 'oidc'>;
  clientSecret: string | undefined;
}

const FRESH_MS = 10 * 60 * 1000;
const MAX_ENTRIES = 500;
const TIMEOUT_SECONDS = 5;
/** How far the clock may drift from the process's, in seconds, before a client is made anew. */
const MAX_DRIFT_SECONDS = 5;

interface Entry {
  configuration: Promise<client.Configuration>;
  at: number;
  skewSeconds: number;
}

/** The providers' configurations, read by discovery and kept for ten minutes with their keys. */
export class DiscoveredClients {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly deps: { outbound: Outbound; clock: Clock }) {}

  /** Concurrent callers share one discovery. Rejects with what openid-client or `Outbound` throws. */
  async of(connection: OidcConnection): Promise<client.Configuration> {
    const key = keyOf(connection);
    const now = this.deps.clock.now().getTime();
    // The library reads the process's clock; ours is injected.
    const skewSeconds = Math.round((now - Date.now()) / 1000);
    const known = this.entries.get(key);
    if (known && now - known.at < FRESH_MS && Math.abs(known.skewSeconds - skewSeconds) <= MAX_DRIFT_SECONDS)
      return known.configuration;
    const configuration = this.discover(connection, skewSeconds);
    const [oldest] = this.entries.keys();
    if (oldest !== undefined && this.entries.size >= MAX_ENTRIES) this.entries.delete(oldest);
    this.entries.set(key, { configuration, at: now, skewSeconds });
    return configuration;
  }

  forget(connection: OidcConnection): void {
    this.entries.delete(keyOf(connection));
  }

  private async discover(connection: OidcConnection, skewSeconds: number): Promise<client.Configuration> {
    const { clientId } = connection.provider.config;
    const metadata = {
      // Pinned: whatever the provider announces, no other algorithm is taken.
      id_token_signed_response_alg: algorithmOf(connection.provider),
      [client.clockSkew]: skewSeconds,
    };
    return client.discovery(issuerOf(connection.provider), clientId, metadata, authenticationOf(connection), {
      timeout: TIMEOUT_SECONDS,
      [client.customFetch]: async (url, { method, headers, body, signal }) =>
        this.deps.outbound.fetch(url, {
          method,
          headers,
          ...(method === 'POST' ? { body: await new Response(body).text() } : {}),
          signal,
        }),
      // Without it the signature of an ID token that came over TLS is not looked at.
      execute: [client.enableNonRepudiationChecks],
    });
  }
}

const keyOf = ({ id, configuration }: OidcConnection): string => `${id}:${configuration}`;

/** Several directories are served by one authority, whose issuer is a template that the library knows. */
export function issuerOf(provider: OidcConnection['provider']): URL {
  switch (provider.kind) {
    case 'google':
      return new URL(GOOGLE_ISSUER);
    case 'oidc':
      return new URL(provider.config.issuer);
    case 'entra': {
      const { tenantIds, allowPersonalAccounts } = provider.config;
      const [only] = tenantIds;
      if (allowPersonalAccounts) return new URL(`${ENTRA_AUTHORITY}/common/v2.0`);
      return new URL(`${ENTRA_AUTHORITY}/${tenantIds.length === 1 ? only : 'organizations'}/v2.0`);
    }
  }
}

const algorithmOf = (provider: OidcConnection['provider']): string =>
  provider.kind === 'oidc' ? provider.config.signingAlgorithm : 'RS256';

function authenticationOf({ provider, clientSecret }: OidcConnection): client.ClientAuth {
  if (clientSecret === undefined) return client.None();
  if (provider.kind !== 'oidc') return client.ClientSecretPost(clientSecret);
  switch (provider.config.clientAuthentication) {
    case 'client_secret_basic':
      return client.ClientSecretBasic(clientSecret);
    case 'client_secret_post':
      return client.ClientSecretPost(clientSecret);
    case 'none':
      return client.None();
  }
}
