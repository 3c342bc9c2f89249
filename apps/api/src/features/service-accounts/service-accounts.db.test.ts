import { MOST_SERVICE_ACCOUNTS, PROOF_SECONDS, sourcePolicy } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/crypto/ids.ts';
import { hashToken } from '../../platform/crypto/tokens.ts';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { newKey } from './key.ts';

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let maker: TestUser;
let admin: Browser;
beforeAll(async () => {
  service = await TestApp.start();
  partner = await service.partner();
  customer = await service.customer(partner);
  maker = await service.user({ organization: customer, role: 'admin', access: 'read_write' });
  admin = await service.signIn(maker);
});
afterAll(() => service.stop());

const WRITER = { name: 'Import', role: 'admin', access: 'read_write' } as const;

const accountsOf = ({ id }: { id: string }) => `/organizations/${id}/service-accounts`;

async function make(input: object = WRITER, by = admin, organization = customer) {
  const { status, body } = await by.post(accountsOf(organization), input);
  expect({ status, body }).toMatchObject({ status: 201 });
  return body as { id: string; key: string };
}

const withKey = (key: string, address?: string) =>
  service.browser({ ...(address === undefined ? {} : { address }), headers: { authorization: `Bearer ${key}` } });

/** An admin of its own, for what changes it. */
async function anotherAdmin(organization = customer) {
  const user = await service.user({ organization, role: 'admin', access: 'read_write' });
  return { user, browser: await service.signIn(user) };
}

const listed = async (id: string, organization = customer) =>
  (await admin.get(accountsOf(organization))).body.items.find((item: { id: string }) => item.id === id);

const eventsOf = (action: string, organizationId = customer.id) =>
  service.db.auditEvent.findMany({ where: { action, organizationId }, orderBy: { sequence: 'asc' } });

