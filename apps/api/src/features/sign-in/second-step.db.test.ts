import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

/** A device that gave the right password and holds a challenge. */
async function challenged(user: TestUser, browser = service.browser()): Promise<Browser> {
  const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
  expect(body.status).toBe('mfa_required');
  return browser;
}

const verify = (browser: Browser, code: string, method = 'totp') => browser.post('/auth/login/mfa', { method, code });

describe('the second step', () => {
  test('a code completes the sign-in at aal 2', async () => {
    const { user, secret } = await service.enrolledUser();
    const browser = service.browser();
    const first = await browser.post('/auth/login', { email: user.email, password: user.password });
    expect(first.body).toEqual({
      status: 'mfa_required',
      methods: ['totp', 'backup_code'],
      expiresAt: new Date(service.clock.now().getTime() + 300_000).toISOString(),
    });
    expect(first.cookies.map(({ name }) => name)).toEqual(['sallyport_challenge']);
    expect(first.cookies[0]).toMatchObject({ path: '/api/v1/auth', maxAge: 300, httpOnly: true, sameSite: 'Lax' });

    const second = await verify(browser, service.code(secret));
    expect(second).toMatchObject({ status: 200, body: { status: 'authenticated', user: { session: { aal: 2 } } } });
    expect(browser.jar.has('sallyport_challenge')).toBe(false);
    expect((await browser.get('/me')).body).toEqual(second.body.user);
  });

  test('SEC-4: the challenge opens nothing else', async () => {
    const { user } = await service.enrolledUser();
    const browser = await challenged(user);
    const challenge = browser.jar.get('sallyport_challenge') ?? '';
    browser.jar.set('sallyport_access', challenge);
    browser.jar.set('sallyport_refresh', challenge);
    for (const path of ['/me', '/me/mfa', '/me/sessions', '/users']) expect((await browser.get(path)).status).toBe(401);
    browser.jar.set('sallyport_refresh', challenge);
    expect((await browser.post('/auth/refresh')).status).toBe(401);
  });

  test('SEC-4: it lasts five minutes, serves once, and belongs to its browser', async () => {
    const { user, secret } = await service.enrolledUser();
    const late = await challenged(user);
    service.clock.advance({ minutes: 5 });
    expect((await verify(late, service.code(secret))).body.code).toBe('challenge_expired');

    const browser = await challenged(user);
    const copy = browser.copy();
    expect((await verify(browser, service.code(secret))).status).toBe(200);
    service.clock.advance({ seconds: 30 });
    expect((await verify(copy, service.code(secret))).body.code).toBe('challenge_expired');
    expect((await verify(service.browser(), service.code(secret))).body.code).toBe('challenge_expired');
  });

  test('SEC-4: five attempts, then the sign-in starts over', async () => {
    const { user, secret } = await service.enrolledUser();
    const browser = await challenged(user);
    for (let i = 0; i < 5; i++) expect((await verify(browser, '000000')).body.code).toBe('invalid_code');
    expect((await verify(browser, service.code(secret))).body.code).toBe('challenge_expired');
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
  });

  test('SEC-4: a second password step elsewhere leaves the first challenge as it was', async () => {
    const { user, secret } = await service.enrolledUser();
    const first = await challenged(user);
    await challenged(user);
    expect((await verify(first, service.code(secret))).status).toBe(200);
  });

  test('SEC-4: the challenge of one user does not serve another', async () => {
    const one = await service.enrolledUser();
    const other = await service.enrolledUser();
    expect((await verify(await challenged(one.user), service.code(other.secret))).body.code).toBe('invalid_code');
  });

  test('SEC-3: ten wrong codes in a row, across challenges and methods, lock the second step for 15 minutes', async () => {
    const { user, secret } = await service.enrolledUser();
    const before = await challenged(user);
    for (let i = 0; i < 2; i++) {
      const browser = await challenged(user);
      for (let j = 0; j < 5; j++) {
        expect((await verify(browser, '000000', j % 2 ? 'totp' : 'backup_code')).status).toBe(401);
      }
    }
    const refused = await verify(before, service.code(secret));
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(refused.headers['retry-after']).toBe('900');
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(429);
    service.clock.advance({ minutes: 15 });
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
  });

  test('SEC-3: fifty wrong codes a day', async () => {
    const { user, secret } = await service.enrolledUser();
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 2; j++) {
        const browser = await challenged(user);
        for (let k = 0; k < 5; k++) expect((await verify(browser, '000000')).status).toBe(401);
      }
      service.clock.advance({ minutes: 15 });
    }
    const refused = await verify(await challenged(user), service.code(secret));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(22 * 3600);
    service.clock.advance({ hours: 24 });
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
  });

  test('SEC-3: the right password does not reset the count of codes, and wrong passwords do not lock them', async () => {
    const { user, secret } = await service.enrolledUser();
    const waiting = await challenged(user);
    for (let i = 0; i < 12; i++) {
      await service.browser().post('/auth/login', { email: user.email, password: 'not the right one' });
    }
    expect((await verify(waiting, service.code(secret))).status).toBe(200);
  });

  test('SEC-12: a code is accepted once, by one of 20 parallel uses', async () => {
    const { user, secret } = await service.enrolledUser();
    const browsers = await Promise.all(Array.from({ length: 20 }, () => challenged(user)));
    const code = service.code(secret);
    const answers = await Promise.all(browsers.map((browser) => verify(browser, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const reasons = new Set(answers.flatMap(({ body, status }) => (status === 200 ? [] : [body.reason ?? body.code])));
    expect([...reasons].sort()).toEqual(['already_used', 'too_many_attempts']);
  });

  test('SEC-12: one challenge used 20 times in parallel opens one session', async () => {
    const { user, secret } = await service.enrolledUser();
    const browser = await challenged(user);
    const code = service.code(secret);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await verify(browser.copy(), code)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test('SEC-12: one step either side is accepted, two are not, and never an older one than the last', async () => {
    const { user, secret } = await service.enrolledUser();
    service.clock.advance({ minutes: 2 });
    for (const steps of [-2, 2]) {
      expect((await verify(await challenged(user), service.code(secret, steps))).body.code).toBe('invalid_code');
    }
    for (const steps of [-1, 0, 1]) {
      expect((await verify(await challenged(user), service.code(secret, steps))).status).toBe(200);
    }
    expect((await verify(await challenged(user), service.code(secret, 0))).body.code).toBe('invalid_code');
  });

  test('SEC-13: a backup code signs in once, however it is typed', async () => {
    const { user, backupCodes } = await service.enrolledUser();
    const [code = ''] = backupCodes;
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    const browser = await challenged(user);
    expect((await verify(browser, typed, 'backup_code')).status).toBe(200);
    expect((await browser.get('/me/mfa')).body.backupCodesRemaining).toBe(9);
    expect((await verify(await challenged(user), code, 'backup_code')).body.code).toBe('invalid_code');
  });

  test('SEC-13: one backup code in a race opens one session; two different ones are both spent', async () => {
    const { user, backupCodes } = await service.enrolledUser();
    const [one = '', two = '', three = ''] = backupCodes;
    const racers = await Promise.all(Array.from({ length: 5 }, () => challenged(user)));
    const race = await Promise.all(racers.map(async (browser) => (await verify(browser, one, 'backup_code')).status));
    expect(race.filter((status) => status === 200)).toHaveLength(1);

    const pair = await Promise.all([challenged(user), challenged(user)]);
    const both = await Promise.all([verify(pair[0], two, 'backup_code'), verify(pair[1], three, 'backup_code')]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await pair[0].get('/me/mfa')).body.backupCodesRemaining).toBe(7);
  });

  test('SEC-6: local sign-in switched off refuses the second step too', async () => {
    const { user, secret } = await service.enrolledUser();
    const browser = await challenged(user);
    await service.db.organization.update({ where: { id: user.organization.id }, data: { localSignInEnabled: false } });
    expect((await verify(browser, service.code(secret))).body.code).toBe('local_sign_in_disabled');
  });

  test('a user disabled in between is refused', async () => {
    const { user, secret } = await service.enrolledUser();
    const browser = await challenged(user);
    await service.db.user.update({ where: { id: user.id }, data: { status: 'disabled' } });
    expect((await verify(browser, service.code(secret))).status).toBe(401);
  });
});
