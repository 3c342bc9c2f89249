import { RESET_APPROVAL_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { mailsTo, tokenIn } from '../../testing/mails.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { databaseUrl } from '../../testing/postgres.ts';

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
let asker: TestUser;
let admin: Browser;
let second: Browser;

const readWrite = { role: 'admin', access: 'read_write' } as const;

beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

beforeEach(async () => {
  partner = await service.partner();
  customer = await service.customer(partner);
  asker = await service.user({ organization: customer, ...readWrite });
  admin = await service.signIn(asker);
  second = await service.signIn(await service.user({ organization: customer, ...readWrite }));
});

const set = (data: object, of: TestOrganization = customer) =>
  service.db.organization.update({ where: { id: of.id }, data });

const SECOND_ADMIN = { resetNeedsSecondAdmin: true };
const A_DAY = { resetDelayHours: 24 };

const ask = (user: TestUser, changes: object = {}, by = admin) =>
  by.patch(`/users/${user.id}`, { mfaEnabled: false, ...changes });
const approve = (user: TestUser, by = second) => by.post(`/users/${user.id}/mfa-reset/approve`);
const stop = (user: TestUser, by = second) => by.delete(`/users/${user.id}/mfa-reset`);
const settle = () => service.services.mfaResets.settle();
const isOn = async (user: TestUser) => (await service.db.enabledMfa.count({ where: { userId: user.id } })) === 1;
const waits = async (user: TestUser) => (await service.db.waitingReset.count({ where: { userId: user.id } })) === 1;
/** Passes hours in which the sessions of the admins go on. */
async function pass(time: { hours?: number; seconds?: number }) {
  service.clock.advance(time);
  admin = await service.signIn(asker);
  second = await service.signIn(await service.user({ organization: customer, ...readWrite }));
}

/** A user whose reset was asked for under these settings. */
async function waiting(settings: object, changes: object = {}) {
  await set(settings);
  const enrolled = await service.enrolledUser({ organization: customer });
  const answer = await ask(enrolled.user, changes);
  expect(answer).toMatchObject({ status: 200, body: { mfaEnabled: true, pendingReset: {} } });
  return { ...enrolled, answer };
}

describe('where the settings ask for nothing', () => {
  test('a reset takes place at once, as ever', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const { body } = await ask(user);
    expect(body.mfaEnabled).toBe(false);
    expect(body).not.toHaveProperty('pendingReset');
    expect((await stop(user)).body.code).toBe('no_reset_waits');
    expect((await approve(user)).body.code).toBe('no_reset_waits');
  });
});

