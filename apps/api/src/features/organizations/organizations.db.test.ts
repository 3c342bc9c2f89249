import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const readWrite = { role: 'admin', access: 'read_write' } as const;

async function tenants(): Promise<{ partner: TestOrganization; customer: TestOrganization; partnerAdmin: Browser }> {
  const partner = await service.partner();
  const customer = await service.customer(partner);
  const partnerAdmin = await service.signIn(await service.user({ organization: partner, ...readWrite }));
  return { partner, customer, partnerAdmin };
}

const lastEvent = async (browser: Browser) => (await browser.get('/audit-events?limit=1')).body.items[0];

describe('organizations', () => {
  test('a Partner Admin creates a customer, and its users', async () => {
    const { partner, partnerAdmin } = await tenants();
    const slug = `new-${partner.id}`;
    const created = await partnerAdmin.post('/organizations', { name: ' New customer ', slug });
    expect(created).toMatchObject({
      status: 201,
      body: { slug, name: 'New customer', kind: 'customer', partnerId: partner.id },
    });
    expect((await partnerAdmin.get(`/organizations/${created.body.id}`)).body).toEqual(created.body);
    expect(await lastEvent(partnerAdmin)).toMatchObject({
      action: 'organization.created',
      organizationId: created.body.id,
      details: { name: 'New customer', slug },
    });
    const user = { email: `first@${slug}.example`, name: 'First', organizationId: created.body.id, ...readWrite };
    const { status, body } = await partnerAdmin.post('/users', { ...user, password: GOOD_PASSWORD });
    expect({ status, organization: body.organization }).toMatchObject({ status: 201, organization: { slug } });
  });

  test('a slug has one owner', async () => {
    const { customer, partner, partnerAdmin } = await tenants();
    const taken = await partnerAdmin.post('/organizations', { name: 'Other', slug: customer.slug });
    expect(taken).toMatchObject({ status: 409, body: { code: 'slug_taken', errors: [{ pointer: '/slug' }] } });
    const moved = await partnerAdmin.patch(`/organizations/${partner.id}`, { slug: customer.slug });
    expect(moved).toMatchObject({ status: 409, body: { code: 'slug_taken' } });
    const slug = `same-${partner.id}`;
    const both = await Promise.all([1, 2].map(() => partnerAdmin.post('/organizations', { name: 'Same', slug })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test.each(['', '-a', 'a-', 'A', 'a_b', 'ä', 'a b', 'a'.repeat(64)])('%j is no slug', async (slug) => {
    const { partnerAdmin } = await tenants();
    expect((await partnerAdmin.post('/organizations', { name: 'X', slug })).body.code).toBe('invalid_request');
  });

  test('name and slug can be changed', async () => {
    const { customer, partnerAdmin } = await tenants();
    const changed = await partnerAdmin.patch(`/organizations/${customer.id}`, { name: 'Renamed' });
    expect(changed).toMatchObject({ status: 200, body: { id: customer.id, name: 'Renamed', slug: customer.slug } });
    expect(await lastEvent(partnerAdmin)).toMatchObject({
      action: 'organization.updated',
      details: { name: 'Renamed' },
    });
  });

  test('pages hold each organization once', async () => {
    const { partner, partnerAdmin } = await tenants();
    for (let index = 0; index < 4; index++) await service.customer(partner);
    const slugs: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await partnerAdmin.get(`/organizations?limit=2${cursor && `&cursor=${cursor}`}`);
      slugs.push(...body.items.map((item: { slug: string }) => item.slug));
      cursor = body.nextCursor;
    }
    expect(slugs).toHaveLength(6);
    expect(new Set(slugs).size).toBe(6);
  });
});

describe('settings', () => {
  const defaults = {
    localSignInEnabled: true,
    minimumPasswordLength: 8,
    sessionLifetimeMinutes: 720,
    sessionIdleMinutes: 60,
    auditRetentionDays: 3650,
    mfaRequired: 'nobody',
    mfaGraceDays: 14,
    rememberedDeviceDays: 0,
    mfaPhishingResistant: false,
    passwordlessEnabled: false,
    reenrollmentPass: false,
    resetDelayHours: 0,
    resetNeedsSecondAdmin: false,
    recoveryDelayHours: 0,
    passkeyModels: null,
  };
  const nothing = Object.fromEntries(Object.keys(defaults).map((key) => [key, null]));
  const fixed = ['rememberedDeviceDays'];

  test('come from the customer, else its partner, else the defaults', async () => {
    const { customer, partner, partnerAdmin } = await tenants();
    const path = `/organizations/${customer.id}/settings`;
    expect((await partnerAdmin.get(path)).body).toEqual({ ...defaults, fixed, own: nothing, inherited: defaults });

    await partnerAdmin.patch(`/organizations/${partner.id}/settings`, { minimumPasswordLength: 12 });
    const inherited = { ...defaults, minimumPasswordLength: 12 };
    expect((await partnerAdmin.get(path)).body).toEqual({ ...inherited, fixed, own: nothing, inherited });

    const changed = await partnerAdmin.patch(path, { minimumPasswordLength: 15, sessionIdleMinutes: 20 });
    const own = { minimumPasswordLength: 15, sessionIdleMinutes: 20 };
    expect(changed.body).toEqual({ ...inherited, ...own, fixed, own: { ...nothing, ...own }, inherited });
    expect(await lastEvent(partnerAdmin)).toMatchObject({
      action: 'settings.updated',
      organizationId: customer.id,
      details: own,
    });

    const followed = await partnerAdmin.patch(path, { minimumPasswordLength: null });
    expect(followed.body).toMatchObject({ minimumPasswordLength: 12, sessionIdleMinutes: 20 });
    expect((await partnerAdmin.get(path)).body).toEqual(followed.body);
  });

  test('of a customer name those in which its partner leaves no choice', async () => {
    const { customer, partner, partnerAdmin } = await tenants();
    const decided = { passwordlessEnabled: false, mfaPhishingResistant: true, rememberedDeviceDays: 30 };
    const { body } = await partnerAdmin.patch(`/organizations/${partner.id}/settings`, decided);
    expect(body.fixed).toEqual([]);
    const settings = (await partnerAdmin.get(`/organizations/${customer.id}/settings`)).body;
    expect(settings.fixed).toEqual(['mfaPhishingResistant', 'passwordlessEnabled']);
  });

  test('the minimum length counts for new passwords', async () => {
    const { customer, partner, partnerAdmin } = await tenants();
    await partnerAdmin.patch(`/organizations/${partner.id}/settings`, { minimumPasswordLength: 40 });
    const user = { email: `short@${customer.slug}.example`, name: 'S', organizationId: customer.id, ...readWrite };
    const { body } = await partnerAdmin.post('/users', { ...user, password: GOOD_PASSWORD });
    expect(body).toMatchObject({ code: 'weak_password', errors: [{ pointer: '/password' }] });
  });

  test.each([
    { minimumPasswordLength: 7 },
    { minimumPasswordLength: 65 },
    { sessionLifetimeMinutes: 14 },
    { sessionLifetimeMinutes: 1441 },
    { sessionIdleMinutes: 9 },
    { mfaGraceDays: -1 },
    { mfaGraceDays: 91 },
    { rememberedDeviceDays: -1 },
    { rememberedDeviceDays: 91 },
    { resetDelayHours: -1 },
    { resetDelayHours: 169 },
    { recoveryDelayHours: -1 },
    { recoveryDelayHours: 169 },
    { mfaRequired: 'some' },
    { auditRetentionDays: 89 },
    { sessionIdleMinutes: 30.5 },
    { localSignInEnabled: 'false' },
    { requireMfa: true },
  ])('%j is refused', async (changes) => {
    const { customer, partnerAdmin } = await tenants();
    const answer = await partnerAdmin.patch(`/organizations/${customer.id}/settings`, changes);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  test('local sign-in stays on where nobody could sign in without it', async () => {
    const { customer, partner, partnerAdmin } = await tenants();
    for (const { id } of [customer, partner]) {
      const answer = await partnerAdmin.patch(`/organizations/${id}/settings`, { localSignInEnabled: false });
      expect(answer).toMatchObject({ status: 409, body: { code: 'no_working_sso' } });
      expect((await partnerAdmin.get(`/organizations/${id}/settings`)).body.localSignInEnabled).toBe(true);
    }
  });

  test('following a partner without local sign-in is switching it off', async () => {
    const partner = await service.partner();
    const customer = await service.customer(partner, { localSignInEnabled: true });
    const admin = await service.signIn(await service.user({ organization: customer, ...readWrite }));
    await service.db.organization.update({ where: { id: partner.id }, data: { localSignInEnabled: false } });
    const answer = await admin.patch(`/organizations/${customer.id}/settings`, { localSignInEnabled: null });
    expect(answer).toMatchObject({ status: 409, body: { code: 'no_working_sso' } });
  });

  test('SEC-6: switched off at the partner, it is off for the customers that follow and have another way in', async () => {
    const { customer, partner } = await tenants();
    const without = await service.customer(partner);
    const apart = await service.customer(partner, { localSignInEnabled: true });
    const admin = await service.user({ organization: partner, ...readWrite });
    const partnerAdmin = await service.signInThrough(await service.workingConnection(partner), admin);
    await service.workingConnection(customer);
    await service.workingConnection(apart);
    const [follower, stranded, keeper] = await Promise.all(
      [customer, without, apart].map((organization) => service.user({ organization })),
    );
    if (!follower || !stranded || !keeper) throw new Error('three users');
    const open = await service.signIn(follower);
    const off = { localSignInEnabled: false };
    expect((await partnerAdmin.patch(`/organizations/${partner.id}/settings`, off)).status).toBe(200);

    expect((await open.get('/me')).body.code).toBe('unauthenticated');
    expect((await open.post('/auth/refresh')).body.code).toBe('session_expired');
    const { email, password } = follower;
    const refused = await service.browser().post('/auth/login', { email, password });
    expect(refused).toMatchObject({ status: 403, body: { code: 'local_sign_in_disabled' } });
    // SEC-35: nobody is locked out for want of a connection, and the partner's admins are told.
    for (const user of [stranded, keeper]) expect((await (await service.signIn(user)).get('/me')).status).toBe(200);
    const settings = (await partnerAdmin.get(`/organizations/${without.id}/settings`)).body;
    expect(settings).toMatchObject({ localSignInEnabled: true, own: { localSignInEnabled: true } });
    expect((await service.mailTextsTo(admin.email)).at(-1)).toContain(`keep their passwords: ${without.name}.`);
    const events = (await partnerAdmin.get('/audit-events?action=settings.updated')).body.items;
    expect(events).toMatchObject([
      { organizationId: without.id, details: { localSignInEnabled: true } },
      { organizationId: partner.id, details: { localSignInEnabled: false, keeping: [without.name] } },
    ]);
  });

  test('the operator switches local sign-in on again', async () => {
    const customer = await service.customer(await service.partner(), { localSignInEnabled: false });
    const admin = await service.user({ organization: customer, ...readWrite });
    const { organizations } = service.services;
    expect(await organizations.enableLocalSignInByOperator(customer.slug)).toBe(true);
    expect(await organizations.enableLocalSignInByOperator(customer.slug)).toBe(false);
    await expect(organizations.enableLocalSignInByOperator('no-such-slug')).rejects.toMatchObject({
      code: 'not_found',
    });
    const browser = await service.signIn(admin);
    const { items } = (await browser.get('/audit-events?action=local_sign_in.enabled')).body;
    expect(items).toMatchObject([{ actor: { id: null, name: 'operator: local-sign-in enable' }, address: null }]);
  });
});
