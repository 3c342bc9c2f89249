import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { mailsTo } from '../../testing/mails.ts';

let service: TestApp;
let customer: TestOrganization;
let admin: Browser;

const readWrite = { role: 'admin', access: 'read_write' } as const;

beforeAll(async () => {
  service = await TestApp.start();
  customer = await service.customer(await service.partner());
  admin = await service.signIn(await service.user({ organization: customer, ...readWrite }));
});
afterAll(() => service.stop());

// Enrolments move the clock, and access tokens are short-lived.
beforeEach(() => admin.post('/auth/refresh'));

const reset = (browser: Browser, user: TestUser, headers?: Record<string, string>) =>
  browser.patch(`/users/${user.id}`, { mfaEnabled: false }, headers);

/** Rows that a second factor leaves in the database. */
async function tracesOf({ id: userId }: TestUser): Promise<Record<string, number>> {
  const { db } = service;
  return {
    authenticators: await db.totpAuthenticator.count({ where: { userId } }),
    backupCodes: await db.backupCode.count({ where: { userId } }),
    pendingEnrollments: await db.pendingEnrollment.count({ where: { userId } }),
    challenges: await db.signInChallenge.count({ where: { userId } }),
    knownDevices: await db.knownDevice.count({ where: { userId } }),
    attempts: await db.attemptCount.count({ where: { key: `second-factor:${userId}` } }),
    sessions: await db.session.count({ where: { userId, revokedAt: null } }),
  };
}

