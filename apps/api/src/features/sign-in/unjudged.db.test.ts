import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

/** More than are allowed in a row, of passwords and of codes. */
const TIMES = 12;

const signIn = (browser: Browser, user: TestUser, password = user.password) =>
  browser.post('/auth/login', { email: user.email, password });
const verify = (browser: Browser, code: string, method: 'totp' | 'backup_code') =>
  browser.post('/auth/login/mfa', { method, code });

/** `TIMES` requests one after another, each refused because the service could not judge it. */
async function unjudged(request: () => Promise<Answer>): Promise<void> {
  for (let i = 0; i < TIMES; i++) {
    const { status, headers } = await request();
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
}

/** That the whole allowance of ten wrong ones is left. */
async function nothingCounted(wrong: () => Promise<Answer>): Promise<void> {
  for (let i = 0; i < 10; i++) expect((await wrong()).status).toBe(401);
  expect((await wrong()).status).toBe(429);
}

async function challenged(user: TestUser): Promise<Browser> {
  const browser = service.browser();
  expect((await signIn(browser, user)).body.status).toBe('mfa_required');
  return browser;
}

describe('SEC-3: a password that could not be judged counts for nothing', () => {
  test.each(['an unknown', 'a known'])('while hashes are shed, from %s browser', async (kind) => {
    const user = await service.user();
    const browser = kind === 'a known' ? await service.signIn(user) : service.browser();
    await service.overloaded(() => unjudged(() => signIn(browser.copy(), user)));
    await service.overloaded(() => unjudged(() => signIn(browser.copy(), user, 'not the right one')));
    expect((await signIn(browser.copy(), user)).status).toBe(200);
    await nothingCounted(() => signIn(browser.copy(), user, 'not the right one'));
  });

  test.each(['sessions', 'sign_in_challenges'])('while the database goes away before it writes %s', async (table) => {
    const { user } = table === 'sessions' ? { user: await service.user() } : await service.enrolledUser();
    await service.unwritable(table, () => unjudged(() => signIn(service.browser(), user)));
    expect((await signIn(service.browser(), user)).status).toBe(200);
    await nothingCounted(() => signIn(service.browser(), user, 'not the right one'));
  });

  test('inside a session', async () => {
    const { browser, secret } = await service.enrolledUser();
    const disable = (password: string) => browser.post('/me/mfa/disable', { password, code: service.code(secret) });
    await service.overloaded(() => unjudged(() => disable(GOOD_PASSWORD)));
    await nothingCounted(() => disable('not the right one'));
  });
});

describe('SEC-3: a code that could not be judged counts for nothing, of the user and of the challenge', () => {
  test('a backup code, while hashes are shed', async () => {
    const { user, backupCodes } = await service.enrolledUser();
    const [browser, code = ''] = [await challenged(user), backupCodes[0]];
    await service.overloaded(() => unjudged(() => verify(browser, code, 'backup_code')));
    expect((await verify(browser, code, 'backup_code')).status).toBe(200);
  });

  test.each(['totp', 'backup_code'] as const)('a %s, while the database goes away', async (method) => {
    const { user, secret, backupCodes } = await service.enrolledUser();
    const [browser, code = ''] = [await challenged(user), method === 'totp' ? service.code(secret) : backupCodes[0]];
    await service.unwritable('sessions', () => unjudged(() => verify(browser, code, method)));
    expect((await verify(browser, code, method)).status).toBe(200);
  });

  test.each(['totp', 'backup_code'] as const)('a %s inside a session', async (method) => {
    const { browser, secret, backupCodes } = await service.enrolledUser();
    const code = method === 'totp' ? service.code(secret) : backupCodes[0];
    const disable = () => browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, code });
    await service.unwritable('outgoing_mails', () => unjudged(disable));
    expect((await disable()).status).toBe(204);
  });

  test('one that confirms an enrolment', async () => {
    const browser = await service.signIn(await service.user());
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const confirm = () => browser.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code: service.code(secret) });
    await service.unwritable('backup_codes', () => unjudged(confirm));
    expect((await confirm()).status).toBe(200);
  });
});
