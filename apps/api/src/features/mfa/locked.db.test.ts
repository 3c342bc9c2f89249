import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const WRONG = '000000';
const SUBJECT = 'Someone entered many wrong codes';

async function challenged(user: TestUser): Promise<Browser> {
  const browser = service.browser();
  const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
  expect(body.status).toBe('mfa_required');
  return browser;
}

const verify = (browser: Browser, code: string): Promise<Answer> =>
  browser.post('/auth/login/mfa', { method: 'totp', code });

/** Wrong codes of whoever knows the password: five a challenge, one after another. */
async function wrongCodes(user: TestUser, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 5) {
    const browser = await challenged(user);
    for (let i = sent; i < Math.min(sent + 5, count); i++) expect((await verify(browser, WRONG)).status).toBe(401);
  }
}

const told = async (user: TestUser): Promise<number> =>
  (await service.mailsTo(user.email)).filter((subject) => subject === SUBJECT).length;

const events = (user: TestUser) =>
  service.db.auditEvent.findMany({ where: { subjectId: user.id, action: 'mfa.locked' }, orderBy: { sequence: 'asc' } });

describe('SEC-3: whoever is locked out by wrong codes is told that the first step was passed', () => {
  test('once for each lock, and not before', async () => {
    const { user } = await service.enrolledUser();
    await wrongCodes(user, 9);
    expect(await told(user)).toBe(0);
    await wrongCodes(user, 1);
    const until = new Date(service.clock.now().getTime() + 15 * 60_000).toISOString();
    expect(await events(user)).toMatchObject([{ outcome: 'failure', actorId: null, details: { until } }]);
    expect((await verify(await challenged(user), WRONG)).status).toBe(429);
    expect(await told(user)).toBe(1);
    const [text] = (await service.mailTextsTo(user.email)).slice(-1);
    expect(text).toContain(`until ${until.slice(0, 16).replace('T', ' ')} UTC`);
    expect(text).toContain('had passed the first step');
    expect(text).toContain('change it at once');

    service.clock.advance({ minutes: 15 });
    await wrongCodes(user, 10);
    expect(await told(user)).toBe(2);
    expect(await events(user)).toHaveLength(2);
  });

  test('once when the wrong codes arrive together', async () => {
    const { user } = await service.enrolledUser();
    const browsers = await Promise.all(Array.from({ length: 4 }, () => challenged(user)));
    const answers = await Promise.all(
      browsers.flatMap((browser) => Array.from({ length: 5 }, () => verify(browser.copy(), WRONG))),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(await told(user)).toBe(1);
    expect(await events(user)).toHaveLength(1);
  });

  test('by wrong codes inside a session as well, counted together with those at sign-in', async () => {
    const { user, browser } = await service.enrolledUser();
    await wrongCodes(user, 5);
    for (let i = 0; i < 5; i++)
      expect((await browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, code: WRONG })).status).toBe(401);
    expect(await told(user)).toBe(1);
  });

  test('by wrong codes at an enrolment', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    await browser.post('/me/mfa/totp');
    for (let i = 0; i < 10; i++)
      expect((await browser.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code: WRONG })).status).toBe(401);
    expect(await told(user)).toBe(1);
  });

  test('not when the tenth code is right, and not by wrong passwords', async () => {
    const { user, secret } = await service.enrolledUser();
    await wrongCodes(user, 9);
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
    for (let i = 0; i < 12; i++)
      await service.browser().post('/auth/login', { email: user.email, password: 'not the right one' });
    expect(await told(user)).toBe(0);
  });

  test('and a lock that could not be told of is none: the next wrong code begins it', async () => {
    const { user } = await service.enrolledUser();
    await wrongCodes(user, 9);
    const browser = await challenged(user);
    await service.unwritable('outgoing_mails', async () => expect((await verify(browser, WRONG)).status).toBe(503));
    expect(await events(user)).toHaveLength(0);
    expect((await verify(browser, WRONG)).status).toBe(401);
    expect(await told(user)).toBe(1);
    expect((await verify(browser, WRONG)).status).toBe(429);
  });
});