describe('a reset that needs a second admin', () => {
  test('waits, with the second factor as it was, and is shown', async () => {
    const { user, browser, answer } = await waiting(SECOND_ADMIN, { reason: ' Lost the phone ' });
    const now = service.clock.now();
    expect(answer.body.pendingReset).toEqual({
      requestedAt: now.toISOString(),
      requestedBy: asker.email,
      reason: 'Lost the phone',
      dueAt: now.toISOString(),
      needsSecondAdmin: true,
      expiresAt: new Date(now.getTime() + RESET_APPROVAL_SECONDS * 1000).toISOString(),
    });
    expect((await second.get(`/users/${user.id}`)).body.pendingReset).toEqual(answer.body.pendingReset);
    const { items } = (await second.get(`/users?organizationId=${customer.id}&mfaEnabled=true`)).body;
    expect(items).toMatchObject([{ id: user.id, pendingReset: { needsSecondAdmin: true } }]);
    expect((await browser.get('/me/mfa')).body).toMatchObject({
      enabled: true,
      pendingReset: { reason: 'Lost the phone', needsSecondAdmin: true, dueAt: now.toISOString() },
    });
    expect(await settle()).toBe(0);
    expect(await isOn(user)).toBe(true);
  });

  test('is told of: the user, the admins, the log; the reason stands sealed', async () => {
    const { user } = await waiting(SECOND_ADMIN, { reason: 'Lost the phone' });
    const boss = await service.user({ organization: partner, ...readWrite });
    const mail = (await mailsTo(service, user.email)).at(-1);
    expect(mail?.subject).toBe('A reset of your second factor was asked for');
    expect(mail?.text).toContain('once another administrator approved it');
    expect(mail?.text).toContain('Lost the phone');
    const toAdmin = (await mailsTo(service, asker.email)).at(-1);
    expect(toAdmin?.text).toContain(`${asker.email} asked to reset two-factor authentication of ${user.email}`);
    expect(toAdmin?.text).toContain(`/users/${user.id}/edit`);
    const other = await waiting(SECOND_ADMIN);
    expect((await mailsTo(service, boss.email)).at(-1)?.text).toContain(other.user.email);
    const [event] = await service.eventsOf(user, 'mfa.reset_requested');
    expect(event?.details).toMatchObject({ needsSecondAdmin: true, resetId: expect.any(String) });
    const row = await service.db.waitingReset.findUniqueOrThrow({ where: { userId: user.id } });
    expect(Buffer.from(row.reason ?? []).includes('Lost the phone')).toBe(false);
  });

  test('takes place with the approval of another one: one reset with all that belongs to it', async () => {
    const { user, browser } = await waiting({ ...SECOND_ADMIN, reenrollmentPass: true }, { reason: 'Lost the phone' });
    const done = await approve(user);
    expect(done).toMatchObject({ status: 200, body: { mfaEnabled: false, awaitsReenrollmentPass: true } });
    expect(done.body.reenrollmentPass).toMatch(/-/);
    expect(done.body).not.toHaveProperty('pendingReset');
    expect((await browser.get('/me')).status).toBe(401);
    const mail = (await mailsTo(service, user.email)).at(-1);
    expect(mail?.subject).toBe('Two-factor authentication was reset');
    expect(mail?.text).toContain('Lost the phone');
    const events = [
      ...(await service.eventsOf(user, 'mfa.reset_approved')),
      ...(await service.eventsOf(user, 'mfa.reset')),
    ];
    expect(events).toHaveLength(2);
    const late = await service.signIn(user);
    const { body: begun } = await late.post('/me/mfa/totp');
    const confirm = { password: GOOD_PASSWORD, code: service.code(begun.secret) };
    expect((await late.post('/me/mfa/totp/confirm', confirm)).body.code).toBe('pass_required');
    const answer = await late.post('/me/mfa/totp/confirm', { ...confirm, pass: done.body.reenrollmentPass });
    expect(answer.status).toBe(200);
  });

  test('SEC-16: neither who asked nor the user approves it', async () => {
    await set(SECOND_ADMIN);
    const { user, browser } = await service.enrolledUser({ organization: customer, ...readWrite });
    await ask(user);
    expect(await approve(user, admin)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await approve(user, browser)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await waits(user)).toBe(true);
    expect((await approve(user)).status).toBe(200);
  });

  test('SEC-40: nor who may not edit the user; neither stops it', async () => {
    const { user } = await waiting(SECOND_ADMIN);
    const readOnly = await service.signIn(
      await service.user({ organization: customer, role: 'admin', access: 'read_only' }),
    );
    const member = await service.signIn(await service.user({ organization: customer }));
    const elsewhere = await service.customer(partner);
    const stranger = await service.signIn(await service.user({ organization: elsewhere, ...readWrite }));
    for (const [browser, status] of [
      [readOnly, 403],
      [member, 403],
      [stranger, 404],
    ] as const) {
      expect([(await approve(user, browser)).status, (await stop(user, browser)).status]).toEqual([status, status]);
    }
    expect(await waits(user)).toBe(true);
  });

  test('SEC-40: nor who stands below the user, who is in no scope of its own today', async () => {
    await set(SECOND_ADMIN, partner);
    const boss = await service.user({ organization: partner, ...readWrite });
    const { user } = await service.enrolledUser({ organization: partner, ...readWrite });
    expect((await ask(user, {}, await service.signIn(boss))).body.pendingReset).toBeDefined();
    const other = await service.signIn(await service.user({ organization: partner, ...readWrite }));
    const { id } = (await other.get('/me')).body.session;
    const caller = await service.services.sessions.authenticate(id, { address: '::1', userAgent: '', requestId: '' });
    if (!caller) throw new Error('the session is not live');
    const { mfaResets } = service.services;
    const below = { ...caller, organization: { ...caller.organization, kind: 'customer' as const } };
    await expect(mfaResets.approve(below, user.id, null)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(mfaResets.stop(below, user.id)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await waits(user)).toBe(true);
    await mfaResets.approve(caller, user.id, null);
    expect(await waits(user)).toBe(false);
  });

  test('is not doubled: who asks again is told', async () => {
    const { user } = await waiting(SECOND_ADMIN);
    expect(await ask(user)).toMatchObject({ status: 409, body: { code: 'reset_waits' } });
    expect(await ask(user, { name: 'Other' }, second)).toMatchObject({ status: 409, body: { code: 'reset_waits' } });
    await set({ resetNeedsSecondAdmin: false });
    expect((await ask(user)).body.code).toBe('reset_waits');
    expect(await isOn(user)).toBe(true);
    expect(await service.eventsOf(user, 'mfa.reset_requested')).toHaveLength(1);
  });

  test('is over after seven days', async () => {
    const { user } = await waiting(SECOND_ADMIN);
    await pass({ seconds: RESET_APPROVAL_SECONDS });
    expect((await approve(user)).body.code).toBe('no_reset_waits');
    await settle();
    expect([await waits(user), await isOn(user)]).toEqual([false, true]);
    expect(await service.eventsOf(user, 'mfa.reset_expired')).toHaveLength(1);
    expect((await mailsTo(service, user.email)).at(-1)?.text).toContain('by no second administrator in time');
  });

  test('another one than was shown is not approved', async () => {
    const { user } = await waiting(SECOND_ADMIN);
    const { headers } = await second.get(`/users/${user.id}`);
    await stop(user);
    await ask(user, { reason: 'Another reason' });
    const path = `/users/${user.id}/mfa-reset/approve`;
    const shown = { 'if-match': String(headers.etag) };
    expect((await second.post(path, undefined, shown)).body.code).toBe('precondition_failed');
    const { headers: newest } = await second.get(`/users/${user.id}`);
    expect((await second.post(path, undefined, { 'if-match': String(newest.etag) })).status).toBe(200);
  });

  test('a customer cannot do without where its partner asks for it', async () => {
    await set(SECOND_ADMIN, partner);
    const { user } = await service.enrolledUser({ organization: customer });
    expect((await ask(user)).body).toMatchObject({ mfaEnabled: true, pendingReset: { needsSecondAdmin: true } });
    const refused = await admin.patch(`/organizations/${customer.id}/settings`, { resetNeedsSecondAdmin: false });
    expect(refused).toMatchObject({ status: 422, body: { code: 'weaker_than_partner' } });
  });
});

describe('a reset that waits some hours', () => {
  test('takes place then, without another word, and not a moment sooner', async () => {
    const { user, browser } = await waiting({ ...A_DAY, reenrollmentPass: true }, { reason: 'Lost the phone' });
    const { mfaResets } = service.services;
    service.clock.advance({ seconds: 24 * 3600 - 1 });
    await settle();
    expect([await isOn(user), await mfaResets.isAnySettled()]).toEqual([true, false]);
    service.clock.advance({ seconds: 1 });
    expect(await mfaResets.isAnySettled()).toBe(true);
    await settle();
    expect([await isOn(user), await waits(user)]).toEqual([false, false]);
    expect((await browser.get('/me')).status).toBe(401);
    const [event] = await service.eventsOf(user, 'mfa.reset');
    expect(event).toMatchObject({ actor: { id: asker.id } });
    await pass({});
    // Nobody was shown the pass: an admin asks for one.
    const issued = await admin.post(`/users/${user.id}/reenrollment-pass`);
    expect(issued.status).toBe(201);
  });

  test('with a second admin both are waited for, in either order', async () => {
    const { user } = await waiting({ ...A_DAY, ...SECOND_ADMIN });
    const approved = await approve(user);
    expect(approved.body).toMatchObject({ mfaEnabled: true, pendingReset: { needsSecondAdmin: false } });
    expect(approved.body.pendingReset.approvedBy).toMatch(/@/);
    expect((await approve(user)).body.code).toBe('no_reset_waits');
    service.clock.advance({ hours: 24 });
    await settle();
    expect(await isOn(user)).toBe(false);

    await pass({});
    const late = await waiting({});
    await pass({ hours: 25 });
    await settle();
    expect(await isOn(late.user)).toBe(true);
    expect((await approve(late.user)).body.mfaEnabled).toBe(false);
  });

  test('fewer hours afterwards do not make it come sooner', async () => {
    const { user } = await waiting(A_DAY);
    await set({ resetDelayHours: 0 });
    await settle();
    expect(await isOn(user)).toBe(true);
  });

  test('stands though who asked was erased', async () => {
    const { user } = await waiting(A_DAY);
    await service.services.personalDataErasure.byOperator(asker.id);
    expect((await second.get(`/users/${user.id}`)).body.pendingReset.requestedBy).toBeNull();
    service.clock.advance({ hours: 24 });
    await settle();
    expect(await isOn(user)).toBe(false);
  });
});

describe('is stopped', () => {
  test('by an admin, who tells the user with it', async () => {
    const { user } = await waiting(A_DAY);
    expect((await stop(user)).status).toBe(204);
    expect((await mailsTo(service, user.email)).at(-1)?.text).toContain('was stopped');
    expect(await service.eventsOf(user, 'mfa.reset_stopped')).toHaveLength(1);
    expect((await stop(user)).body.code).toBe('no_reset_waits');
    await pass({ hours: 25 });
    await settle();
    expect(await isOn(user)).toBe(true);
    expect((await ask(user)).status).toBe(200);
  });

  test('by the user, and the admins are told', async () => {
    const { user, browser } = await waiting(A_DAY);
    expect((await browser.delete('/me/mfa/reset')).status).toBe(204);
    expect((await browser.delete('/me/mfa/reset')).body.code).toBe('no_reset_waits');
    expect((await browser.get('/me/mfa')).body).not.toHaveProperty('pendingReset');
    expect((await mailsTo(service, asker.email)).at(-1)?.text).toContain(`${user.email} stopped the reset`);
    expect(await service.eventsOf(user, 'mfa.reset_stopped')).toMatchObject([{ actor: { id: user.id } }]);
  });

  test('by the link of the mail, which ends every session too', async () => {
    const { user, browser } = await waiting(A_DAY);
    const token = tokenIn((await mailsTo(service, user.email)).at(-1));
    expect((await service.browser().post('/auth/mfa-reset/dispute', { token })).status).toBe(204);
    expect([await waits(user), await isOn(user)]).toEqual([false, true]);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await mailsTo(service, asker.email)).at(-1)?.text).toContain('The reset was stopped');
    expect(await service.eventsOf(user, 'mfa.reset_stopped')).toHaveLength(1);
  });

  test.each([
    ['the operator resets', (user: TestUser) => service.services.users.resetMfaByOperator(user.email)],
    ['the user is erased', (user: TestUser) => service.services.personalDataErasure.byOperator(user.id)],
  ])('by what leaves nothing to reset: %s', async (_, end) => {
    const { user } = await waiting(A_DAY);
    await end(user);
    expect([await waits(user), await isOn(user)]).toEqual([false, false]);
    const resets = (await service.eventsOf(user, 'mfa.reset')).length;
    service.clock.advance({ hours: 25 });
    await settle();
    expect(await service.eventsOf(user, 'mfa.reset')).toHaveLength(resets);
  });

  test('by the user who turns MFA off', async () => {
    const { user, browser, secret } = await waiting(A_DAY);
    service.clock.advance({ seconds: 30 });
    const answer = await browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, code: service.code(secret) });
    expect([answer.status, await waits(user)]).toEqual([204, false]);
  });
});

