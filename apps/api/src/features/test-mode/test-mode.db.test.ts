import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildManagementApp } from '../../app.ts';
import { createLogger } from '../../logger.ts';
import { openapiDocument } from '../../openapi-document.ts';
import { newId } from '../../platform/crypto/ids.ts';
import { GOOD_PASSWORD, TestApp } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { everythingStored } from '../../testing/everything-stored.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { routesOf } from '../../testing/routes.ts';
import { verifyLog } from '../audit/index.ts';

let service: TestApp;
let plain: TestApp;
/** A test program: it has no session. */
let tests: Browser;
beforeAll(async () => {
  [service, plain] = await Promise.all([
    TestApp.start({ SALLYPORT_TEST_MODE: '1', REDIS_URL: '' }),
    TestApp.start({ REDIS_URL: '' }),
  ]);
  tests = service.browser();
});
afterAll(() => Promise.all([service.stop(), plain.stop()]));
beforeEach(async () => {
  await tests.put('/test/clock', { now: null });
});

/** Distinct names for each test, so that their order does not count. */
let made = 0;
function seedFile() {
  made += 1;
  const [partner, customer] = [`partner-${made}`, `customer-${made}`];
  const user = (email: string) => ({
    email,
    name: 'Ann',
    role: 'admin',
    access: 'read_write',
    password: GOOD_PASSWORD,
  });
  const file = {
    partners: [
      {
        ...{ slug: partner, name: 'Partner', domains: [`${partner}.example`], users: [user(`pat@${partner}.example`)] },
        customers: [
          {
            ...{ slug: customer, name: 'Customer', domains: [`${customer}.example`] },
            users: [user(`ann@${customer}.example`), { ...user(`sam@${customer}.example`), role: 'member' }],
          },
        ],
      },
    ],
  };
  return { file, partner, customer, pat: `pat@${partner}.example`, ann: `ann@${customer}.example` };
}

async function signedIn(email: string): Promise<Browser> {
  const browser = service.browser();
  expect((await browser.post('/auth/login', { email, password: GOOD_PASSWORD })).body.status).toBe('authenticated');
  return browser;
}

async function seeded() {
  const scene = seedFile();
  expect((await tests.post('/test/tenants', scene.file)).status).toBe(201);
  return scene;
}

const codeOf = async (email: string) => (await tests.get(`/test/users/${encodeURIComponent(email)}/code`)).body;

/** With the codes that the test mode gives. */
async function enrolled(email: string): Promise<Browser> {
  const browser = await signedIn(email);
  expect((await browser.post('/me/mfa/totp')).status).toBe(201);
  const { code } = await codeOf(email);
  expect((await browser.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code })).status).toBe(200);
  return browser;
}

describe('without the variable', () => {
  const calls = [
    ['GET', '/test/clock'],
    ['PUT', '/test/clock', { advanceSeconds: 60 }],
    ['GET', '/test/mails'],
    ['GET', '/test/users/ann@acme.example/code'],
    ['POST', '/test/tenants', { partners: [] }],
    ['DELETE', '/test/tenants/acme'],
  ] as const;

  test.each(calls)('there is no %s %s', async (method, path, payload?: object) => {
    const url = `/api/v1${path}`;
    const answer = await plain.app.inject({ method, url, ...(payload ? { payload } : {}) });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
    expect(answer.headers).not.toHaveProperty('sallyport-test-mode');
    const inTestMode = await service.app.inject({ method, url, ...(payload ? { payload } : {}) });
    // Of the test mode itself where it refuses: there is no such user, no such tenant.
    expect(inTestMode.json().detail ?? 'served').toMatch(/^(served|There is no (user|tenant) .+)$/);
  });

  test('no route of it is registered, no service of it is made', async () => {
    expect((await routesOf(plain)).filter(({ url }) => url.startsWith('/api/v1/test'))).toEqual([]);
    expect([plain.services.testMode, plain.resources.testMode]).toEqual([null, null]);
    const routes = (await routesOf(service)).filter(
      ({ method, url }) => url.startsWith('/api/v1/test') && method !== 'HEAD',
    );
    expect(routes).toHaveLength(calls.length);
  });

  test('no request fails because it asks to, and the clock is that of the process', async () => {
    const user = await plain.user();
    const browser = await plain.signIn(user);
    for (const fault of ['overload', 'expired', 'slow', 'nonsense']) {
      expect((await browser.get('/me', { 'sallyport-test-fault': fault })).status).toBe(200);
    }
    expect(plain.resources.clock).toBe(plain.clock);
  });
});

