import { effectiveSettings, FOLLOWS_ALL, rememberedDaysOf } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { mailsTo, tokenIn } from '../../testing/mails.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { addPasskey, passkeyUser } from '../../testing/passkeys.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;
const DAY_SECONDS = 24 * 60 * 60;
const COOKIE = 'sallyport_remembered';
const NEW_PASSWORD = 'walnut ferry lantern mosaic';

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
beforeAll(async () => {
  service = await TestApp.start();
});
beforeEach(async () => {
  partner = await service.partner();
  customer = await service.customer(partner);
  await allow(partner, 30);
});
afterAll(() => service.stop());

/** As an operator's file writes it. */
const allow = (organization: TestOrganization, rememberedDeviceDays: number | null) =>
  service.db.organization.update({ where: { id: organization.id }, data: { rememberedDeviceDays } });

/** As an admin of the partner changes it. */
async function set(organization: TestOrganization, rememberedDeviceDays: number | null) {
  const { browser } = await service.enrolledUser({ organization: partner, ...READ_WRITE });
  return browser.patch(`/organizations/${organization.id}/settings`, { rememberedDeviceDays });
}

const logIn = ({ email }: TestUser, browser: Browser, password = GOOD_PASSWORD) =>
  browser.post('/auth/login', { email, password });

const nextCode = (secret: string): string => {
  service.clock.advance({ seconds: 30 });
  return service.code(secret);
};

/** Both steps, with the box ticked. */
async function remember(user: TestUser, secret: string, browser = service.browser()): Promise<Browser> {
  expect((await logIn(user, browser)).body.status).toBe('mfa_required');
  const answer = await browser.post('/auth/login/mfa', {
    method: 'totp',
    code: nextCode(secret),
    rememberDevice: true,
  });
  expect(answer.status).toBe(200);
  return browser;
}

/** A user with MFA and a browser that is remembered, signed in there. */
async function remembered(options: Parameters<TestApp['user']>[0] = {}) {
  const enrolled = await service.enrolledUser({ organization: customer, ...options });
  return { ...enrolled, device: await remember(enrolled.user, enrolled.secret) };
}

const statusOf = async (user: TestUser, browser: Browser, password?: string): Promise<string> =>
  (await logIn(user, browser, password)).body.status;
const countOf = (user: TestUser) => service.db.rememberedDevice.count({ where: { userId: user.id } });
const devicesOf = async (browser: Browser) => (await browser.get('/me/devices')).body.items;

const entered = { status: 200, body: { status: 'authenticated', user: { session: { method: 'password', aal: 1 } } } };

describe('where the organization does not allow it', () => {
  test('nothing is offered, and nothing remembered', async () => {
    await allow(partner, null);
    const { user, secret } = await service.enrolledUser({ organization: customer });
    const browser = service.browser();
    expect((await logIn(user, browser)).body).not.toHaveProperty('rememberDeviceDays');
    const answer = await browser.post('/auth/login/mfa', {
      method: 'totp',
      code: nextCode(secret),
      rememberDevice: true,
    });
    expect(answer.status).toBe(200);
    expect(browser.jar.has(COOKIE)).toBe(false);
    expect(await countOf(user)).toBe(0);
    expect(await statusOf(user, browser)).toBe('mfa_required');
  });
});

