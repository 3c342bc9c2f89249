import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { demoAccounts, demoFileIn, resetDemo } from '../../demo-accounts.ts';
import { GOOD_PASSWORD, TestApp } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { runCommand } from '../../testing/command.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { verifyLog } from '../audit/index.ts';
import type { DemoAccount } from './index.ts';

const keys = `key:${randomBytes(32).toString('base64')}`;

let service: TestApp;
beforeEach(async () => {
  service = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: keys });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await service.stop();
});

test('the demo tenants go into an empty database once, and their accounts work', async () => {
  const { demo } = service.services;
  const outcomes = await Promise.all([demo.begin(), demo.begin()]);
  const written = outcomes.filter((accounts) => accounts !== null);
  expect(written).toHaveLength(1);
  expect(await demo.begin()).toBeNull();

  const accounts = written[0] as DemoAccount[];
  const answers = await Promise.all(
    accounts
      .filter(({ password }) => password !== null)
      .map(({ email, password }) =>
        service.browser({ address: `192.0.2.${email.length}` }).post('/auth/login', { email, password }),
      ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const rights = answers.map(({ body }) => `${body.user.organization.kind} ${body.user.role} ${body.user.access}`);
  expect(rights).toEqual(
    expect.arrayContaining([
      'partner admin read_write',
      'partner admin read_only',
      'customer admin read_write',
      'customer admin read_only',
      'customer member read_write',
    ]),
  );
  expect(accounts.filter(({ password }) => password === null)).toHaveLength(1);
  expect(await service.db.organization.count({ where: { kind: 'customer' } })).toBe(2);
});

test('the demo tenants stay away from a database that has an organization', async () => {
  await service.partner();
  expect(await service.services.demo.begin()).toBeNull();
  expect(await service.db.organization.count()).toBe(1);
});

describe('a reset', () => {
  let accounts: readonly DemoAccount[];
  beforeEach(async () => {
    accounts = await demoAccounts(service.config, service.services);
  });

  const passwordOf = (email: string) => accounts.find((account) => account.email === email)?.password ?? '';

  async function signedIn(email: string): Promise<Browser> {
    const browser = service.browser();
    const { body } = await browser.post('/auth/login', { email, password: passwordOf(email) });
    expect(body.status).toBe('authenticated');
    return browser;
  }

  const organizations = async () =>
    (await service.db.organization.findMany({ orderBy: { slug: 'asc' } })).map(({ slug }) => slug);

  const reset = () => resetDemo(service.config, service.services);

  test('brings organizations, users, passwords, factors and settings back as they were seeded', async () => {
    const before = await organizations();
    const pat = await signedIn('pat@northwind.example');
    const alex = await signedIn('alex@acme.example');
    await service.enroll(alex, passwordOf('alex@acme.example'));
    const robin = await signedIn('robin@acme.example');
    const passwords = { currentPassword: passwordOf('robin@acme.example'), newPassword: GOOD_PASSWORD };
    expect((await robin.post('/me/password', passwords)).status).toBe(204);
    const { organization } = (await pat.get('/me')).body;
    expect((await pat.patch(`/organizations/${organization.id}`, { slug: 'renamed' })).status).toBe(200);
    expect((await pat.patch(`/organizations/${organization.id}/settings`, { mfaRequired: 'everybody' })).status).toBe(
      200,
    );
    expect((await pat.post('/organizations', { name: 'More', slug: 'more' })).status).toBe(201);
    const max = (await pat.get('/users?q=max@acme.example')).body.items[0];
    expect((await pat.patch(`/users/${max.id}`, { status: 'disabled' })).status).toBe(200);
    expect((await pat.post(`/users/${max.id}/erase`, { email: 'max@acme.example' })).status).toBe(204);

    const { outcome } = await reset();

    expect(outcome).toMatchObject({
      organizationsRemoved: 4,
      usersRemoved: 7,
      organizationsCreated: 3,
      usersCreated: 8,
    });
    expect(await organizations()).toEqual(before);
    for (const browser of [pat, alex, robin]) expect((await browser.get('/me')).body.code).toBe('unauthenticated');
    const again = await signedIn('alex@acme.example');
    expect((await again.get('/me')).body).toMatchObject({ mfa: { enabled: false, mustEnroll: false } });
    await signedIn('max@acme.example');
    await signedIn('robin@acme.example');
    expect((await (await signedIn('kim@globex.example')).get('/me')).body.role).toBe('member');
    await service.services.sealer.seal();
    expect(await verifyLog(service.db, { keyring: service.resources.keyring })).toMatchObject({ ok: true });
  });

  test('leaves everybody else alone, and does the same again', async () => {
    const stranger = await service.user({ role: 'admin', access: 'read_write' });
    const browser = await service.signIn(stranger);
    for (const _ of [1, 2]) {
      expect((await reset()).outcome).toMatchObject({ organizationsRemoved: 3, usersRemoved: 8, usersCreated: 8 });
    }
    expect((await browser.get('/me')).status).toBe(200);
    expect(await service.db.user.count()).toBe(9);
  });

  test('changes nothing where somebody else has what they need, and says what', async () => {
    const pat = await signedIn('pat@northwind.example');
    const { items } = (await pat.get('/organizations')).body;
    const acme = items.find(({ slug }: { slug: string }) => slug === 'acme');
    expect((await pat.patch(`/organizations/${acme.id}`, { slug: 'acme-2' })).status).toBe(200);
    const other = await service.customer(await service.partner());
    await service.db.organization.update({ where: { id: other.id }, data: { slug: 'acme' } });
    await expect(reset()).rejects.toMatchObject({
      detail: expect.stringContaining('acme is a customer of another partner'),
    });
    expect((await pat.get('/me')).status).toBe(200);
    expect(await organizations()).toContain('acme-2');
  });

  test('touches no tenants that were made from another data folder', async () => {
    const pat = await signedIn('pat@northwind.example');
    await rm(demoFileIn(service.config.dataDir));
    await expect(reset()).rejects.toMatchObject({
      code: 'not_found',
      detail: expect.stringContaining('SALLYPORT_DATA_DIR'),
    });
    expect((await pat.get('/me')).status).toBe(200);
  });

  test.runIf(testDatabaseKind() === 'postgres')('that races another leaves one demo', async () => {
    const rows = { text: "SELECT 1 FROM organizations WHERE slug = 'northwind' FOR UPDATE", values: [] };
    // One waits for the row, the others for the lock of seeds that it has.
    const done = await whileHeld(databaseUrl(service.resources.database), rows, 3, () => [1, 2, 3].map(reset));
    expect(done.map(({ outcome }) => outcome.usersRemoved)).toEqual([8, 8, 8]);
    expect(await service.db.user.count()).toBe(8);
  });

  test.runIf(testDatabaseKind() === 'postgres')('is a command, beside a running server', async () => {
    const pat = await signedIn('pat@northwind.example');
    const env = {
      DATABASE_URL: databaseUrl(service.resources.database),
      SALLYPORT_ENCRYPTION_KEYS: keys,
      SALLYPORT_DATA_DIR: service.config.dataDir,
    };
    const refused = await runCommand(['demo', 'reset'], { ...env, SALLYPORT_DEMO: '' });
    expect(refused).toMatchObject({ code: 78, out: '', err: expect.stringContaining('SALLYPORT_DEMO') });
    expect((await pat.get('/me')).status).toBe(200);
    const { code, out } = await runCommand(['demo', 'reset', '--json'], { ...env, SALLYPORT_DEMO: '1' });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ usersRemoved: 8, usersCreated: 8, accounts });
    expect((await pat.get('/me')).body.code).toBe('unauthenticated');
    await signedIn('pat@northwind.example');
  });
});

test('a reset makes tenants that are gone', async () => {
  const tested = await TestApp.start({ SALLYPORT_TEST_MODE: '1', REDIS_URL: '' });
  try {
    const [{ email, password }] = (await demoAccounts(tested.config, tested.services)) as [DemoAccount];
    expect((await tested.browser().delete('/test/tenants/northwind')).status).toBe(204);
    const { outcome } = await resetDemo(tested.config, tested.services);
    expect(outcome).toMatchObject({ organizationsRemoved: 0, usersRemoved: 0, usersCreated: 8 });
    expect((await tested.browser().post('/auth/login', { email, password })).status).toBe(200);
  } finally {
    await tested.stop();
  }
});

test('without accounts that were made here there is nothing to reset', async () => {
  await expect(resetDemo(service.config, service.services)).rejects.toMatchObject({ code: 'not_found' });
});