describe('a service account', () => {
  test('is made with a key that is shown once and kept as a hash alone', async () => {
    const answer = await admin.post(accountsOf(customer), { ...WRITER, name: '  Nightly import ' });
    expect(answer.status).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { key, ...shown } = answer.body;
    expect(shown).toEqual({
      ...{ id: expect.any(String), name: 'Nightly import', role: 'admin', access: 'read_write', state: 'active' },
      ...{ maker: { id: maker.id, email: maker.email }, createdAt: service.clock.now().toISOString() },
      ...{ expiresAt: null, lastUsedAt: null },
    });
    const { body } = await admin.get(accountsOf(customer));
    expect(body.items).toContainEqual(shown);
    expect(JSON.stringify(body)).not.toContain(key);
    const row = await service.db.serviceAccount.findUniqueOrThrow({ where: { id: shown.id } });
    expect(Buffer.from(row.keyHash)).toEqual(Buffer.from(hashToken(key)));
    const log = await service.db.auditEvent.findMany({ where: { organizationId: customer.id } });
    expect(JSON.stringify(log, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(key);
  });

  test('calls the API with its key, knows who it is, and does what its rights allow', async () => {
    const { id, key } = await make();
    const program = withKey(key);
    expect((await program.get('/service-account')).body).toEqual({
      ...{ id, name: 'Import', role: 'admin', access: 'read_write' },
      organization: { id: customer.id, slug: customer.slug, name: customer.name, kind: 'customer' },
    });
    const created = await program.post('/users', {
      ...{ email: `made-${newId()}@example.com`, name: 'Made', organizationId: customer.id },
      ...{ role: 'member', access: 'read_only' },
    });
    expect(created.status).toBe(201);
    expect((await program.patch(`/users/${created.body.id}`, { status: 'disabled' })).status).toBe(200);
    expect((await program.get('/users')).body.items.length).toBeGreaterThan(1);
    expect(program.jar.size).toBe(0);
  });

  test('stands in the log as the one who did it', async () => {
    const { id, key } = await make({ ...WRITER, name: 'Renamer' });
    await withKey(key, '192.0.2.77').patch(`/organizations/${customer.id}`, { name: `Customer ${newId()}` });
    const { items } = (await admin.get(`/audit-events?organizationId=${customer.id}&action=organization.updated`)).body;
    expect(items[0]).toMatchObject({
      actor: { id: null, name: 'service account: Renamer' },
      address: '192.0.2.77',
      details: { serviceAccountId: id },
    });
    const [made] = (await admin.get(`/audit-events?organizationId=${customer.id}&action=service_account.created`)).body
      .items;
    expect(made).toMatchObject({
      actor: { id: maker.id },
      details: { serviceAccountId: id, name: 'Renamer', role: 'admin', access: 'read_write', expiresAt: null },
    });
  });

  test('is asked for no fresh proof, and its maker is', async () => {
    const { key } = await make();
    const { browser } = await anotherAdmin();
    service.clock.advance({ seconds: PROOF_SECONDS + 1 });
    await browser.post('/auth/refresh');
    await admin.post('/auth/refresh');
    const name = `Customer ${newId()}`;
    expect((await withKey(key).patch(`/organizations/${customer.id}`, { name })).status).toBe(200);
    expect((await browser.post(accountsOf(customer), WRITER)).body.code).toBe('reauthentication_required');
    admin = await service.signIn(maker);
  });

  test('with read-only access changes nothing, and one of a member reads nothing of the administration', async () => {
    const reader = withKey((await make({ ...WRITER, access: 'read_only' })).key);
    expect((await reader.get('/users')).status).toBe(200);
    expect((await reader.patch(`/organizations/${customer.id}`, { name: 'Other' })).body.code).toBe('forbidden');
    const member = withKey((await make({ ...WRITER, role: 'member' })).key);
    expect((await member.get('/service-account')).status).toBe(200);
    expect((await member.get('/users')).body.code).toBe('forbidden');
  });

  test('is no user: what a user asks of itself it is not told', async () => {
    expect((await admin.get('/service-account')).body.code).toBe('forbidden');
    expect((await service.browser().get('/service-account')).body.code).toBe('unauthenticated');
  });
});

describe('a key and cookies together', () => {
  test('are judged by the key alone', async () => {
    const { key } = await make({ ...WRITER, access: 'read_only' });
    const both = (authorization: string) =>
      admin.patch(`/organizations/${customer.id}`, { name: 'No' }, { authorization });
    expect((await both(`Bearer ${key}`)).body.code).toBe('forbidden');
    expect((await both(`Bearer ${newKey()}`)).body.code).toBe('unauthenticated');
    expect((await admin.get('/me', { authorization: `bearer ${key}` })).body.code).toBe('not_for_service_accounts');
  });

  test('where the Authorization is of somebody else, the cookies are', async () => {
    for (const authorization of ['Basic dXNlcjpwYXNz', 'Bearer of-a-gateway', key32()]) {
      expect((await admin.get('/me', { authorization })).status).toBe(200);
      expect((await service.browser().get('/users', { authorization })).body.code).toBe('unauthenticated');
    }
  });
});

const key32 = () => `sallyport_sa_${'0'.repeat(72)}`;

describe('SEC-40: a service account', () => {
  test('of another organization does not exist', async () => {
    const { id } = await make();
    const { browser: stranger } = await anotherAdmin(await service.customer(await service.partner()));
    expect((await stranger.get(accountsOf(customer))).status).toBe(404);
    expect((await stranger.post(accountsOf(customer), WRITER)).status).toBe(404);
    expect((await stranger.delete(`${accountsOf(customer)}/${id}`)).status).toBe(404);
    const { browser: above } = await anotherAdmin(partner);
    const inPartner = await make(WRITER, above, partner);
    expect((await admin.get(accountsOf(partner))).status).toBe(404);
    expect((await admin.delete(`${accountsOf(partner)}/${inPartner.id}`)).status).toBe(404);
    // Nor under the name of an organization that the caller does manage.
    expect((await admin.delete(`${accountsOf(customer)}/${inPartner.id}`)).status).toBe(404);
    expect((await withKey(inPartner.key).get('/service-account')).status).toBe(200);
  });

  test('sees its organization and what is under it, and nothing beside', async () => {
    const sibling = await service.customer(partner);
    const { key } = await make();
    expect((await withKey(key).get(`/organizations/${sibling.id}`)).status).toBe(404);
    expect((await withKey(key).get(`/organizations/${partner.id}`)).status).toBe(404);
    const { browser } = await anotherAdmin(partner);
    const ofPartner = await make(WRITER, browser, partner);
    expect((await withKey(ofPartner.key).get(`/organizations/${sibling.id}`)).status).toBe(200);
    const ofCustomer = await make(WRITER, browser, customer);
    expect((await withKey(ofCustomer.key).get(`/organizations/${sibling.id}`)).status).toBe(404);
  });

  test('is made and revoked by admins with read/write access alone', async () => {
    const { id } = await make();
    const reader = await service.signIn(await service.user({ organization: customer, role: 'admin' }));
    const member = await service.signIn(await service.user({ organization: customer, access: 'read_write' }));
    expect((await reader.get(accountsOf(customer))).status).toBe(200);
    expect((await member.get(accountsOf(customer))).body.code).toBe('forbidden');
    for (const browser of [reader, member]) {
      const least = { name: 'Least', role: 'member', access: 'read_only' };
      expect((await browser.post(accountsOf(customer), least)).body.code).toBe('forbidden');
      expect((await browser.delete(`${accountsOf(customer)}/${id}`)).body.code).toBe('forbidden');
    }
  });

  test('makes no other, and revokes none', async () => {
    const { id, key } = await make();
    const program = withKey(key);
    expect((await program.post(accountsOf(customer), WRITER)).body.code).toBe('not_for_service_accounts');
    expect((await program.delete(`${accountsOf(customer)}/${id}`)).body.code).toBe('not_for_service_accounts');
    expect((await program.get(accountsOf(customer))).status).toBe(200);
  });

  test('grants nobody more than it has, and makes and touches no admin who can change things', async () => {
    const program = withKey((await make()).key);
    const base = { name: 'Made', organizationId: customer.id };
    const create = (rights: object) =>
      program.post('/users', { ...base, email: `u-${newId()}@example.com`, ...rights });
    expect((await create({ role: 'admin', access: 'read_write' })).body.code).toBe('not_for_service_accounts');
    const made = await create({ role: 'admin', access: 'read_only' });
    expect(made.status).toBe(201);
    const change = (id: string, changes: object) => program.patch(`/users/${id}`, changes);
    expect((await change(made.body.id, { access: 'read_write' })).body.code).toBe('not_for_service_accounts');
    const { user } = await anotherAdmin();
    for (const changes of [{ name: 'Other' }, { status: 'disabled' }, { role: 'member' }]) {
      expect((await change(user.id, changes)).body.code).toBe('not_for_service_accounts');
    }
  });

  test('never touches a password or a second factor', async () => {
    const program = withKey((await make()).key);
    const { user } = await service.enrolledUser({ organization: customer });
    const reset = await program.patch(`/users/${user.id}`, { mfaEnabled: false });
    expect(reset.body.code).toBe('not_for_service_accounts');
    expect((await admin.get(`/users/${user.id}`)).body.mfaEnabled).toBe(true);
    const withPassword = await program.post('/users', {
      ...{ email: `u-${newId()}@example.com`, name: 'Made', organizationId: customer.id, role: 'member' },
      ...{ access: 'read_only', password: 'willow canyon teapot ember' },
    });
    expect(withPassword.body.code).toBe('not_for_service_accounts');
  });
});

describe('the rights of a service account are judged at every use: its key is refused', () => {
  test.each([
    ['is disabled', { status: 'disabled' }, 'member', 'read_only'],
    ['is no admin any more', { role: 'member' }, 'admin', 'read_only'],
    ['may only read', { access: 'read_only' }, 'member', 'read_write'],
  ])('once its maker %s, and taken again when that is over', async (_, changes, role, access) => {
    const { user, browser } = await anotherAdmin();
    const { id, key } = await make({ name: 'Theirs', role, access }, browser);
    expect((await withKey(key).get('/service-account')).status).toBe(200);
    expect((await admin.patch(`/users/${user.id}`, changes)).status).toBe(200);
    expect((await withKey(key).get('/service-account')).body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await listed(id)).toMatchObject({ state: 'stopped' });
    const back = { status: 'active', role: 'admin', access: 'read_write' };
    expect((await admin.patch(`/users/${user.id}`, back)).status).toBe(200);
    expect((await withKey(key).get('/service-account')).status).toBe(200);
    expect(await listed(id)).toMatchObject({ state: 'active' });
  });

  test('and goes on where the maker has fewer rights, but not fewer than it', async () => {
    const { user, browser } = await anotherAdmin();
    const { key } = await make({ ...WRITER, access: 'read_only' }, browser);
    expect((await admin.patch(`/users/${user.id}`, { access: 'read_only' })).status).toBe(200);
    expect((await withKey(key).get('/users')).status).toBe(200);
  });

  test('once a maker of the partner is no admin, though it stands above every user of the customer', async () => {
    const { user, browser } = await anotherAdmin(partner);
    const { browser: above } = await anotherAdmin(partner);
    const { key } = await make(WRITER, browser);
    expect((await above.patch(`/users/${user.id}`, { role: 'member' })).status).toBe(200);
    expect((await withKey(key).get('/users')).status).toBe(401);
  });

  test('and is gone with a maker who is erased', async () => {
    const { user, browser } = await anotherAdmin();
    const { id, key } = await make(WRITER, browser);
    expect((await admin.post(`/users/${user.id}/erase`, { email: user.email })).status).toBe(204);
    expect((await withKey(key).get('/users')).status).toBe(401);
    expect(await listed(id)).toBeUndefined();
  });
});

describe('the end of a service account', () => {
  test('comes at the moment that was set', async () => {
    const expiresAt = new Date(service.clock.now().getTime() + 60_000).toISOString();
    const { id, key } = await make({ ...WRITER, expiresAt });
    service.clock.advance({ seconds: 59 });
    expect((await withKey(key).get('/users')).status).toBe(200);
    service.clock.advance({ seconds: 1 });
    expect((await withKey(key).get('/users')).body.code).toBe('unauthenticated');
    expect(await listed(id)).toMatchObject({ state: 'expired', expiresAt });
  });

  test.each([
    ['past', () => service.clock.now().toISOString()],
    ['beyond what a date holds', () => '9999-12-31T23:59:59Z'],
  ])('is refused where it is %s', async (_, expiresAt) => {
    const { status, body } = await admin.post(accountsOf(customer), { ...WRITER, expiresAt: expiresAt() });
    expect([status, body.errors[0].pointer]).toEqual([400, '/expiresAt']);
  });

  test('comes with the next request after it was revoked, once, and the log says by whom', async () => {
    const { id, key } = await make({ ...WRITER, name: 'Short-lived' });
    expect((await withKey(key).get('/users')).status).toBe(200);
    const path = `${accountsOf(customer)}/${id}`;
    expect((await admin.delete(path)).status).toBe(204);
    expect((await withKey(key).get('/users')).body.code).toBe('unauthenticated');
    expect((await admin.delete(path)).body.code).toBe('not_found');
    expect(await listed(id)).toBeUndefined();
    const events = (await admin.get(`/audit-events?organizationId=${customer.id}&action=service_account.revoked`)).body;
    expect(events.items[0]).toMatchObject({
      ...{ actor: { id: maker.id }, details: { serviceAccountId: id, name: 'Short-lived' } },
    });
  });

  test('leaves nothing behind after 30 days', async () => {
    const soon = new Date(service.clock.now().getTime() + 60_000).toISOString();
    const accounts = [await make({ ...WRITER, expiresAt: soon }), await make(), await make()];
    const [, revoked] = accounts;
    await admin.delete(`${accountsOf(customer)}/${revoked?.id}`);
    const left = () => service.db.serviceAccount.count({ where: { id: { in: accounts.map(({ id }) => id) } } });
    service.clock.advance({ hours: 30 * 24 });
    await service.services.serviceAccounts.purge();
    expect(await left()).toBe(3);
    service.clock.advance({ seconds: 61 });
    await service.services.serviceAccounts.purge();
    expect(await left()).toBe(1);
    admin = await service.signIn(maker);
  });
});

describe('the last use', () => {
  test('is noted at most once a minute', async () => {
    const { id, key } = await make();
    const usedAt = async () => (await listed(id)).lastUsedAt;
    expect(await usedAt()).toBeNull();
    const first = service.clock.now().toISOString();
    await withKey(key).get('/users');
    expect(await usedAt()).toBe(first);
    service.clock.advance({ seconds: 60 });
    await withKey(key).get('/users');
    expect(await usedAt()).toBe(first);
    service.clock.advance({ seconds: 1 });
    await withKey(key).get('/users');
    expect(await usedAt()).toBe(service.clock.now().toISOString());
  });

  test('is not that of a key that is refused', async () => {
    const { id, key } = await make();
    await admin.delete(`${accountsOf(customer)}/${id}`);
    await withKey(key).get('/users');
    expect((await service.db.serviceAccount.findUniqueOrThrow({ where: { id } })).usedAt).toBeNull();
  });
});

describe('SEC-3: a wrong key', () => {
  test('counts against its source as a wrong password does, and a right one is taken all the same', async () => {
    const address = '198.51.100.90';
    const { key } = await make();
    for (let n = 0; n < sourcePolicy.failures / 2; n += 1) {
      expect((await withKey(newKey(), address).get('/users')).status).toBe(401);
      expect((await withKey(`${newKey().slice(0, -1)}x`, address).get('/users')).status).toBe(401);
    }
    const refused = await withKey(newKey(), address).get('/users');
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_attempts']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const { email, password } = maker;
    expect((await service.browser({ address }).post('/auth/login', { email, password })).status).toBe(429);
    expect((await withKey(key, address).get('/users')).status).toBe(200);
    expect((await withKey(newKey(), '198.51.100.91').get('/users')).status).toBe(401);
  }, 60_000);

  test('that was a right one once does not, and the log tells of it', async () => {
    const { id, key } = await make({ ...WRITER, name: 'Leaked' });
    await admin.delete(`${accountsOf(customer)}/${id}`);
    const address = '198.51.100.92';
    expect((await withKey(key, address).get('/users')).status).toBe(401);
    const { items } = (await admin.get(`/audit-events?organizationId=${customer.id}&action=service_account.refused`))
      .body;
    expect(items[0]).toMatchObject({
      ...{ outcome: 'failure', actor: { id: null, name: 'service account: Leaked' }, address },
      details: { reason: 'revoked', serviceAccountId: id },
    });
    expect(await service.resources.limiter.check(address)).toBeNull();
  });
});

test('SEC-56: a key that is over fills no log', async () => {
  const { id, key } = await make({ ...WRITER, name: 'Forgotten' });
  await admin.delete(`${accountsOf(customer)}/${id}`);
  const count = async () =>
    (await eventsOf('service_account.refused')).filter(
      ({ details }) => (details as { serviceAccountId?: string }).serviceAccountId === id,
    ).length;
  for (let n = 0; n < 25; n += 1) expect((await withKey(key, '198.51.100.93').get('/users')).status).toBe(401);
  expect(await count()).toBe(20);
});

describe('the accounts of one organization', () => {
  test(`are ${MOST_SERVICE_ACCOUNTS} at most`, async () => {
    const organization = await service.customer(partner);
    const { browser } = await anotherAdmin(organization);
    const first = await make(WRITER, browser, organization);
    for (let n = 1; n < MOST_SERVICE_ACCOUNTS; n += 1) await make(WRITER, browser, organization);
    expect((await browser.post(accountsOf(organization), WRITER)).body.code).toBe('too_many_service_accounts');
    expect((await browser.delete(`${accountsOf(organization)}/${first.id}`)).status).toBe(204);
    await make(WRITER, browser, organization);
  });

  test.runIf(testDatabaseKind() === 'postgres')('are as many where they are made at once', async () => {
    const organization = await service.customer(partner);
    const { user, browser } = await anotherAdmin(organization);
    for (let n = 1; n < MOST_SERVICE_ACCOUNTS; n += 1) await make(WRITER, browser, organization);
    const rows = { text: 'SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE', values: [organization.id] };
    const browsers = [browser, ...(await Promise.all([1, 2].map(() => service.signIn(user))))];
    const answers = await whileHeld(databaseUrl(service.resources.database), rows, 3, () =>
      browsers.map((each) => each.post(accountsOf(organization), WRITER)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });
});

test.runIf(testDatabaseKind() === 'postgres')(
  'a key that is in use while it is revoked is refused from then on',
  async () => {
    const { id, key } = await make();
    const path = `${accountsOf(customer)}/${id}`;
    const rows = { text: 'SELECT 1 FROM service_accounts WHERE id = $1 FOR UPDATE', values: [id] };
    // Revocations come to the row before the uses that would note themselves in it.
    const [first, second, ...uses] = await whileHeld(
      databaseUrl(service.resources.database),
      rows,
      5,
      async (arrived) => {
        const revocations = [admin.delete(path), admin.delete(path)];
        await arrived(2);
        return [...revocations, ...[1, 2, 3].map(() => withKey(key).get('/users'))];
      },
    );
    expect([first?.status, second?.status].sort()).toEqual([204, 404]);
    // They were let in before the revocation was done, and note nothing in what is over.
    expect(uses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await service.db.serviceAccount.findUniqueOrThrow({ where: { id } })).usedAt).toBeNull();
    expect((await withKey(key).get('/users')).status).toBe(401);
  },
);