describe('a browser that is remembered', () => {
  test('is not asked for the second step, in a session of one factor', async () => {
    const { user, secret } = await service.enrolledUser({ organization: customer });
    const browser = service.browser();
    expect((await logIn(user, browser)).body.rememberDeviceDays).toBe(30);
    const second = await browser.post('/auth/login/mfa', {
      method: 'totp',
      code: nextCode(secret),
      rememberDevice: true,
    });
    expect(second.body.user.session.aal).toBe(2);
    const cookie = second.cookies.find(({ name }) => name === COOKIE);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api/v1/auth', maxAge: 90 * DAY_SECONDS });

    await browser.post('/auth/logout');
    expect(await logIn(user, browser)).toMatchObject(entered);
    expect((await browser.get('/me')).body.session.aal).toBe(1);
    const admin = await service.signIn(await service.user({ organization: customer, ...READ_WRITE }));
    const events = (await admin.get(`/audit-events?userId=${user.id}`)).body.items;
    expect(events.filter(({ action }: { action: string }) => action === 'session.signed_in')).toMatchObject([
      { details: { secondFactor: null, rememberedDeviceId: (await devicesOf(browser))[0].id } },
      { details: { secondFactor: 'totp' } },
      {},
    ]);
  });

  test('is asked again after so many days, and not a moment later', async () => {
    const { user, secret, device } = await remembered();
    service.clock.advance({ seconds: 30 * DAY_SECONDS - 1 });
    expect(await statusOf(user, device)).toBe('authenticated');
    expect(await devicesOf(device)).toHaveLength(1);
    service.clock.advance({ seconds: 1 });
    expect(await statusOf(user, device)).toBe('mfa_required');
    expect((await device.post('/auth/login/mfa', { method: 'totp', code: nextCode(secret) })).status).toBe(200);
    expect(await devicesOf(device)).toEqual([]);
  });

  test('is not one without the box ticked, nor another browser', async () => {
    const { user, secret } = await remembered();
    const other = service.browser();
    expect(await statusOf(user, other)).toBe('mfa_required');
    await other.post('/auth/login/mfa', { method: 'totp', code: nextCode(secret) });
    expect(await statusOf(user, other)).toBe('mfa_required');
    await other.post('/auth/login/mfa', { method: 'totp', code: nextCode(secret), rememberDevice: false });
    expect(await statusOf(user, other)).toBe('mfa_required');
  });

  test('is remembered by a passkey too', async () => {
    const { user, authenticator } = await passkeyUser(service, { organization: customer });
    const browser = service.browser();
    await logIn(user, browser);
    const { body } = await browser.post('/auth/login/mfa/passkey-options');
    const answer = { method: 'passkey', response: authenticator.get(body), rememberDevice: true };
    expect((await browser.post('/auth/login/mfa', answer)).status).toBe(200);
    expect(await statusOf(user, browser)).toBe('authenticated');
  });

  test('is not by a backup code: who lost the phone may sit at a foreign browser', async () => {
    const { user, backupCodes } = await service.enrolledUser({ organization: customer });
    const browser = service.browser();
    await logIn(user, browser);
    const answer = { method: 'backup_code', code: backupCodes[0], rememberDevice: true };
    expect((await browser.post('/auth/login/mfa', answer)).status).toBe(200);
    expect(await countOf(user)).toBe(0);
    expect(await statusOf(user, browser)).toBe('mfa_required');
  });

  test('is not after single sign-on, whose second step is asked for each time', async () => {
    const { user, secret } = await service.enrolledUser({ organization: customer });
    const { id: connectionId } = await service.workingConnection(customer);
    const browser = service.browser();
    await logIn(user, browser);
    const data = { method: 'sso', connectionId, federation: {} } as const;
    await service.db.signInChallenge.updateMany({ where: { userId: user.id }, data });
    const answer = { method: 'totp', code: nextCode(secret), rememberDevice: true };
    expect(await browser.post('/auth/login/mfa', answer)).toMatchObject({
      body: { user: { session: { method: 'sso' } } },
    });
    expect(await countOf(user)).toBe(0);
  });

  test('is told of by mail and in the log', async () => {
    const { user } = await remembered();
    expect(await service.mailsTo(user.email)).toContain('A browser is remembered for your account');
    expect(await service.eventsOf(user, 'device.remembered')).toMatchObject([
      { actor: { id: user.id }, subject: { id: user.id }, details: { days: 30, deviceId: expect.any(String) } },
    ]);
  });

  test('is remembered with the session or not at all', async () => {
    const { user, secret } = await service.enrolledUser({ organization: customer });
    const browser = service.browser();
    await logIn(user, browser);
    const input = { method: 'totp', code: nextCode(secret), rememberDevice: true };
    for (const table of ['remembered_devices', 'outgoing_mails', 'sessions']) {
      const refused = await service.unwritable(table, () => browser.post('/auth/login/mfa', input));
      expect(refused).toMatchObject({ status: 503, cookies: [] });
    }
    expect(await countOf(user)).toBe(0);
    expect((await browser.post('/auth/login/mfa', input)).status).toBe(200);
    expect(await countOf(user)).toBe(1);
  });

  test('serves several users of one browser, each by itself', async () => {
    const { user, device } = await remembered();
    const second = await service.enrolledUser({ organization: customer });
    await remember(second.user, second.secret, device);
    for (const each of [user, second.user]) expect(await statusOf(each, device)).toBe('authenticated');
    await device.delete('/me/devices');
    expect(await statusOf(second.user, device)).toBe('mfa_required');
    expect(await statusOf(user, device)).toBe('authenticated');
    // Whatever else stands in the cookie is passed over, and never asked of the database.
    const own = device.jar.get(COOKIE) ?? '';
    device.jar.set(COOKIE, `x.${'A'.repeat(43)}.'.${'é'.repeat(43)}.${own}`);
    expect(await statusOf(user, device)).toBe('authenticated');
  });

  test('takes the place of what the same browser was before, and of no other', async () => {
    const { user, secret, device } = await remembered();
    await remember(user, secret);
    await set(customer, 0);
    await set(customer, 30);
    await remember(user, secret, device);
    expect(await countOf(user)).toBe(2);
  });
});