test('no document of the API tells of it', async () => {
  const inTestMode = await service.app.inject({ url: '/api/v1/openapi.json' });
  expect(inTestMode.json()).toEqual(await openapiDocument());
  expect(inTestMode.body).not.toContain('/test/');
});

describe('every answer says so', () => {
  test.each([
    ['GET', '/healthz'],
    ['GET', '/api/v1/me'],
    ['GET', '/api/v1/nothing'],
    ['GET', '/docs'],
    ['GET', '/.well-known/jwks.json'],
    ['GET', '/sign-in'],
    ['GET', '/%zz'],
    ['POST', '/api/v1/auth/login'],
    ['OPTIONS', '/api/v1/me'],
  ] as const)('%s %s', async (method, url) => {
    expect((await service.app.inject({ method, url })).headers['sallyport-test-mode']).toBe('1');
  });

  test('a refusal of what is no request, too', async () => {
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = service.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.write('nonsense\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*\r\nSallyport-Test-Mode: 1\r\n/s);
  });

  test('and those of the listener for who watches', async () => {
    for (const [app, value] of [
      [service, '1'],
      [plain, undefined],
    ] as const) {
      const management = await buildManagementApp(app.resources, createLogger('silent'));
      expect((await management.inject({ url: '/healthz' })).headers['sallyport-test-mode']).toBe(value);
      await management.close();
    }
  });
});

describe('it is for programs on this machine', () => {
  test.each([
    ['through a name that was made to lead here', { host: 'evil.example' }],
    ['through a proxy', { 'x-forwarded-for': '192.0.2.7' }],
    ['through another', { via: '1.1 proxy' }],
  ])('not %s', async (_, headers) => {
    const answer = await service.app.inject({ url: '/api/v1/test/mails', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
  });

  test('no other site writes through a browser', async () => {
    const answer = await service.app.inject({
      ...{ method: 'PUT', url: '/api/v1/test/clock', payload: { advanceSeconds: 60 } },
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.json().code).toBe('cross_site_request');
  });

  test.each(['localhost:3000', '127.0.0.1', '[::1]:4000', 'app.localhost:3000'])('as %s', async (host) => {
    const answer = await service.app.inject({ url: '/api/v1/test/clock', headers: { host } });
    expect(answer.statusCode).toBe(200);
  });
});

describe('the clock', () => {
  test('is read, moved, set, and returned', async () => {
    const now = service.clock.now().toISOString();
    expect((await tests.get('/test/clock')).body).toEqual({ now, aheadSeconds: 0 });
    const moved = await tests.put('/test/clock', { advanceSeconds: 3600 });
    expect(moved.body).toEqual({ now: '2026-03-01T13:00:00.000Z', aheadSeconds: 3600 });
    expect(moved.headers.date).toBe('Sun, 01 Mar 2026 13:00:00 GMT');
    expect((await tests.put('/test/clock', { advanceSeconds: -60 })).body.aheadSeconds).toBe(3540);
    const set = await tests.put('/test/clock', { now: '2030-06-01T00:00:00+02:00' });
    expect(set.body.now).toBe('2030-05-31T22:00:00.000Z');
    expect((await tests.get('/test/clock')).body).toEqual(set.body);
    expect((await tests.put('/test/clock', { now: null })).body).toEqual({ now, aheadSeconds: 0 });
  });

  test.each([
    ['nothing', {}],
    ['two things', { now: '2030-06-01T00:00:00Z', advanceSeconds: 1 }],
    ['no moment', { now: 'tomorrow' }],
    ['a part of a second', { advanceSeconds: 0.5 }],
    ['the last century', { now: '1999-12-31T23:59:59Z' }],
    ['the next', { now: '2100-01-01T00:00:00Z' }],
    ['a leap second', { now: '2016-12-31T23:59:60Z' }],
    ['a century ahead', { advanceSeconds: 100 * 365 * 24 * 3600 }],
    ['something else', { advanceMinutes: 1 }],
  ])('does not take %s', async (_, change) => {
    expect((await tests.put('/test/clock', change)).body.code).toBe('invalid_request');
    expect((await tests.get('/test/clock')).body.aheadSeconds).toBe(0);
  });

  test('ends access, sessions and challenges, as time does', async () => {
    const { pat, ann } = await seeded();
    const browser = await signedIn(pat);
    await tests.put('/test/clock', { advanceSeconds: 301 });
    expect((await browser.get('/me')).body.code).toBe('unauthenticated');
    expect((await browser.post('/auth/refresh')).status).toBe(204);
    await tests.put('/test/clock', { advanceSeconds: 61 * 60 });
    expect((await browser.post('/auth/refresh')).body.code).toBe('session_expired');

    await enrolled(ann);
    const pending = service.browser();
    const login = await pending.post('/auth/login', { email: ann, password: GOOD_PASSWORD });
    expect(login.body.status).toBe('mfa_required');
    await tests.put('/test/clock', { advanceSeconds: 301 });
    const late = await pending.post('/auth/login/mfa', { method: 'totp', code: (await codeOf(ann)).code });
    expect(late.body).toMatchObject({ code: 'challenge_expired', next: { action: 'sign_in' } });
  });

  test('lets a pause for an account and for a source pass', async () => {
    const { pat } = await seeded();
    const guesser = service.browser({ address: '198.51.100.7' });
    const guess = () => guesser.post('/auth/login', { email: pat, password: 'wrong' });
    while ((await guess()).body.code !== 'too_many_attempts');
    await service.resources.limiter.fail('198.51.100.7');
    for (let count = 0; count < 400; count += 1) await service.resources.limiter.fail('198.51.100.7');
    expect(await service.resources.limiter.check('198.51.100.7')).not.toBeNull();
    await tests.put('/test/clock', { advanceSeconds: 24 * 3600 });
    const answer = await guesser.post('/auth/login', { email: pat, password: GOOD_PASSWORD });
    expect(answer.body.status).toBe('authenticated');
  });

  test('may go back, and cookies live as long as what they hold', async () => {
    const { pat } = await seeded();
    await tests.put('/test/clock', { now: '2021-01-01T00:00:00Z' });
    const { cookies } = await service.browser().post('/auth/login', { email: pat, password: GOOD_PASSWORD });
    expect(cookies.find(({ name }) => name === 'sallyport_refresh')?.maxAge).toBe(12 * 3600);
    expect(cookies.find(({ name }) => name === 'sallyport_access')?.maxAge).toBe(300);
  });
});

describe('codes', () => {
  test('the next one confirms, signs in, and says when it is taken', async () => {
    const { ann } = await seeded();
    await enrolled(ann);
    const signIn = async () => {
      const browser = service.browser();
      await browser.post('/auth/login', { email: ann, password: GOOD_PASSWORD });
      const shown = await codeOf(ann);
      return { shown, answer: await browser.post('/auth/login/mfa', { method: 'totp', code: shown.code }) };
    };
    // The present one confirmed; that of the next step is taken already.
    const first = await signIn();
    expect(first.shown).toEqual({ code: expect.stringMatching(/^\d{6}$/), secondsLeft: 60, takenInSeconds: 0 });
    expect(first.answer.body.status).toBe('authenticated');
    const third = await codeOf(ann);
    expect(third).toMatchObject({ secondsLeft: 90, takenInSeconds: 30 });
    expect(await codeOf(ann)).toEqual(third);
    await tests.put('/test/clock', { advanceSeconds: third.takenInSeconds });
    const second = await signIn();
    expect(second.shown).toEqual({ code: third.code, secondsLeft: 60, takenInSeconds: 0 });
    expect(second.answer.body.status).toBe('authenticated');
    await tests.put('/test/clock', { advanceSeconds: 65 });
    expect(await codeOf(ann)).toMatchObject({ secondsLeft: 25, takenInSeconds: 0 });
  });

  test('one that was tried too early is spent', async () => {
    const { ann } = await seeded();
    await enrolled(ann);
    await tests.put('/test/clock', { advanceSeconds: 60 });
    const present = await codeOf(ann);
    await tests.put('/test/clock', { advanceSeconds: -300 });
    const browser = service.browser();
    await browser.post('/auth/login', { email: ann, password: GOOD_PASSWORD });
    const early = await browser.post('/auth/login/mfa', { method: 'totp', code: present.code });
    expect(early.body.reason).toBe('clock_skew');
    await tests.put('/test/clock', { advanceSeconds: 300 });
    expect((await codeOf(ann)).code).not.toBe(present.code);
  });

  test('are of those who have an app, by any spelling of the address', async () => {
    const { pat, ann } = await seeded();
    expect((await tests.get(`/test/users/${pat}/code`)).body.code).toBe('mfa_not_enabled');
    expect((await tests.get('/test/users/nobody@acme.example/code')).body.code).toBe('not_found');
    await enrolled(ann);
    expect((await tests.get(`/test/users/${ann.toUpperCase()}/code`)).status).toBe(200);
  });
});

describe('mails', () => {
  test('are there as soon as what causes them is answered, oldest first', async () => {
    const { pat, ann } = await seeded();
    expect((await tests.get(`/test/mails?to=${ann}`)).body.items).toEqual([]);
    await service.browser().post('/auth/password-reset', { email: ann });
    await enrolled(ann);
    const { items } = (await tests.get(`/test/mails?to=${ann.toUpperCase()}`)).body;
    expect(items.map(({ subject }: { subject: string }) => subject).sort()).toEqual(
      ['Choose a new password', 'Two-factor authentication is on'].sort(),
    );
    expect(items[0]).toEqual({
      ...{ id: expect.any(String), to: ann, subject: expect.any(String), createdAt: service.clock.now().toISOString() },
      ...{ text: expect.stringContaining('Sallyport'), html: expect.stringContaining('<!doctype html>') },
    });
    expect((await tests.get(`/test/mails?to=${pat}`)).body.items).toEqual([]);
  });

  test('are the same, once each, when they were handed on', async () => {
    const { ann } = await seeded();
    await enrolled(ann);
    const waiting = (await tests.get(`/test/mails?to=${ann}`)).body;
    expect(waiting.items).toHaveLength(1);
    await service.resources.mailWorker.deliverDue();
    const handedOn = service.resources.testMode?.mails.list().map(({ id }) => id);
    expect(handedOn).toContain(waiting.items[0].id);
    expect((await tests.get(`/test/mails?to=${ann}`)).body).toEqual(waiting);
    const everybody = (await tests.get('/test/mails')).body.items;
    expect(everybody).toContainEqual(waiting.items[0]);
    expect(everybody.length).toBeGreaterThan(1);
  });
});

describe('tenants', () => {
  test('come by a seed file, again and again', async () => {
    const { file, partner, customer, ann, pat } = await seeded();
    const again = await tests.post('/test/tenants', file);
    const { organizations, users, ...counts } = again.body;
    expect([again.status, ...Object.values(counts)]).toEqual([201, 0, 0, 0, 0, 0]);
    // With the ids of what the file names, and of nobody else.
    const one = { partners: [{ ...file.partners[0], users: [], customers: [] }] };
    expect((await tests.post('/test/tenants', one)).body).toMatchObject({
      organizations: [{ slug: partner }],
      users: [],
    });
    expect(organizations.map(({ slug }: { slug: string }) => slug).sort()).toEqual([customer, partner]);
    expect(users.map(({ email }: { email: string }) => email).sort()).toEqual(
      [ann, pat, `sam@${customer}.example`].sort(),
    );
    const admin = await signedIn(pat);
    const found = users.find(({ email }: { email: string }) => email === ann);
    expect((await admin.get(`/users/${found.id}`)).body).toMatchObject({
      email: ann,
      organization: { id: found.organizationId },
    });
  });

  test('do not come where the file does not fit', async () => {
    const { file } = seedFile();
    const [partner] = file.partners;
    const user = { email: 'no address', name: 'Ann', role: 'member', access: 'read_only', password: 'short' };
    const refused = await tests.post('/test/tenants', { partners: [{ ...partner, users: [user] }] });
    expect(refused.body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/partners/0/users/0/email',
      '/partners/0/users/0/password',
    ]);
    const wrong = await tests.post('/test/tenants', {
      partners: [{ ...partner, users: [{ ...user, role: 'owner' }] }],
    });
    expect(wrong.body.errors[0].pointer).toBe('/partners/0/users/0/role');
    const other = seedFile().file;
    const taken = await seeded();
    const [first] = other.partners;
    const conflict = await tests.post('/test/tenants', {
      partners: [{ ...first, domains: [`${taken.partner}.example`] }],
    });
    expect(conflict.body.errors).toEqual([
      { pointer: '/partners/0/domains/0', message: 'belongs to another organization' },
    ]);
    expect(
      await service.db.organization.count({ where: { slug: { in: [partner?.slug ?? '', first?.slug ?? ''] } } }),
    ).toBe(0);
  });

  test('go with their customers and all that hangs on them, and leave others alone', async () => {
    const other = await seeded();
    const stranger = await signedIn(other.pat);
    const { file, partner, pat, ann } = await seeded();
    const admin = await signedIn(pat);
    const user = await enrolled(ann);
    const { organization } = (await user.get('/me')).body;
    await service.workingConnection(organization);
    const key = await user.post(`/organizations/${organization.id}/service-accounts`, {
      ...{ name: 'Nightly', role: 'member', access: 'read_only' },
    });
    expect(key.status).toBe(201);
    await service.browser().post('/auth/password-reset', { email: ann });
    await service.browser().post('/auth/login', { email: pat, password: 'wrong' });

    expect((await tests.delete(`/test/tenants/${partner}`)).status).toBe(204);

    for (const browser of [admin, user]) expect((await browser.get('/me')).body.code).toBe('unauthenticated');
    expect((await tests.get(`/test/mails?to=${ann}`)).body.items).toEqual([]);
    expect((await tests.get(`/test/users/${ann}/code`)).body.code).toBe('not_found');
    expect((await tests.delete(`/test/tenants/${partner}`)).body.code).toBe('not_found');
    expect((await stranger.get('/me')).status).toBe(200);
    // As if it had never been.
    expect((await tests.post('/test/tenants', file)).body).toMatchObject({ organizationsCreated: 2, usersCreated: 3 });
    expect((await signedIn(ann)).jar.size).toBeGreaterThan(0);
    expect((await tests.delete(`/test/tenants/${partner}`)).status).toBe(204);
  });

  test('with them go the attempts that failed', async () => {
    const { file, partner, pat } = await seeded();
    const guess = () => service.browser().post('/auth/login', { email: pat, password: 'wrong' });
    while ((await guess()).body.code !== 'too_many_attempts');
    expect((await tests.delete(`/test/tenants/${partner}`)).status).toBe(204);
    await tests.post('/test/tenants', file);
    expect((await signedIn(pat)).jar.size).toBeGreaterThan(0);
  });

  test('a customer goes alone', async () => {
    const { partner, customer, pat, ann } = await seeded();
    const admin = await signedIn(pat);
    expect((await tests.delete(`/test/tenants/${customer}`)).status).toBe(204);
    const { items } = (await admin.get('/organizations')).body;
    expect(items.map(({ slug }: { slug: string }) => slug)).toEqual([partner]);
    const gone = await service.browser().post('/auth/login', { email: ann, password: GOOD_PASSWORD });
    expect(gone.body.code).toBe('invalid_credentials');
  });

  test('the audit log keeps what happened without the names, and tells of the end', async () => {
    const { customer, pat, ann } = await seeded();
    await enrolled(ann);
    const { id } = await service.db.organization.findFirstOrThrow({ where: { slug: customer } });
    // As events lie there from before persons were sealed.
    await service.db.$executeRaw`
      INSERT INTO audit_events (id, occurred_at, action, outcome, subject_id, subject_name, organization_id, details)
      SELECT ${newId()}::uuid, now(), 'user.updated', 'success', u.id, u.email, u.organization_id, '{}'
      FROM users u WHERE u.email = ${ann}`;
    await service.services.sealer.seal();
    expect((await tests.delete(`/test/tenants/${customer}`)).status).toBe(204);
    await service.services.sealer.seal();
    const admin = await signedIn(pat);
    const rows = await service.db.auditEvent.findMany({ where: { organizationId: id }, orderBy: { sequence: 'asc' } });
    expect(rows.map(({ action }) => action)).toContain('mfa.enabled');
    expect(rows.at(-1)).toMatchObject({
      action: 'organization.removed',
      actorName: 'test mode',
      details: { name: 'Customer', slug: customer },
    });
    expect(await service.db.personKey.count({ where: { user: { email: ann } } })).toBe(0);
    const { items } = (await admin.get('/audit-events')).body;
    const ofCustomer = items.filter((each: { organization: { id: string } | null }) => each.organization?.id === id);
    expect(JSON.stringify(ofCustomer)).not.toContain(ann);
    expect(await verifyLog(service.db, { keyring: service.resources.keyring })).toMatchObject({ ok: true });
    expect(await everythingStored(service.db)).not.toContain(ann);
  });

  test('removals of one tenant that race are one', async () => {
    const { partner } = await seeded();
    const remove = () => [1, 2, 3].map(() => tests.delete(`/test/tenants/${partner}`));
    const rows = { text: 'SELECT 1 FROM organizations WHERE slug = $1 FOR UPDATE', values: [partner] };
    const answers =
      testDatabaseKind() === 'postgres'
        ? await whileHeld(databaseUrl(service.resources.database), rows, 3, remove)
        : await Promise.all(remove());
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404]);
  });
});