describe('SEC-16: an admin resets the MFA of a user', () => {
  test('everything of it is gone, the user is told, and signs in with the password alone', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization: customer });
    const pending = service.browser();
    const { email, password } = user;
    await pending.post('/auth/login', { email, password });
    await pending.post('/auth/login/mfa', { method: 'totp', code: '000000' });
    expect(await tracesOf(user)).toMatchObject({ authenticators: 1, backupCodes: 10, challenges: 1, attempts: 1 });
    expect((await admin.get(`/users/${user.id}`)).body.mfaEnabled).toBe(true);

    const answer = await reset(admin, user);
    expect(answer).toMatchObject({ status: 200, body: { mfaEnabled: false, hasPassword: true, status: 'active' } });
    expect(Object.values(await tracesOf(user))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await browser.post('/auth/refresh')).status).toBe(401);
    const late = await pending.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(late.body.code).toBe('challenge_expired');

    const mails = await mailsTo(service, email);
    expect(mails.at(-1)?.subject).toBe('Two-factor authentication was reset');
    const [event] = (await admin.get(`/audit-events?userId=${user.id}`)).body.items;
    expect(event).toMatchObject({ action: 'mfa.reset', outcome: 'success', subject: { id: user.id, name: email } });

    const again = await service.signIn(user);
    expect((await again.get('/me')).body).toMatchObject({
      mfa: { enabled: false, canEnroll: true },
      session: { aal: 1 },
    });
    const enrolled = await service.enroll(again);
    expect(enrolled.backupCodes).toHaveLength(10);
    expect(enrolled.secret).not.toBe(secret);
  });

  test('a pending enrolment of another session does not survive it', async () => {
    const user = await service.user({ organization: customer });
    const [one, two] = [await service.signIn(user), await service.signIn(user)];
    await service.enroll(one);
    await service.db.session.updateMany({ where: { userId: user.id }, data: { revokedAt: null } });
    const { id: sessionId } = await service.db.session.findFirstOrThrow({ where: { userId: user.id } });
    await service.db.pendingEnrollment.create({
      data: {
        userId: user.id,
        id: sessionId,
        sessionId,
        secret: new Uint8Array(1),
        expiresAt: new Date(service.clock.now().getTime() + 60_000),
      },
    });
    expect((await reset(admin, user)).status).toBe(200);
    expect(Object.values(await tracesOf(user))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect((await two.get('/me')).status).toBe(401);
  });

  test('is all or nothing', async () => {
    const { user, browser } = await service.enrolledUser({ organization: customer });
    const before = await tracesOf(user);
    const failing = vi.spyOn(service.services.audit, 'record').mockRejectedValue(new Error('the disk is full'));
    try {
      expect((await reset(admin, user)).status).toBe(500);
    } finally {
      failing.mockRestore();
    }
    expect(await tracesOf(user)).toEqual(before);
    expect((await browser.get('/me')).body.mfa.enabled).toBe(true);
    expect((await mailsTo(service, user.email)).map(({ subject }) => subject)).not.toContain(
      'Two-factor authentication was reset',
    );
  });

  test('of admins at once one resets; all get the same answer', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => reset(admin, user)));
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: { mfaEnabled: false } });
    const resets = (await admin.get(`/audit-events?userId=${user.id}&action=mfa.reset`)).body.items;
    expect(resets).toHaveLength(1);
  });

  test('with other changes, in one step', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const answer = await admin.patch(`/users/${user.id}`, { mfaEnabled: false, name: 'New', status: 'disabled' });
    expect(answer.body).toMatchObject({ mfaEnabled: false, name: 'New', status: 'disabled' });
  });

  test('only the user can set up an authenticator', async () => {
    const user = await service.user({ organization: customer });
    const answer = await admin.patch(`/users/${user.id}`, { mfaEnabled: true, name: 'Never' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'cannot_enable_mfa_for_user' } });
    expect((await admin.get(`/users/${user.id}`)).body).toMatchObject({ name: 'Test User', mfaEnabled: false });
    const enrolled = await service.enrolledUser({ organization: customer });
    const same = await admin.patch(`/users/${enrolled.user.id}`, { mfaEnabled: true });
    expect(same).toMatchObject({ status: 200, body: { mfaEnabled: true } });
  });

  test('never the own', async () => {
    const { user, browser } = await service.enrolledUser({ organization: customer, ...readWrite });
    expect(await reset(browser, user)).toMatchObject({ status: 409, body: { code: 'use_own_settings' } });
    expect((await browser.get('/me')).body.mfa.enabled).toBe(true);
  });

  test('only from a session that passed MFA, where the admin has it', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const boss = await service.enrolledUser({ organization: customer, ...readWrite });
    // As an identity provider opens it that says nothing of a second factor.
    await service.db.session.updateMany({ where: { userId: boss.user.id }, data: { method: 'sso', aal: 1 } });
    expect(await reset(boss.browser, user)).toMatchObject({ status: 401, body: { code: 'reauthentication_required' } });
    await service.db.session.updateMany({ where: { userId: boss.user.id }, data: { aal: 2 } });
    expect((await reset(boss.browser, user)).status).toBe(200);
  });

  test('only within the scope, only with read/write access', async () => {
    const { user } = await service.enrolledUser({ organization: customer });
    const readOnly = await service.signIn(
      await service.user({ organization: customer, role: 'admin', access: 'read_only' }),
    );
    const stranger = await service.signIn(await service.user(readWrite));
    expect((await reset(readOnly, user)).status).toBe(403);
    expect((await reset(stranger, user)).status).toBe(404);
    expect((await tracesOf(user)).authenticators).toBe(1);
  });

  test('a form that was opened before does not take away an authenticator set up since', async () => {
    const user = await service.user({ organization: customer });
    const etag = String((await admin.get(`/users/${user.id}`)).headers.etag);
    await service.enroll(await service.signIn(user));
    expect((await reset(admin, user, { 'if-match': etag })).body.code).toBe('precondition_failed');
    const fresh = String((await admin.get(`/users/${user.id}`)).headers.etag);
    expect((await reset(admin, user, { 'if-match': fresh })).status).toBe(200);
  });
});

describe('the reset by the operator', () => {
  test('is recorded as such', async () => {
    const { user, browser } = await service.enrolledUser({ organization: customer });
    await service.services.users.resetMfaByOperator(`  ${user.email.toUpperCase()}`);
    expect(Object.values(await tracesOf(user))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect((await browser.get('/me')).status).toBe(401);
    const [event] = (await admin.get(`/audit-events?userId=${user.id}&action=mfa.reset`)).body.items;
    expect(event).toMatchObject({ actor: { id: null, name: 'operator: mfa reset' }, address: null, requestId: null });
    expect((await mailsTo(service, user.email)).at(-1)?.subject).toBe('Two-factor authentication was reset');
  });

  test('tells when there is nothing to reset', async () => {
    const user = await service.user();
    const { users } = service.services;
    await expect(users.resetMfaByOperator(user.email)).rejects.toMatchObject({ code: 'mfa_not_enabled' });
    await expect(users.resetMfaByOperator('nobody@example.com')).rejects.toMatchObject({ code: 'not_found' });
  });
});