describe('SEC-43: the session of a remembered browser', () => {
  test('is never fresh, until the second factor is shown in it', async () => {
    const { user, secret, device } = await remembered(READ_WRITE);
    const { user: other } = await service.enrolledUser({ organization: customer });
    await logIn(user, device);
    const reset = () => device.patch(`/users/${other.id}`, { mfaEnabled: false });
    expect(await reset()).toMatchObject({
      status: 401,
      body: { code: 'reauthentication_required', next: { action: 'reauthenticate', methods: ['totp', 'backup_code'] } },
    });
    const alone = await device.post('/auth/step-up', { password: GOOD_PASSWORD });
    expect(alone).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
    expect((await reset()).status).toBe(401);
    const before = (await device.get('/me')).body.session.id;
    const proof = { password: GOOD_PASSWORD, code: nextCode(secret) };
    expect((await device.post('/auth/step-up', proof)).status).toBe(204);
    // SEC-23
    const { session } = (await device.get('/me')).body;
    expect([session.aal, session.id === before]).toEqual([2, false]);
    expect((await reset()).status).toBe(200);
    // It is the same browser still.
    expect(await devicesOf(device)).toMatchObject([{ current: true }]);
  });

  test('adds no factor, and changes no password, on the password alone', async () => {
    const { user, device } = await remembered();
    await logIn(user, device);
    const added = await addPasskey(device, new SoftwareAuthenticator());
    expect(added).toMatchObject({ status: 401, body: { code: 'reauthentication_required' } });
    const changed = await device.post('/me/password', { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD });
    expect(changed).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
  });

  test('lives as any other: it is refreshed, listed and ended', async () => {
    const { user, device } = await remembered();
    await logIn(user, device);
    expect((await device.post('/auth/refresh')).status).toBe(204);
    expect((await device.get('/me/sessions')).body.items).toContainEqual(
      expect.objectContaining({ current: true, aal: 1 }),
    );
    await device.delete('/me/sessions');
    expect(await statusOf(user, device)).toBe('authenticated');
  });
});

