import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Access, OwnSignInSettings, Role, UserStatus } from '@sallyport/core';
import type { FastifyInstance } from 'fastify';
import type { ParsedMail } from 'mailparser';
import { generateSync } from 'otplib';
import type { DestinationStream } from 'pino';
import { buildApp, buildServices, featuresOf, type Services } from '../app.ts';
import { type Config, loadConfig } from '../config.ts';
import { connectionContext, sealSecrets } from '../features/sso/secrets.ts';
import { createLogger } from '../logger.ts';
import { newId } from '../platform/crypto/ids.ts';
import { SourceLimiter } from '../platform/limits/limiter.ts';
import { HashPool } from '../platform/passwords/hash-pool.ts';
import { createPasswordHasher } from '../platform/passwords/hasher.ts';
import { openResources, type Resources } from '../resources.ts';
import { Browser } from './browser.ts';
import { TestClock } from './clock.ts';
import { testDatabase } from './database.ts';
import { deliveredTo } from './mails.ts';
import { asProduct } from './statements.ts';

/** What `GET /me/mfa` says of an app that nobody has to show. */
export const NO_CHECK = { checkDueAt: null, checkDue: false };

export const GOOD_PASSWORD = 'plum vessel orbit canyon';
/** What `GET /me` and `GET /me/mfa` say of MFA where nobody requires it. */
export const NOT_REQUIRED = { mustEnroll: false, policy: { required: false, phishingResistant: false } };

export interface TestOrganization {
  id: string;
  slug: string;
  name: string;
}

export interface TestUser {
  id: string;
  email: string;
  password: string;
  organization: TestOrganization;
}

interface NewUser {
  organization?: TestOrganization;
  role?: Role;
  access?: Access;
  status?: UserStatus;
  /** null: signs in through SSO only. */
  password?: string | null;
  name?: string;
  email?: string;
}

/** The whole service on a database of its own, with a clock that stands still and cheap hashes. */
export class TestApp {
  private constructor(
    readonly app: FastifyInstance,
    readonly config: Config,
    readonly resources: Resources,
    readonly services: Services,
    readonly clock: TestClock,
    private readonly hashPool: HashPool,
  ) {}

