import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider, { interactionPolicy, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { type Client, memoryAdapters } from './memory-adapter.ts';

/** Claims about who signs in. */
export type Account = Record<string, unknown> & { sub: string };

/** How the next ID token differs from what the provider would say. */
export interface Tampering {
  /** Laid over the claims; undefined takes one away. */
  claims?: Record<string, unknown>;
  /** `foreign`: signed by a key that the provider does not publish, under the name of one that it does. */
  signature?: 'foreign' | 'none' | 'hmac-with-client-secret';
}

export interface OidcShape {
  issuer: string;
  /** Names of the claims by scope. */
  claims: Record<string, string[]>;
  /** Whether authorization responses carry RFC 9207's `iss`. */
  saysIssuer: boolean;
}

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** As a provider has it that lets people choose an account. */
function policy() {
  const prompts = interactionPolicy.base();
  prompts.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return prompts;
}

/** One issuer: a real oidc-provider, with accounts that sign in without being asked. */
export class OidcIssuer {
  /** Who signs in next. */
  account: Account = { sub: 'nobody' };
  /** For one token. */
  tampering: Tampering | null = null;
  private readonly clients = new Map<string, Client>();

  private constructor(
    readonly shape: OidcShape,
    private readonly provider: Provider,
    clients: Map<string, Client>,
    private readonly keys: { kid: string; privateKey: SigningKey; foreign: SigningKey },
  ) {
    this.clients = clients;
    provider.use((context, next) => this.afterwards(context as unknown as KoaContextWithOIDC, next));
  }

  static async create(shape: OidcShape): Promise<OidcIssuer> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const { privateKey: foreign } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'first', alg: 'RS256', use: 'sig' } as JWK;
    const clients = new Map<string, Client>();
    let issuer: OidcIssuer;
    const provider = new Provider(shape.issuer, {
      adapter: memoryAdapters(clients),
      jwks: { keys: [jwk] },
      claims: shape.claims,
      conformIdTokenClaims: false,
      cookies: { keys: ['for tests'] },
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
      interactions: {
        policy: policy(),
        url: (_context, { uid }) => `${new URL(shape.issuer).pathname.replace(/\/$/, '')}/interaction/${uid}`,
      },
      findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ ...issuer.account, sub }) }),
      loadExistingGrant: async (context) => {
        const { client, session } = context.oidc;
        const grant = new context.oidc.provider.Grant({
          clientId: client?.clientId ?? '',
          accountId: session?.accountId ?? '',
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
      ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600 },
    });
    provider.proxy = true;
    issuer = new OidcIssuer(shape, provider, clients, { kid: 'first', privateKey, foreign });
    return issuer;
  }

  /** The path below which it lives, without a slash at its end. */
  get mount(): string {
    return new URL(this.shape.issuer).pathname.replace(/\/$/, '');
  }

  addClient(client: { clientId: string; clientSecret: string; redirectUri: string; method?: string }): void {
    this.clients.set(client.clientId, {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: [client.redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: client.method ?? 'client_secret_post',
    } as Client);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    Object.assign(request, { originalUrl: url });
    request.url = url.slice(this.mount.length) || '/';
    if (request.url.startsWith('/interaction/')) {
      // How somebody signed in belongs to the session at the provider, not to the account.
      const { sub: accountId, amr, acr } = this.account as Account & { amr?: string[]; acr?: string };
      const login = { accountId, remember: false, ...(amr ? { amr } : {}), ...(acr ? { acr } : {}) };
      const answer = { login, select_account: {} };
      await this.provider.interactionFinished(request, response, answer, { mergeWithLastSubmission: false });
      return;
    }
    await this.provider.callback()(request, response);
  }

  private async afterwards(context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
    await next();
    if (context.oidc?.route === 'discovery' && !this.shape.saysIssuer) {
      (context.body as Record<string, unknown>).authorization_response_iss_parameter_supported = undefined;
    }
    const location = context.response.get('location') ?? '';
    if (!this.shape.saysIssuer && location.includes('iss=') && URL.canParse(location)) {
      const url = new URL(location);
      url.searchParams.delete('iss');
      context.set('location', url.href);
    }
    const body = context.body as { id_token?: string } | undefined;
    if (context.oidc?.route === 'token' && body?.id_token && this.tampering) {
      const { tampering } = this;
      this.tampering = null;
      body.id_token = await this.tamper(body.id_token, tampering, context.oidc.client?.clientSecret ?? '');
    }
  }

  private async tamper(idToken: string, { claims = {}, signature }: Tampering, secret: string): Promise<string> {
    const payload = Object.fromEntries(
      Object.entries({ ...decodeJwt(idToken), ...claims }).filter(([, value]) => value !== undefined),
    ) as JWTPayload;
    if (signature === 'none') {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`;
    }
    if (signature === 'hmac-with-client-secret')
      return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
    const key = signature === 'foreign' ? this.keys.foreign : this.keys.privateKey;
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: this.keys.kid }).sign(key);
  }
}