describe('the user', () => {
  test('sees the browsers, and which is this one', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization: customer });
    const firefox = await remember(user, secret, service.browser({ headers: { 'user-agent': 'Firefox' } }));
    const createdAt = service.clock.now();
    const chrome = await remember(user, secret, service.browser({ headers: { 'user-agent': 'Chrome' } }));
    service.clock.advance({ minutes: 1 });
    await logIn(user, firefox);
    const row = (userAgent: string, current: boolean, lastUsedAt: string | null) =>
      expect.objectContaining({ userAgent, current, lastUsedAt });
    const now = service.clock.now().toISOString();
    expect(await devicesOf(firefox)).toEqual([row('Firefox', true, now), row('Chrome', false, null)]);
    expect((await devicesOf(firefox))[0]).toEqual({
      id: expect.any(String),
      userAgent: 'Firefox',
      current: true,
      createdAt: createdAt.toISOString(),
      lastUsedAt: now,
      expiresAt: new Date(createdAt.getTime() + 30 * DAY_SECONDS * 1000).toISOString(),
    });
    expect((await devicesOf(chrome)).map(({ current }: { current: boolean }) => current)).toEqual([false, true]);
    expect(await devicesOf(browser)).toHaveLength(2);
  });

  test('forgets one: it is signed out, and asked for the second step', async () => {
    const { user, browser, device } = await remembered();
    await logIn(user, device);
    const other = await remembered();
    const [{ id }] = await devicesOf(browser);
    expect((await other.browser.delete(`/me/devices/${id}`)).body.code).toBe('not_found');
    expect((await browser.delete(`/me/devices/${id}`)).status).toBe(204);
    expect((await device.get('/me')).status).toBe(401);
    expect((await device.post('/auth/refresh')).status).toBe(401);
    expect(await statusOf(user, device)).toBe('mfa_required');
    expect((await browser.delete(`/me/devices/${id}`)).body.code).toBe('not_found');
    const events = await service.eventsOf(user, 'device.forgotten');
    expect(events).toMatchObject([{ actor: { id: user.id }, details: { count: 1, deviceId: id } }]);
  });

  test('forgets this one, and stays signed in', async () => {
    const { user, device } = await remembered();
    await logIn(user, device);
    const [{ id }] = await devicesOf(device);
    expect((await device.delete(`/me/devices/${id}`)).status).toBe(204);
    expect((await device.get('/me')).status).toBe(200);
    expect(await devicesOf(device)).toEqual([]);
    expect(await statusOf(user, device)).toBe('mfa_required');
  });

  test('forgets all, and nobody else is concerned', async () => {
    const { user, secret, browser, device } = await remembered();
    const second = await remember(user, secret);
    const other = await remembered();
    expect((await browser.delete('/me/devices')).status).toBe(204);
    expect((await browser.delete('/me/devices')).status).toBe(204);
    for (const each of [device, second]) expect(await statusOf(user, each)).toBe('mfa_required');
    expect(await statusOf(other.user, other.device)).toBe('authenticated');
    expect(
      (await service.eventsOf(user, 'device.forgotten')).map(({ details }: { details: object }) => details),
    ).toEqual([{ count: 2 }]);
  });
});

