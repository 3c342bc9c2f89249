import type { SsoFailureCode } from '@sallyport/core';
import * as client from 'openid-client';
import { type Outbound, OutboundError } from '../../../../platform/net/outbound.ts';
import type { Clock } from '../../../../platform/time/clock.ts';
import { redirectUri } from '../../urls.ts';
import { SsoFault, type VerifiedIdentity } from '../identity.ts';
import { assertSoundToken, type Claims, entraIdentity, googleIdentity, oidcIdentity } from './claims.ts';
import { DiscoveredClients, type OidcConnection } from './discovered-clients.ts';

/** What is remembered of an attempt until its answer comes. */
export interface OidcAttempt {
  nonce: string;
  codeVerifier: string;
}

interface Deps {
  outbound: Outbound;
  clock: Clock;
  publicUrl: URL;
}

/** Authorization code flow with PKCE (SEC-30, RFC 9700), as a client of openid-client with what that leaves open. */
export class OidcAdapter {
  private readonly clients: DiscoveredClients;

  constructor(private readonly deps: Deps) {
    this.clients = new DiscoveredClients(deps);
  }

  /**
   * Where to send the browser.
   *
   * @param fresh whether a session at the provider is not enough
   * @throws SsoFault `sso_unavailable` when the provider's configuration cannot be read
   */
  async start(connection: OidcConnection, state: string, fresh: boolean): Promise<{ url: URL; attempt: OidcAttempt }> {
    const attempt = { nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
    return this.guarded(connection, 'sso_unavailable', async () => {
      const configuration = await this.clients.of(connection);
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri(this.deps.publicUrl, connection.id),
        scope: scopeOf(connection.provider),
        state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
        code_challenge_method: 'S256',
        ...hintsOf(connection.provider),
        ...(fresh ? askAgain(connection.provider) : {}),
      });
      return { url, attempt };
    });
  }

  /**
   * Redeems the code and judges the ID token; the tokens themselves are dropped.
   *
   * @param query of the callback, with `state`
   * @throws SsoFault
   */
  async finish(
    connection: OidcConnection,
    query: URLSearchParams,
    state: string,
    attempt: OidcAttempt,
  ): Promise<VerifiedIdentity> {
    return this.guarded(connection, 'sso_failed', async () => {
      const configuration = await this.clients.of(connection);
      // Made from configuration, never from the request: the library repeats it as redirect_uri.
      const url = new URL(redirectUri(this.deps.publicUrl, connection.id));
      url.search = query.toString();
      const tokens = await client.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims() as Claims | undefined;
      if (!claims) throw new SsoFault('sso_failed', 'The provider sent no ID token.');
      assertSoundToken(claims, this.deps.clock.now());
      return this.identity(connection, configuration, claims, tokens.access_token);
    });
  }

  private async identity(
    { provider }: OidcConnection,
    configuration: client.Configuration,
    claims: Claims,
    accessToken: string,
  ): Promise<VerifiedIdentity> {
    switch (provider.kind) {
      case 'entra':
        return entraIdentity(provider.config, claims);
      case 'google':
        return googleIdentity(provider.config, claims);
      case 'oidc': {
        const complete = claims.email !== undefined && claims[provider.config.nameClaim ?? 'name'] !== undefined;
        if (complete || !configuration.serverMetadata().userinfo_endpoint) return oidcIdentity(provider.config, claims);
        // Many providers keep name and address for this endpoint. The library checks that it speaks of the same `sub`.
        const more = await client.fetchUserInfo(configuration, accessToken, String(claims.sub));
        return oidcIdentity(provider.config, joined(claims, more));
      }
    }
  }

  /** Turns what goes wrong into words; a provider that changed its keys or endpoints is read anew the next time. */
  private async guarded<T>(connection: OidcConnection, code: SsoFailureCode, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.clients.forget(connection);
      throw faultOf(error, code);
    }
  }
}

/** The ID token comes first; but an address and the mark that it is verified are of one document (SEC-36). */
function joined(idToken: Claims, userInfo: Claims): Claims {
  const withoutAddress = ({ email: _email, email_verified: _verified, ...others }: Claims): Claims => others;
  return idToken.email === undefined
    ? { ...userInfo, ...withoutAddress(idToken) }
    : { ...withoutAddress(userInfo), ...idToken };
}

function scopeOf(provider: OidcConnection['provider']): string {
  const scopes = provider.kind === 'oidc' ? provider.config.scopes : ['profile', 'email'];
  return [...new Set(['openid', ...scopes])].join(' ');
}

/** What makes the provider offer the right accounts; what comes back is checked all the same. */
function hintsOf(provider: OidcConnection['provider']): Record<string, string> {
  if (provider.kind !== 'google') return {};
  const [only, ...others] = provider.config.hostedDomains;
  return { hd: only !== undefined && others.length === 0 ? only : '*' };
}

/**
 * What makes the provider ask the person again (OpenID Connect Core section 3.1.2.1). Google knows neither `login` nor
 * `max_age`; the choice of an account is all that it offers.
 */
const askAgain = ({ kind }: OidcConnection['provider']): Record<string, string> =>
  kind === 'google' ? { prompt: 'select_account' } : { prompt: 'login', max_age: '0' };

/** RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6, and of those registered since what a login can meet. */
const authorizationErrors = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_request',
  'invalid_request_object',
  'invalid_request_uri',
  'invalid_resource',
  'invalid_scope',
  'invalid_target',
  'login_required',
  'registration_not_supported',
  'request_not_supported',
  'request_uri_not_supported',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unmet_authentication_requirements',
  'unsupported_response_type',
]);

/**
 * The words of an error and of what caused it; none of them holds a token.
 *
 * @param code for what nothing more is known of
 */
function faultOf(error: unknown, code: SsoFailureCode): SsoFault {
  if (error instanceof SsoFault) return error;
  const outbound = causes(error).find((cause): cause is OutboundError => cause instanceof OutboundError);
  if (outbound) return new SsoFault('sso_unavailable', outbound.message, { cause: error });
  if (error instanceof client.AuthorizationResponseError) {
    // It came through a browser, where anybody writes what they like; a code at least says nothing else.
    const said = authorizationErrors.has(error.error) ? error.error : 'with an error code that is not registered';
    return new SsoFault('sso_failed', `The provider refused the sign-in (${said}).`, { cause: error });
  }
  if (error instanceof client.ResponseBodyError) {
    const said = [error.error, error.error_description].filter(Boolean).join(': ').slice(0, 300);
    const words = `The provider refused to redeem the code (${said}). Check client id, client secret and redirect URI.`;
    return new SsoFault('sso_failed', words, { cause: error });
  }
  const chain = causes(error).map((cause) => cause.message);
  const timedOut = causes(error).some(({ name }) => name === 'TimeoutError' || name === 'AbortError');
  if (timedOut) return new SsoFault('sso_unavailable', 'The provider did not answer in time.', { cause: error });
  const words = `The provider's answer is not valid: ${chain.join('; ').slice(0, 500)}.`;
  return new SsoFault(isNonsense(error) ? 'sso_unavailable' : code, words, { cause: error });
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

const nonsense = new Set(['OAUTH_PARSE_ERROR', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

/** Whether what came is no answer of a provider at all, rather than one that is refused. */
const isNonsense = (error: unknown): boolean =>
  causes(error).some((cause) => 'code' in cause && nonsense.has(String(cause.code)));
