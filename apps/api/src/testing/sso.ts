import {
  type Account,
  connectOidc,
  mapHosts,
  type OidcIssuer,
  type OidcProviders,
  startOidcProviders,
} from '@sallyport/testkit/providers';
import { newId } from '../platform/crypto/ids.ts';
import { TestApp, type TestOrganization } from './app.ts';
import type { Answer, Browser } from './browser.ts';

export interface TestConnection {
  id: string;
  organization: TestOrganization;
  /** A domain that the connection takes addresses of, verified. */
  domain: string;
  kind: 'entra' | 'google' | 'oidc';
  issuer: OidcIssuer;
}

interface ConnectionOptions {
  organization?: TestOrganization;
  config?: Record<string, unknown>;
  provisioning?: 'invite_only' | 'jit';
  mfaPolicy?: 'trust_provider' | 'require_local';
  enabled?: boolean;
  verified?: boolean;
  issuer?: OidcIssuer;
}

/** The service with real providers under the names of the real ones. */
export class SsoScene {
  private constructor(
    readonly service: TestApp,
    readonly providers: OidcProviders,
    private readonly unmap: () => void,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<SsoScene> {
    const providers = await startOidcProviders();
    const unmap = mapHosts(providers.hostMap);
    const service = await TestApp.start({ SALLYPORT_SSO_ALLOW_LOOPBACK: '1', ...env });
    const scene = new SsoScene(service, providers, unmap);
    scene.catchUp();
    return scene;
  }

  /** The providers live by the real time, and so must the service: at the start, and again where a test takes long. */
  catchUp(): void {
    const { clock } = this.service;
    clock.advance({ seconds: Math.round((Date.now() - clock.now().getTime()) / 1000) });
  }

  async stop(): Promise<void> {
    this.unmap();
    await this.service.stop();
    await this.providers.stop();
  }

  /** A connection that an admin of a customer of its own added over the API, unless told otherwise. */
  async connection(kind: TestConnection['kind'], options: ConnectionOptions = {}): Promise<TestConnection> {
    const { service, providers } = this;
    const organization = options.organization ?? (await service.customer(await service.partner()));
    const domain = `d-${newId()}.example`;
    await service.db.domain.create({
      data: {
        name: domain,
        organizationId: organization.id,
        verifiedAt: options.verified === false ? null : service.clock.now(),
      },
    });
    const issuer =
      options.issuer ?? { entra: providers.tenantA, google: providers.google, oidc: providers.generic }[kind];
    const { api } = await this.admin(organization);
    const { id } = await connectOidc(api, Object.values(providers).filter(isIssuer), {
      organizationId: organization.id,
      name: `Sign-in of ${organization.name}`,
      kind,
      enabled: options.enabled ?? true,
      domains: [domain],
      ...(options.provisioning ? { provisioning: options.provisioning } : {}),
      ...(options.mfaPolicy ? { mfaPolicy: options.mfaPolicy } : {}),
      config: { ...this.defaults(kind, domain), ...options.config },
    });
    return { id, organization, domain, kind, issuer };
  }

  /** A signed-in read/write admin. */
  async admin(organization: TestOrganization): Promise<Browser> {
    const user = await this.service.user({ organization, role: 'admin', access: 'read_write' });
    return this.service.signIn(user);
  }

  /** An account at the provider of the connection, with an address in its domain. */
  account(connection: TestConnection, changes: Record<string, unknown> = {}): Account {
    const id = newId();
    const email = `person-${id}@${connection.domain}`;
    const common = { sub: `sub-${id}`, name: 'Pat Person' };
    if (connection.kind === 'entra') {
      const tid = connection.issuer.mount.split('/')[1];
      return { ...common, oid: id, tid, ver: '2.0', preferred_username: email, ...changes };
    }
    const hd = connection.kind === 'google' ? { hd: connection.domain } : {};
    return { ...common, ...hd, email, email_verified: true, ...changes };
  }

  /** The address that the account is known by here. */
  addressOf(account: Account): string {
    return String(account.email ?? account.preferred_username);
  }

  /** A user without a password whose address is the account's. */
  async invited(connection: TestConnection, account: Account, status: 'invited' | 'active' = 'invited') {
    const user = await this.service.user({ organization: connection.organization, password: null, status });
    await this.service.db.user.update({ where: { id: user.id }, data: { email: this.addressOf(account) } });
    return { ...user, email: this.addressOf(account) };
  }

  /** Goes to the provider as `account`; the address that it sends the browser back to, as a path of the API. */
  async toProvider(connection: TestConnection, account: Account, browser: Browser, returnTo = '/'): Promise<string> {
    const started = await browser.get(`/auth/sso/${connection.id}/start?returnTo=${encodeURIComponent(returnTo)}`);
    const location = String(started.headers.location);
    if (location.startsWith('/')) throw new Error(`start: ${location} ${await this.causeOf(connection)}`);
    return this.through(connection, account, location);
  }

  /** What the browser does at the provider, from its address to ours. */
  async through(connection: TestConnection, account: Account, url: string): Promise<string> {
    connection.issuer.account = account;
    const back = await this.providers.visit(url);
    return `${back.pathname.replace('/api/v1', '')}${back.search}`;
  }

  /** The whole way; the answer is the last redirect. */
  async signIn(
    connection: TestConnection,
    account: Account,
    { browser = this.service.browser(), returnTo = '/' }: { browser?: Browser; returnTo?: string } = {},
  ): Promise<{ browser: Browser; landing: Answer; location: string }> {
    const landing = await browser.get(await this.toProvider(connection, account, browser, returnTo));
    return { browser, landing, location: String(landing.headers.location) };
  }

  /** What an admin finds of the last failure. */
  async causeOf(connection: TestConnection): Promise<string> {
    const row = await this.service.db.ssoConnection.findUniqueOrThrow({ where: { id: connection.id } });
    return String((row.lastFailure as { cause?: string } | null)?.cause ?? '');
  }

  private defaults(kind: TestConnection['kind'], domain: string): Record<string, unknown> {
    if (kind === 'entra') return { tenantIds: ['aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'] };
    if (kind === 'google') return { hostedDomains: [domain] };
    return { issuer: this.providers.genericIssuer };
  }
}

const isIssuer = (value: unknown): value is OidcIssuer =>
  typeof value === 'object' && value !== null && 'addClient' in value;