describe('SEC-5, SEC-15, SEC-16: it ends with', () => {
  type Scene = Awaited<ReturnType<typeof remembered>>;
  const proof = ({ secret }: Scene) => ({ password: GOOD_PASSWORD, code: nextCode(secret) });

  const changes: Record<string, (scene: Scene) => Promise<{ status: number }>> = {
    'a change of the password': ({ browser, secret }) =>
      browser.post('/me/password', {
        currentPassword: GOOD_PASSWORD,
        newPassword: NEW_PASSWORD,
        code: nextCode(secret),
      }),
    'a reset of the password': async ({ user }) => {
      await service.browser().post('/auth/password-reset', { email: user.email });
      const token = tokenIn((await mailsTo(service, user.email)).at(-1));
      return service.browser().post('/auth/password-reset/confirm', { token, newPassword: NEW_PASSWORD });
    },
    'new backup codes': (scene) => scene.browser.post('/me/mfa/backup-codes', proof(scene)),
    'another factor': ({ browser }) => addPasskey(browser, new SoftwareAuthenticator()),
    'the end of MFA': (scene) => scene.browser.post('/me/mfa/disable', proof(scene)),
    'a reset by an admin': async ({ user }) => {
      const admin = await service.enrolledUser({ organization: customer, ...READ_WRITE });
      return admin.browser.patch(`/users/${user.id}`, { mfaEnabled: false });
    },
    'a block of the user': async ({ user }) => {
      const admin = await service.enrolledUser({ organization: customer, ...READ_WRITE });
      return admin.browser.patch(`/users/${user.id}`, { status: 'disabled' });
    },
    "the operator's end of all sessions": async ({ user }) => {
      await service.services.usersByOperator.endSessions(user.email);
      return { status: 204 };
    },
  };

  test.each(Object.keys(changes))('%s', async (name) => {
    const scene = await remembered();
    const untouched = await remembered();
    const { status } = (await changes[name]?.(scene)) ?? { status: 0 };
    expect([200, 201, 204]).toContain(status);
    expect(await countOf(scene.user)).toBe(0);
    expect(await countOf(untouched.user)).toBe(1);
    // The cookie that is left, or was stolen before, is of no use.
    for (const password of [GOOD_PASSWORD, NEW_PASSWORD]) {
      const { body } = await logIn(scene.user, scene.device, password);
      if (name !== 'the end of MFA' && name !== 'a reset by an admin') expect(body.status).not.toBe('authenticated');
    }
  });

  test('one factor of several', async () => {
    const scene = await remembered();
    const added = await addPasskey(scene.browser, new SoftwareAuthenticator());
    await remember(scene.user, scene.secret, scene.device);
    const path = `/me/mfa/passkeys/${added.body.factor.id}`;
    expect((await scene.browser.patch(path, { name: 'Key' })).status).toBe(200);
    expect(await countOf(scene.user)).toBe(1);
    expect((await scene.browser.post(`${path}/remove`, proof(scene))).status).toBe(204);
    expect(await countOf(scene.user)).toBe(0);
    expect(await statusOf(scene.user, scene.device)).toBe('mfa_required');
  });

  test('a change that its own session makes, which goes on', async () => {
    const { user, device, secret } = await remembered();
    await logIn(user, device);
    const changed = await device.post('/me/password', {
      currentPassword: GOOD_PASSWORD,
      newPassword: NEW_PASSWORD,
      code: nextCode(secret),
    });
    expect(changed.status).toBe(204);
    expect((await device.get('/me')).status).toBe(200);
    expect(await statusOf(user, device, NEW_PASSWORD)).toBe('mfa_required');
  });
});

describe('SEC-3: the locks', () => {
  test('hold a remembered browser up as any other: wrong passwords', async () => {
    const { user, device } = await remembered();
    for (let times = 0; times < 10; times += 1) expect((await logIn(user, device, 'wrong')).status).toBe(401);
    expect(await logIn(user, device)).toMatchObject({ status: 429 });
    service.clock.advance({ seconds: 31 });
    expect(await statusOf(user, device)).toBe('authenticated');
  });

  test('wrong codes: while the second step is locked, the browser stands for nothing', async () => {
    const { user, device } = await remembered();
    for (let times = 0; times < 2; times += 1) {
      const guesser = service.browser();
      await logIn(user, guesser);
      for (let codes = 0; codes < 5; codes += 1)
        await guesser.post('/auth/login/mfa', { method: 'totp', code: '000000' });
    }
    expect(await statusOf(user, device)).toBe('mfa_required');
    service.clock.advance({ minutes: 15 });
    expect(await statusOf(user, device)).toBe('authenticated');
  });

  test('the right password there does not reset the count of codes', async () => {
    const { user, device, secret } = await remembered();
    const guesser = service.browser();
    await logIn(user, guesser);
    for (let codes = 0; codes < 5; codes += 1)
      await guesser.post('/auth/login/mfa', { method: 'totp', code: '000000' });
    expect(await statusOf(user, device)).toBe('authenticated');
    await logIn(user, guesser);
    for (let codes = 0; codes < 5; codes += 1)
      await guesser.post('/auth/login/mfa', { method: 'totp', code: '000000' });
    const third = service.browser();
    await logIn(user, third);
    expect((await third.post('/auth/login/mfa', { method: 'totp', code: nextCode(secret) })).status).toBe(429);
  });
});

