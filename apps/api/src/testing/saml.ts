import {
  connectSaml,
  type KnownServiceProvider,
  type SamlProvider,
  startSamlProvider,
} from '@sallyport/testkit/saml-provider';
import { newId } from '../platform/crypto/ids.ts';
import { TestApp, type TestOrganization } from './app.ts';
import type { Answer, Browser } from './browser.ts';

export interface TestSamlConnection {
  id: string;
  organization: TestOrganization;
  /** Verified. */
  domain: string;
  acsUrl: string;
  entityId: string;
  /** Ours, as the provider knows it. */
  certificate: string;
}

/** Somebody with an account at the provider, and the user here who was invited under the same address. */
export interface Person {
  /** At the provider. */
  account: string;
  email: string;
  userId: string;
}

/** What the provider's page makes the browser post. */
type SamlAnswer = Pick<Awaited<ReturnType<SamlProvider['signIn']>>, 'samlResponse' | 'relayState'>;

/** The service and a SimpleSAMLphp, and what browsers do between them. */
export class SamlFlow {
  private posts = 0;

  private constructor(
    readonly service: TestApp,
    readonly provider: SamlProvider,
  ) {}

  static async start(): Promise<SamlFlow> {
    const service = await TestApp.start({ SALLYPORT_SSO_ALLOW_LOOPBACK: '1' });
    const provider = await startSamlProvider();
    return new SamlFlow(service, provider);
  }

  /** The provider lives by the real time, and so must the service: many sign-ins take longer than an answer is good for. */
  private catchUp(): void {
    const { clock } = this.service;
    clock.advance({ seconds: Math.round((Date.now() - clock.now().getTime()) / 1000) });
  }

  async stop(): Promise<void> {
    this.provider.stop();
    await this.service.stop();
  }

  /** A connection that an admin of a customer of its own added over the API, from the provider's metadata. */
  async connection(
    options: { config?: Record<string, unknown>; treat?: Partial<KnownServiceProvider> } = {},
  ): Promise<TestSamlConnection> {
    const { service, provider } = this;
    const organization = await service.customer(await service.partner());
    const domain = `d-${newId()}.example`;
    const verifiedAt = service.clock.now();
    await service.db.domain.create({ data: { name: domain, organizationId: organization.id, verifiedAt } });
    const admin = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
    const { id, acsUrl, entityId, certificate } = await connectSaml(admin.api, provider, {
      organizationId: organization.id,
      name: 'Acme',
      domains: [domain],
      ...options,
    });
    return { id, organization, domain, acsUrl, entityId, certificate };
  }

  /** From now on the provider signs what it sends to the connection with its next key. */
  async rollOver({ entityId, acsUrl, certificate }: TestSamlConnection): Promise<void> {
    this.provider.know({ entityId, acsUrl, certificate, rolledOver: true });
  }

  /** Somebody new, invited here by the address that the provider has. */
  async person(connection: TestSamlConnection, { domain = connection.domain } = {}): Promise<Person> {
    const account = `person-${newId()}`;
    const email = `${account}@${domain}`;
    const attributes = { uid: [account], mail: [email], displayName: ['Pat Person'] };
    this.provider.addUser(account, { password: 'at the provider', attributes });
    const { organization } = connection;
    const { id } = await this.service.user({ organization, password: null, status: 'invited' });
    await this.service.db.user.update({ where: { id }, data: { email } });
    return { account, email, userId: id };
  }

  /** To the provider and through its form, up to the page that posts the answer. */
  async atProvider(connection: TestSamlConnection, { account }: Person, browser: Browser, returnTo = '/') {
    this.catchUp();
    const started = await browser.get(`/auth/sso/${connection.id}/start?returnTo=${encodeURIComponent(returnTo)}`);
    const location = String(started.headers.location);
    if (location.startsWith('/')) throw new Error(`start: ${location} ${await this.causeOf(connection)}`);
    return this.provider.signIn(new URL(location), account);
  }

  /** What the provider's page posts: from another site, and so without our Lax cookies. */
  async postToAcs(
    connection: Pick<TestSamlConnection, 'id'>,
    { samlResponse, relayState }: SamlAnswer,
    // Strays are counted by source; each comes from a place of its own.
    { address = `198.51.100.${++this.posts % 250}` } = {},
  ): Promise<Answer & { location: string }> {
    const form = new URLSearchParams({ SAMLResponse: samlResponse });
    if (relayState !== null) form.set('RelayState', relayState);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(this.provider.metadataUrl).origin,
      'sec-fetch-site': 'cross-site',
    };
    const answer = await this.service
      .browser({ address })
      .post(`/auth/sso/${connection.id}/acs`, form.toString(), headers);
    return { ...answer, location: String(answer.headers.location) };
  }

  /** Goes where a redirect of the API leads, in this browser. */
  async follow(location: string, browser: Browser): Promise<string> {
    const answer = await browser.get(location.replace('/api/v1', ''));
    return String(answer.headers.location);
  }

  /** The whole way; `location` is where the browser ends. */
  async signIn(connection: TestSamlConnection, person: Person, returnTo = '/') {
    const browser = this.service.browser();
    const posted = await this.postToAcs(connection, await this.atProvider(connection, person, browser, returnTo));
    const ended = !posted.location.startsWith('/api/v1/');
    return { browser, location: ended ? posted.location : await this.follow(posted.location, browser) };
  }

  /** What an admin finds of the last failure in the audit log. */
  async causeOf({ id }: Pick<TestSamlConnection, 'id'>): Promise<string> {
    const event = await this.service.db.auditEvent.findFirst({
      where: { action: 'sso.sign_in_failed', details: { path: ['connectionId'], equals: id } },
      orderBy: { sequence: 'desc' },
    });
    return String((event?.details as { cause?: string } | undefined)?.cause ?? '');
  }
}
