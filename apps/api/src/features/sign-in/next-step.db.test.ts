import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const methods = ['totp', 'backup_code'];

async function challenged(user: TestUser): Promise<Browser> {
  const browser = service.browser();
  const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
  expect(body.status).toBe('mfa_required');
  return browser;
}

const verify = (browser: Browser, code: string, method = 'totp') => browser.post('/auth/login/mfa', { method, code });

describe('every refused sign-in says what to do next', () => {
  test('a wrong password, an unknown address and a sign-in that is over: from the start', async () => {
    const user = await service.user();
    for (const email of [user.email, 'nobody@acme.example']) {
      const { body } = await service.browser().post('/auth/login', { email, password: 'not the right one' });
      expect(body).toMatchObject({ code: 'invalid_credentials', next: { action: 'sign_in' } });
    }
    const { body } = await verify(service.browser(), '000000');
    expect(body).toMatchObject({ code: 'challenge_expired', next: { action: 'sign_in' } });
  });

  test('a password that opens nothing: single sign-on', async () => {
    const { user, secret } = await service.enrolledUser();
    const browser = await challenged(user);
    await service.db.organization.update({ where: { id: user.organization.id }, data: { localSignInEnabled: false } });
    const refused = { status: 403, body: { code: 'local_sign_in_disabled', next: { action: 'use_sso' } } };
    expect(await verify(browser, service.code(secret))).toMatchObject(refused);
    const { email, password } = user;
    expect(await service.browser().post('/auth/login', { email, password })).toMatchObject(refused);
  });

  test('a wrong code: another, as many as are left; then the password again; then a pause', async () => {
    const { user } = await service.enrolledUser();
    const first = await challenged(user);
    for (const attemptsLeft of [4, 3, 2, 1]) {
      const { body } = await verify(first, '000000');
      expect(body).toMatchObject({ reason: 'wrong', next: { action: 'second_step', methods, attemptsLeft } });
    }
    expect((await verify(first, '000000')).body.next).toEqual({ action: 'sign_in' });

    const second = await challenged(user);
    await verify(second, '000000');
    const third = await challenged(user);
    for (const attemptsLeft of [3, 2, 1])
      expect((await verify(third, '000000')).body.next).toEqual({ action: 'second_step', methods, attemptsLeft });
    const until = new Date(service.clock.now().getTime() + 15 * 60_000).toISOString();
    expect((await verify(third, '000000')).body.next).toEqual({ action: 'wait', until });
  });
});

describe('whoever has passed the first step is told why a code was refused', () => {
  test('used before: of the app, and of the backup codes', async () => {
    const { user, secret, backupCodes } = await service.enrolledUser();
    const [code = ''] = backupCodes;
    expect((await verify(await challenged(user), code, 'backup_code')).status).toBe(200);
    expect((await verify(await challenged(user), code, 'backup_code')).body.reason).toBe('already_used');
    expect((await verify(await challenged(user), 'ABCD-EFGH-JKMN', 'backup_code')).body.reason).toBe('wrong');
    const shown = service.code(secret);
    expect((await verify(await challenged(user), shown)).status).toBe(200);
    expect((await verify(await challenged(user), shown)).body).toMatchObject({
      code: 'invalid_code',
      reason: 'already_used',
      detail: expect.stringContaining('already used'),
    });
  });

  test('of a clock that is off, by how much', async () => {
    const { user, secret } = await service.enrolledUser();
    service.clock.advance({ minutes: 30 });
    const behind = await verify(await challenged(user), service.code(secret, -8));
    expect(behind.body).toMatchObject({ code: 'invalid_code', reason: 'clock_skew', clockSkewSeconds: -240 });
    const ahead = await verify(await challenged(user), service.code(secret, 10));
    expect(ahead.body).toMatchObject({ code: 'invalid_code', reason: 'clock_skew', clockSkewSeconds: 300 });
  });

  test('SEC-12: a code that was told to be too early is refused when its time comes, and counted like any other', async () => {
    const { user, secret } = await service.enrolledUser();
    service.clock.advance({ minutes: 30 });
    const early = [service.code(secret, 4), service.code(secret, 6)];
    const browser = await challenged(user);
    for (const code of early) expect((await verify(browser, code)).body.reason).toBe('clock_skew');
    service.clock.advance({ minutes: 2 });
    const later = await challenged(user);
    expect((await verify(later, early[0] ?? '')).body).toMatchObject({
      reason: 'already_used',
      next: { attemptsLeft: 4 },
    });
    service.clock.advance({ minutes: 1 });
    expect((await verify(later, early[1] ?? '')).body.reason).toBe('already_used');
    service.clock.advance({ seconds: 30 });
    expect((await verify(later, service.code(secret))).status).toBe(200);
  });

  test('inside a session and at an enrolment too', async () => {
    const { browser, secret } = await service.enrolledUser();
    const code = service.code(secret, 10);
    const disable = await browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, code });
    expect(disable.body).toMatchObject({ code: 'invalid_code', reason: 'clock_skew', clockSkewSeconds: 300 });
    expect(disable.body.next).toBeUndefined();

    const enrolling = await service.signIn(await service.user());
    const { body } = await enrolling.post('/me/mfa/totp');
    const confirm = await enrolling.post('/me/mfa/totp/confirm', {
      password: GOOD_PASSWORD,
      code: service.code(body.secret, -8),
    });
    expect(confirm.body).toMatchObject({ code: 'invalid_code', reason: 'clock_skew', clockSkewSeconds: -240 });
  });
});