describe('SEC-4: the cookie', () => {
  test('of another user opens nothing', async () => {
    const { device } = await remembered();
    const { user } = await service.enrolledUser({ organization: customer });
    expect(await statusOf(user, device)).toBe('mfa_required');
  });

  test('is looked for and taken for its own user, each by itself', async () => {
    const { devices } = service.services;
    const { user: owner, device } = await remembered();
    const { user } = await service.enrolledUser({ organization: customer });
    const { id } = await service.db.rememberedDevice.findFirstOrThrow({ where: { userId: owner.id } });
    const tokens = [device.jar.get(COOKIE) ?? ''];
    expect([await devices.find(owner.id, tokens), await devices.find(user.id, tokens)]).toEqual([id, null]);
    const find = vi.spyOn(devices, 'find').mockResolvedValue(id);
    expect([await statusOf(owner, device), await statusOf(user, device)]).toEqual(['authenticated', 'mfa_required']);
    find.mockRestore();
  });

  test('opens nothing by a password that changed since it was judged, were the device kept', async () => {
    const { devices } = service.services;
    const { user, device } = await remembered();
    const passwordHash = await service.resources.hasher.hash(NEW_PASSWORD);
    const look = devices.find.bind(devices);
    const find = vi.spyOn(devices, 'find').mockImplementationOnce(async (...args) => {
      await service.db.localCredential.update({ where: { userId: user.id }, data: { passwordHash } });
      return look(...args);
    });
    expect((await logIn(user, device)).body.code).toBe('invalid_credentials');
    expect(find).toHaveBeenCalledOnce();
    find.mockRestore();
    expect(await statusOf(user, device, NEW_PASSWORD)).toBe('authenticated');
  });

  test('alone, or with a wrong password, opens nothing', async () => {
    const { user, device } = await remembered();
    const thief = service.browser();
    thief.jar.set(COOKIE, device.jar.get(COOKIE) ?? '');
    expect((await thief.get('/me')).status).toBe(401);
    expect((await logIn(user, thief, 'wrong')).body.code).toBe('invalid_credentials');
  });

  test('is kept as a hash alone', async () => {
    const { user, device } = await remembered();
    const row = await service.db.rememberedDevice.findFirstOrThrow({ where: { userId: user.id } });
    expect(JSON.stringify(row)).not.toContain(device.jar.get(COOKIE));
    expect(row.tokenHash).toHaveLength(32);
  });
});