  static async start(env: Record<string, string> = {}, log?: DestinationStream): Promise<TestApp> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-test-'));
    const config = loadConfig(
      {
        SALLYPORT_DATA_DIR: dataDir,
        LOG_LEVEL: 'silent',
        SALLYPORT_DEMO: '0',
        REDIS_URL: process.env.REDIS_URL ?? '',
        ...env,
      },
      dataDir,
    );
    const clock = new TestClock();
    const logger = createLogger(config.logLevel, log);
    const pool = new HashPool();
    const hasher = await createPasswordHasher({ pool, parameters: { memoryCost: 8, timeCost: 1, parallelism: 1 } });
    const database = await testDatabase();
    const limiter = await SourceLimiter.open({ redisUrl: config.redisUrl, logger, keyPrefix: `test-${newId()}` });
    const resources = await openResources(config, logger, {
      ...{ database, clock, hasher, limiter },
      // Tests keep the processors busy, and wait for no clock.
      ...{ patienceMs: 60_000, pauseMs: 0 },
    });
    const services = buildServices(config, resources);
    resources.metrics.watchSealing(() => services.sealer.lagSeconds());
    const app = await buildApp(config, resources, services, featuresOf(services), {
      logger,
      webRoot: null,
      // Tests keep the processors busy.
      readyMs: 60_000,
    });
    await app.ready();
    return new TestApp(app, config, resources, services, clock, pool);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.resources.close();
    await rm(this.config.dataDir, { recursive: true, force: true });
  }

  /** A device that was never seen before. */
  browser(options?: { address?: string; headers?: Record<string, string> }): Browser {
    return new Browser((request) => asProduct(() => this.app.inject(request)), options);
  }

  get db() {
    return this.resources.database.client;
  }

  async partner(overrides: Partial<OwnSignInSettings> = {}): Promise<TestOrganization> {
    const id = newId();
    const { slug, name } = await this.db.organization.create({
      data: { id, slug: `p-${id}`, name: `Partner ${id}`, kind: 'partner', ...overrides },
    });
    return { id, slug, name };
  }

  async customer(partner: TestOrganization, overrides: Partial<OwnSignInSettings> = {}): Promise<TestOrganization> {
    const id = newId();
    const { slug, name } = await this.db.organization.create({
      data: { id, slug: `c-${id}`, name: `Customer ${id}`, kind: 'customer', partnerId: partner.id, ...overrides },
    });
    return { id, slug, name };
  }

  /** A user in an organisation of its own, unless told. */
  async user(options: NewUser = {}): Promise<TestUser> {
    const id = newId();
    const email = options.email ?? `user-${id}@example.com`;
    const organization = options.organization ?? (await this.customer(await this.partner()));
    const password = options.password === undefined ? GOOD_PASSWORD : options.password;
    await this.db.user.create({
      data: {
        id,
        email,
        name: options.name ?? 'Test User',
        organizationId: organization.id,
        role: options.role ?? 'member',
        access: options.access ?? 'read_only',
        status: options.status ?? 'active',
        ...(password === null
          ? {}
          : {
              localCredential: {
                create: { passwordHash: await this.resources.hasher.hash(password), changedAt: this.clock.now() },
              },
            }),
      },
    });
    return { id, email, password: password ?? '', organization };
  }

  /** A new device with a session of the user, opened by password; it may be for enrolment alone. */
  async signIn(user: TestUser, browser = this.browser()): Promise<Browser> {
    const { status, body } = await browser.post('/auth/login', { email: user.email, password: user.password });
    if (status !== 200 || body.status === 'mfa_required') throw new Error(`sign-in: ${status} ${JSON.stringify(body)}`);
    return browser;
  }

  /** A connection through which somebody came in, with a verified domain of its own; there is no provider behind it. */
  async workingConnection(organization: TestOrganization): Promise<{ id: string; domain: string; path: string }> {
    const id = newId();
    const domain = `d-${id}.example`;
    const { id: organizationId } = organization;
    const now = this.clock.now();
    await this.db.domain.create({ data: { name: domain, organizationId, verifiedAt: now } });
    await this.db.ssoConnection.create({
      data: {
        id,
        organizationId,
        name: 'Google',
        kind: 'google',
        enabled: true,
        provisioning: 'invite_only',
        mfaPolicy: 'trust_provider',
        config: { clientId: 'client', hostedDomains: [domain] },
        secrets: sealSecrets(this.resources.keyring, connectionContext(id), { clientSecret: 'one' }),
        lastSignInAt: now,
        createdAt: now,
        updatedAt: now,
        domains: { create: { domainName: domain } },
      },
    });
    return { id, domain, path: `/organizations/${organizationId}/sso-connections/${id}` };
  }

  /** A new device with a session of the user, as if it began through the connection. */
  async signInThrough(connection: { id: string }, user: TestUser): Promise<Browser> {
    const browser = await this.signIn(user);
    const id = (await browser.get('/me')).body.session.id;
    await this.db.session.update({ where: { id }, data: { method: 'sso', connectionId: connection.id } });
    return browser;
  }

  /** The code an authenticator app shows for `secret` (base32) at the test's time. Made by otplib, not by us. */
  code(secret: string, steps = 0): string {
    return generateSync({ secret, epoch: Math.floor(this.clock.now().getTime() / 1000) + steps * 30 });
  }

  /** Turns MFA on for the user behind `browser`; the clock moves to the next time step, so that a code is fresh. */
  async enroll(browser: Browser, password = GOOD_PASSWORD): Promise<{ secret: string; backupCodes: string[] }> {
    const started = await browser.post('/me/mfa/totp');
    const { secret } = started.body;
    const confirmed = await browser.post('/me/mfa/totp/confirm', { password, code: this.code(secret) });
    if (confirmed.status !== 200) throw new Error(`enrolment: ${confirmed.status} ${JSON.stringify(confirmed.body)}`);
    this.clock.advance({ seconds: 30 });
    return { secret, backupCodes: confirmed.body.backupCodes };
  }

  /** Runs `work` while every slot for hashes is taken and their queue is full. */
  async overloaded<T>(work: () => Promise<T>): Promise<T> {
    const { hashPool } = this;
    let leave = (): void => undefined;
    const stay = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const taken = Array.from({ length: hashPool.slots + hashPool.queueLimit }, () =>
      hashPool.run('password', () => stay),
    );
    try {
      return await work();
    } finally {
      leave();
      await Promise.all(taken);
    }
  }

  /**
   * Runs `work` while no row of `table` can be written, as when the database shuts down in the middle of a request
   * (57P01 in PostgreSQL's manual, appendix A): what the request does before goes well.
   */
  async unwritable<T>(table: string, work: () => Promise<T>): Promise<T> {
    await this.db.$executeRawUnsafe(`
      CREATE OR REPLACE FUNCTION shut_down() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'the database shuts down' USING ERRCODE = 'admin_shutdown'; END $$`);
    await this.db.$executeRawUnsafe(`
      CREATE TRIGGER shut_down BEFORE INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION shut_down()`);
    try {
      return await work();
    } finally {
      await this.db.$executeRawUnsafe(`DROP TRIGGER shut_down ON ${table}`);
    }
  }

  /** The texts of the mails to the address, oldest first. */
  async mailTextsTo(email: string): Promise<string[]> {
    return (await this.mails(email)).map(({ text }) => text ?? '');
  }

  /** What the audit log says of the user, as an admin of its organization reads it, the newest first. */
  async eventsOf({ id, organization }: TestUser, action: string) {
    const admin = await this.signIn(await this.user({ organization, role: 'admin', access: 'read_write' }));
    return (await admin.get(`/audit-events?userId=${id}&action=${action}`)).body.items;
  }

  /** The subjects of the mails to the address, oldest first. */
  async mailsTo(email: string): Promise<string[]> {
    return (await this.mails(email)).map(({ subject }) => subject ?? '');
  }

  private async mails(email: string): Promise<ParsedMail[]> {
    await this.resources.afterwards.settle();
    await this.resources.mailWorker.deliverDue();
    return deliveredTo(join(this.config.dataDir, 'outbox'), email);
  }

  /** A user with MFA on, signed in at aal 2. */
  async enrolledUser(options: NewUser = {}) {
    const user = await this.user(options);
    const browser = await this.signIn(user);
    return { user, browser, ...(await this.enroll(browser)) };
  }
}