describe('of what is done at once one thing counts', () => {
  const once = async (user: TestUser) => (await service.eventsOf(user, 'mfa.reset')).length;

  test('asking twice', async () => {
    await set(SECOND_ADMIN);
    const { user } = await service.enrolledUser({ organization: customer });
    const statuses = await Promise.all([ask(user), ask(user, {}, second)].map(async (answer) => (await answer).status));
    expect(statuses.toSorted()).toEqual([200, 409]);
    expect(await service.eventsOf(user, 'mfa.reset_requested')).toHaveLength(1);
  });

  test('two approvals', async () => {
    const { user } = await waiting(SECOND_ADMIN);
    const third = await service.signIn(await service.user({ organization: partner, ...readWrite }));
    const statuses = await Promise.all(
      [approve(user), approve(user, third)].map(async (answer) => (await answer).status),
    );
    expect(statuses.toSorted()).toEqual([200, 409]);
    expect(await once(user)).toBe(1);
  });

  test('an approval and a stop', async () => {
    const { user, browser } = await waiting(SECOND_ADMIN);
    const [approved, stopped] = await Promise.all([approve(user), browser.delete('/me/mfa/reset')]);
    const took = !(await isOn(user));
    expect([approved.status, [204, 401].includes(stopped.status)]).toEqual(
      took ? [200, stopped.status === 401] : [409, true],
    );
    expect([await once(user), (await service.eventsOf(user, 'mfa.reset_stopped')).length]).toEqual(
      took ? [1, 0] : [0, 1],
    );
  });

  test('the time and a stop', async () => {
    const { user } = await waiting(A_DAY);
    await pass({ hours: 24 });
    const [, stopped] = await Promise.all([settle(), stop(user)]);
    const took = !(await isOn(user));
    expect([stopped.status, await once(user)]).toEqual(took ? [409, 1] : [204, 0]);
  });

  test('the time and the time, in two processes', async () => {
    const { user } = await waiting({ ...A_DAY, reenrollmentPass: true });
    service.clock.advance({ hours: 24 });
    await Promise.all([settle(), settle(), settle()]);
    expect([await isOn(user), await once(user)]).toEqual([false, 1]);
  });

  test('the time and the user who turns MFA off', async () => {
    const { user, browser, secret } = await waiting({ resetDelayHours: 1 });
    // Within the hour that a session may be idle.
    service.clock.advance({ seconds: 1800 });
    await browser.post('/auth/refresh');
    service.clock.advance({ seconds: 1800 });
    await browser.post('/auth/refresh');
    const proofs = { password: GOOD_PASSWORD, code: service.code(secret) };
    const [, disabled] = await Promise.all([settle(), browser.post('/me/mfa/disable', proofs)]);
    expect(await isOn(user)).toBe(false);
    expect((await once(user)) === 1).toBe(disabled.status !== 204);
  });
});