describe('the setting', () => {
  test('follows the partner, and may only be fewer days', async () => {
    expect(await set(customer, 31)).toMatchObject({
      status: 422,
      body: { code: 'weaker_than_partner', errors: [{ pointer: '/rememberedDeviceDays' }] },
    });
    expect((await set(customer, 7)).body).toMatchObject({ rememberedDeviceDays: 7, own: { rememberedDeviceDays: 7 } });
    const { user } = await service.enrolledUser({ organization: customer });
    expect((await logIn(user, service.browser())).body.rememberDeviceDays).toBe(7);
    expect((await set(customer, null)).body.rememberedDeviceDays).toBe(30);
  });

  test.each([0, 7])(
    'brought down to %i ends what is longer, for customers too, and brings nothing back',
    async (days) => {
      const { user, device } = await remembered();
      const above = await remembered({ organization: partner });
      const elsewhere = await service.partner();
      await allow(elsewhere, 30);
      const other = await remembered({ organization: elsewhere });
      service.clock.advance({ seconds: 7 * DAY_SECONDS });
      await logIn(user, device);
      expect((await set(partner, days)).status).toBe(200);
      // The session that it opened ends too.
      expect((await device.get('/me')).status).toBe(401);
      for (const each of [{ user, device }, above]) expect(await statusOf(each.user, each.device)).toBe('mfa_required');
      expect(await statusOf(other.user, other.device)).toBe('authenticated');
      await set(partner, 90);
      expect(await statusOf(user, device)).toBe('mfa_required');
    },
  );

  test('brought down leaves what is younger, for so many days', async () => {
    const { user, device } = await remembered();
    const createdMs = service.clock.now().getTime();
    await set(partner, 7);
    const passed = (service.clock.now().getTime() - createdMs) / 1000;
    const expiresAt = new Date(createdMs + 7 * DAY_SECONDS * 1000).toISOString();
    expect(await devicesOf(device)).toMatchObject([{ expiresAt }]);
    service.clock.advance({ seconds: 7 * DAY_SECONDS - passed - 1 });
    expect(await statusOf(user, device)).toBe('authenticated');
    service.clock.advance({ seconds: 1 });
    expect(await statusOf(user, device)).toBe('mfa_required');
  });

  test('brought down concerns the users of the organization alone', async () => {
    const other = await service.customer(await service.partner({ rememberedDeviceDays: 30 }));
    const { user } = await remembered({ organization: other });
    const endOf = async () =>
      (await service.db.rememberedDevice.findFirstOrThrow({ where: { userId: user.id } })).expiresAt;
    const before = await endOf();
    // Written by a file there, which tells nobody.
    await allow(other, 0);
    expect((await set(customer, 7)).status).toBe(200);
    expect(await endOf()).toEqual(before);
  });

  test('raised promises nothing more to what is remembered', async () => {
    const { user, device } = await remembered();
    await set(partner, 90);
    service.clock.advance({ seconds: 30 * DAY_SECONDS });
    expect(await statusOf(user, device)).toBe('mfa_required');
  });

  test('that changed without a word, as by a file, counts where the browser is used', async () => {
    const { user, device } = await remembered();
    await allow(customer, 1);
    service.clock.advance({ seconds: DAY_SECONDS });
    expect(await statusOf(user, device)).toBe('mfa_required');
    expect(await devicesOf(await service.signIn(await service.user()))).toEqual([]);
  });

  test('is merged by the statement as by the rule, for every pair', async () => {
    const choices = [null, 0, 1, 7, 90];
    const { user } = await service.enrolledUser({ organization: customer });
    const of = (rememberedDeviceDays: number | null) => ({ ...FOLLOWS_ALL, rememberedDeviceDays });
    for (const own of choices) {
      for (const above of choices) {
        await allow(customer, own);
        await allow(partner, above);
        const expected = effectiveSettings(of(own), of(above)).rememberedDeviceDays;
        const { body } = await logIn(user, service.browser());
        expect([own, above, body.rememberDeviceDays ?? 0]).toEqual([own, above, expected]);
      }
    }
  });

  test('counts for nothing where only passkeys will do: none is offered, remembered or honoured', async () => {
    const { user, browser, authenticator } = await passkeyUser(service, { organization: customer });
    const device = service.browser();
    const signIn = async () => {
      const { rememberDeviceDays } = (await logIn(user, device)).body;
      const { body } = await device.post('/auth/login/mfa/passkey-options');
      const answer = { method: 'passkey', response: authenticator.get(body), rememberDevice: true };
      expect((await device.post('/auth/login/mfa', answer)).status).toBe(200);
      return rememberDeviceDays;
    };
    expect(await signIn()).toBe(30);
    await logIn(user, device);
    await service.db.organization.update({
      where: { id: customer.id },
      data: { mfaRequired: 'everybody', mfaPhishingResistant: true },
    });
    // The session that it opened opens nothing any more.
    expect((await device.get('/me/sessions')).body.code).toBe('mfa_enrollment_required');
    expect(await statusOf(user, device)).toBe('mfa_required');
    expect(await signIn()).toBeUndefined();
    expect(await countOf(user)).toBe(1);
    expect(await statusOf(user, device)).toBe('mfa_required');
    expect((await browser.get('/me/sessions')).status).toBe(200);
  });

  test('never makes a browser stand for a factor that no imitated page can take', () => {
    const policy = { required: true, phishingResistant: true };
    expect(rememberedDaysOf(policy, { rememberedDeviceDays: 90 })).toBe(0);
    expect(rememberedDaysOf({ ...policy, phishingResistant: false }, { rememberedDeviceDays: 90 })).toBe(90);
  });
});

test('SEC-58: what is over is removed, and nothing before', async () => {
  const { user } = await remembered();
  service.clock.advance({ seconds: 30 * DAY_SECONDS });
  await service.services.devices.purge();
  expect(await countOf(user)).toBe(1);
  service.clock.advance({ seconds: 1 });
  await service.services.devices.purge();
  expect(await countOf(user)).toBe(0);
});

test('the user finds it in what is kept of the own person', async () => {
  const { browser, user, secret } = await remembered();
  await browser.post('/auth/step-up', { password: GOOD_PASSWORD, code: nextCode(secret) });
  const { body } = await browser.get('/me/export');
  const { id } = await service.db.rememberedDevice.findFirstOrThrow({ where: { userId: user.id } });
  expect(JSON.stringify(body)).toContain(id);
});

describe.runIf(testDatabaseKind() === 'postgres')('requests that overlap', () => {
  const url = () => databaseUrl(service.resources.database);
  const userRow = ({ id }: TestUser) => ({ text: 'SELECT 1 FROM users WHERE id = $1 FOR UPDATE', values: [id] });
  const deviceRow = ({ id }: TestUser) => ({
    text: 'SELECT 1 FROM remembered_devices WHERE user_id = $1 FOR UPDATE',
    values: [id],
  });
  const liveSessions = (user: TestUser) =>
    service.db.session.count({ where: { userId: user.id, revokedAt: null, aal: 1 } });

  test('SEC-4: a sign-in under way when the device is forgotten is asked for the second step', async () => {
    const { user, browser, device } = await remembered();
    const [{ id }] = await devicesOf(browser);
    const answers = await whileHeld(url(), deviceRow(user), 2, async (arrived) => {
      const forgetting = browser.delete(`/me/devices/${id}`);
      await arrived(1);
      return [forgetting, logIn(user, device)];
    });
    expect(answers).toMatchObject([{ status: 204 }, { body: { status: 'mfa_required' } }]);
    expect(await liveSessions(user)).toBe(0);
  });

  test('SEC-4: a sign-in that was first ends with the device', async () => {
    const { user, browser, device } = await remembered();
    const [{ id }] = await devicesOf(browser);
    const answers = await whileHeld(url(), deviceRow(user), 2, async (arrived) => {
      const signingIn = logIn(user, device);
      await arrived(1);
      return [signingIn, browser.delete(`/me/devices/${id}`)];
    });
    expect(answers).toMatchObject([{ body: { status: 'authenticated' } }, { status: 204 }]);
    expect(await liveSessions(user)).toBe(0);
    expect((await device.get('/me')).status).toBe(401);
  });

  test.each(['reset', 'sign-in'])(
    'SEC-16: of a reset and a sign-in at once, the %s first, no session is left',
    async (first) => {
      const { user, device } = await remembered();
      const admin = await service.enrolledUser({ organization: customer, ...READ_WRITE });
      const reset = () => admin.browser.patch(`/users/${user.id}`, { mfaEnabled: false });
      const signIn = () => logIn(user, device);
      await whileHeld(url(), userRow(user), 2, async (arrived) => {
        const begun = first === 'reset' ? reset() : signIn();
        await arrived(1);
        return [begun, first === 'reset' ? signIn() : reset()];
      });
      expect(await countOf(user)).toBe(0);
      // A sign-in that waited may find MFA gone, and come in without, as any other would.
      const left = await service.db.session.findMany({
        where: { userId: user.id, revokedAt: null, rememberedDeviceId: { not: null } },
      });
      expect(left).toEqual([]);
    },
  );

  test('SEC-5: a sign-in under way when the password is reset opens nothing', async () => {
    const { user, device } = await remembered();
    await service.browser().post('/auth/password-reset', { email: user.email });
    const token = tokenIn((await mailsTo(service, user.email)).at(-1));
    const answers = await whileHeld(url(), userRow(user), 2, async (arrived) => {
      const reset = service.browser().post('/auth/password-reset/confirm', { token, newPassword: NEW_PASSWORD });
      await arrived(1);
      return [reset, logIn(user, device)];
    });
    expect(answers).toMatchObject([{ status: 204 }, { status: 401 }]);
    expect(await liveSessions(user)).toBe(0);
  });
});