describe.runIf(testDatabaseKind() === 'postgres')('requests that overlap', () => {
  const held = (
    user: TestUser,
    count: number,
    begin: (arrived: (count: number) => Promise<void>) => Promise<unknown>[],
  ) =>
    whileHeld(
      databaseUrl(service.resources.database),
      { text: 'SELECT 1 FROM users WHERE id = $1 FOR UPDATE', values: [user.id] },
      count,
      begin,
    );
  const resets = async (user: TestUser) => (await service.eventsOf(user, 'mfa.reset')).length;

  test('SEC-16: of an approval and a stop by the user one counts', async () => {
    const { user, browser } = await waiting(SECOND_ADMIN);
    const statuses: number[] = [];
    await held(user, 2, () => [
      approve(user).then(({ status }) => statuses.push(status)),
      browser.delete('/me/mfa/reset').then(({ status }) => statuses.push(status)),
    ]);
    const took = !(await isOn(user));
    expect(statuses.toSorted()).toEqual(took ? [200, 409] : [204, 409]);
    expect(await resets(user)).toBe(took ? 1 : 0);
  });

  test('SEC-16: two processes that find it due make one reset', async () => {
    const { user } = await waiting(A_DAY);
    service.clock.advance({ hours: 24 });
    await held(user, 2, () => [settle(), settle()]);
    expect([await isOn(user), await resets(user)]).toEqual([false, 1]);
  });
});
