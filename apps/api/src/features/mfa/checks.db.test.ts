import { APP_CHECK_SECONDS, checkPolicy, secondFactorPolicy } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';
import { addPasskey, passkeyUser } from '../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

let service: TestApp;
let organization: TestOrganization;
beforeAll(async () => {
  service = await TestApp.start();
  organization = await service.partner({ rememberedDeviceDays: 90 });
});
afterAll(() => service.stop());

const APP = '/me/mfa/totp/check';
const BACKUP_CODE = '/me/mfa/backup-codes/check';
const { inRow } = checkPolicy.upTo;

const checkApp = (browser: Browser, code: string): Promise<Answer> => browser.post(APP, { code });
const checkBackupCode = (browser: Browser, code: string): Promise<Answer> => browser.post(BACKUP_CODE, { code });
const enrolled = () => service.enrolledUser({ organization });
const statusOf = async (browser: Browser) => (await browser.get('/me/mfa')).body;
const dueAt = () => new Date(service.clock.now().getTime() + APP_CHECK_SECONDS * 1000).toISOString();
const refused = (reason: string) => ({ status: 401, body: { code: 'invalid_code', reason } });
const countOf = async ({ id }: TestUser) =>
  service.db.attemptCount.findUnique({ where: { key: `second-factor:${id}` } });
const actionsOf = async ({ id }: TestUser, action: string) =>
  service.db.auditEvent.findMany({ where: { subjectId: id, action }, orderBy: { sequence: 'asc' } });

async function challenged(user: TestUser, browser = service.browser()): Promise<Browser> {
  const { body } = await browser.post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
  expect(body.status).toBe('mfa_required');
  return browser;
}

const verify = (browser: Browser, code: string, more: object = {}): Promise<Answer> =>
  browser.post('/auth/login/mfa', { method: 'totp', code, ...more });

/** A browser that signs in without a code. */
async function remembered(user: TestUser, secret: string): Promise<Browser> {
  const browser = await challenged(user);
  expect((await verify(browser, service.code(secret), { rememberDevice: true })).status).toBe(200);
  return browser;
}

const signInAgain = async (browser: Browser, user: TestUser): Promise<void> => {
  const { body } = await browser.post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
  expect(body.status).toBe('authenticated');
};

/** Has `then` happen once the code that `work` sends was found right, and before anything is done with it. */
async function foundRightBefore<T>(then: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const { secondFactor } = service.services;
  const match = secondFactor.match.bind(secondFactor);
  secondFactor.match = async (...args) => {
    secondFactor.match = match;
    const proof = await match(...args);
    await then();
    return proof;
  };
  return work();
}

describe('a code of the app is asked for', () => {
  test('28 days after the last one was accepted, at a device that is remembered', async () => {
    const { user, browser, secret } = await enrolled();
    const enrolledAt = service.clock.now().getTime() - 30_000;
    expect(await statusOf(browser)).toMatchObject({
      checkDueAt: new Date(enrolledAt + APP_CHECK_SECONDS * 1000).toISOString(),
      checkDue: false,
    });

    const device = await remembered(user, secret);
    const checkDueAt = dueAt();
    expect(await statusOf(device)).toMatchObject({ checkDueAt, checkDue: false });
    service.clock.advance({ seconds: APP_CHECK_SECONDS - 1 });
    await signInAgain(device, user);
    expect(await statusOf(device)).toMatchObject({ checkDueAt, checkDue: false });
    service.clock.advance({ seconds: 1 });
    expect(await statusOf(device)).toMatchObject({ checkDueAt, checkDue: true });

    const next = dueAt();
    expect(await checkApp(device, service.code(secret))).toMatchObject({ status: 200, body: { checkDueAt: next } });
    expect(await statusOf(device)).toMatchObject({ checkDueAt: next, checkDue: false, backupCodesRemaining: 10 });
    expect((await device.get('/me')).body.session).toMatchObject({ aal: 1 });
    expect(await actionsOf(user, 'mfa.app_checked')).toMatchObject([{ outcome: 'success', actorId: user.id }]);
  });

  test('of nobody without an app', async () => {
    const none = { checkDueAt: null, checkDue: false };
    const without = await service.signIn(await service.user({ organization }));
    expect(await statusOf(without)).toMatchObject(none);
    expect(await checkApp(without, '123456')).toMatchObject({ status: 409, body: { code: 'mfa_not_enabled' } });
    expect(await checkBackupCode(without, 'AAAA')).toMatchObject({ status: 409, body: { code: 'mfa_not_enabled' } });

    const { browser } = await passkeyUser(service, { organization });
    expect(await statusOf(browser)).toMatchObject(none);
    expect(await checkApp(browser, '123456')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  test('nor where no code of one is taken', async () => {
    const strict = await service.partner({ mfaRequired: 'everybody', mfaGraceDays: 30, mfaPhishingResistant: true });
    const { user, browser, secret, backupCodes } = await service.enrolledUser({ organization: strict });
    expect((await statusOf(browser)).checkDueAt).toEqual(expect.any(String));
    await addPasskey(browser, new SoftwareAuthenticator());
    expect(await statusOf(browser)).toMatchObject({ checkDueAt: null, checkDue: false });
    expect(await checkApp(browser, service.code(secret))).toMatchObject(refused('wrong'));
    expect(await countOf(user)).toMatchObject({ failures: 0 });
    expect((await checkBackupCode(browser, backupCodes[0] ?? '')).status).toBe(200);
  });

  test('nor where a password opens nothing', async () => {
    const own = await service.partner();
    const { browser } = await service.enrolledUser({ organization: own });
    const connection = await service.workingConnection(own);
    const { id } = (await browser.get('/me')).body.session;
    await service.db.session.update({ where: { id }, data: { method: 'sso', connectionId: connection.id } });
    await service.db.organization.update({ where: { id: own.id }, data: { localSignInEnabled: false } });
    expect(await statusOf(browser)).toMatchObject({ enabled: true, checkDueAt: null, checkDue: false });
  });
});

describe('SEC-12: a code of the app that was checked', () => {
  test('is spent, and one that was spent is none', async () => {
    const { user, browser, secret } = await enrolled();
    const code = service.code(secret);
    expect((await checkApp(browser, code)).status).toBe(200);
    expect(await checkApp(browser, code)).toMatchObject(refused('already_used'));
    expect(await verify(await challenged(user), code)).toMatchObject(refused('already_used'));
    expect(await actionsOf(user, 'mfa.attempt_failed')).toMatchObject([
      { outcome: 'failure', details: { reason: 'invalid_code' } },
    ]);
  });

  test('is told to be of a clock that is off, or of another phone', async () => {
    const { browser, secret, backupCodes } = await enrolled();
    const skewed = { reason: 'clock_skew', clockSkewSeconds: 150 };
    expect((await checkApp(browser, service.code(secret, 5))).body).toMatchObject(skewed);
    expect(await checkApp(browser, backupCodes[0] ?? '')).toMatchObject(refused('wrong'));
    const proof = { password: GOOD_PASSWORD, code: service.code(secret) };
    const { body } = await browser.post('/me/mfa/totp/candidate', proof);
    await browser.post('/me/mfa/totp/candidate/confirm', { code: service.code(body.secret) });
    service.clock.advance({ seconds: 30 });
    expect(await checkApp(browser, service.code(body.secret))).toMatchObject(refused('candidate'));
  });

  test('is taken once, of twenty requests with it at once', async () => {
    const { browser, user, secret } = await enrolled();
    const code = service.code(secret);
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkApp(browser, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await actionsOf(user, 'mfa.app_checked')).toHaveLength(1);
  });

  test('signs in, or is checked, never both', async () => {
    const { browser, user, secret } = await enrolled();
    const pending = await challenged(user);
    const code = service.code(secret);
    let signIn: Answer | undefined;
    const check = await foundRightBefore(
      async () => {
        signIn = await verify(pending, code);
      },
      () => checkApp(browser, code),
    );
    expect(signIn?.status).toBe(200);
    expect(check).toMatchObject(refused('already_used'));
  });
});

describe('SEC-13: a backup code that was checked', () => {
  test('is not spent, and a spent one is named', async () => {
    const { user, browser, backupCodes } = await enrolled();
    const [good = '', other = ''] = backupCodes;
    for (const typed of [good, good.toLowerCase().replaceAll('-', ' '), other]) {
      expect(await checkBackupCode(browser, typed)).toMatchObject({ status: 200, body: { backupCodesRemaining: 10 } });
    }
    expect((await verify(await challenged(user), good, { method: 'backup_code' })).status).toBe(200);
    expect(await checkBackupCode(browser, good)).toMatchObject(refused('already_used'));
    expect((await checkBackupCode(browser, other)).body).toEqual({ backupCodesRemaining: 9 });
    expect(await actionsOf(user, 'backup_code.checked')).toHaveLength(4);
    expect((await service.mailsTo(user.email)).filter((subject) => subject === 'A backup code was used')).toHaveLength(
      1,
    );
  });

  test('is of the user, and of the present set', async () => {
    const [{ browser, secret, backupCodes }, another] = [await enrolled(), await enrolled()];
    expect(await checkBackupCode(browser, another.backupCodes[0] ?? '')).toMatchObject(refused('wrong'));
    expect(await checkBackupCode(browser, 'not a code')).toMatchObject(refused('wrong'));
    expect(await checkBackupCode(browser, service.code(secret))).toMatchObject(refused('wrong'));
    await browser.post('/me/mfa/backup-codes', { password: GOOD_PASSWORD, code: service.code(secret) });
    expect(await checkBackupCode(browser, backupCodes[0] ?? '')).toMatchObject(refused('wrong'));
  });

  test('is found spent where a sign-in spends it meanwhile', async () => {
    const { user, browser, backupCodes } = await enrolled();
    const [code = ''] = backupCodes;
    const pending = await challenged(user);
    const answer = await foundRightBefore(
      async () => expect((await verify(pending, code, { method: 'backup_code' })).status).toBe(200),
      () => checkBackupCode(browser, code),
    );
    expect(answer).toMatchObject(refused('already_used'));
    expect(await actionsOf(user, 'backup_code.checked')).toHaveLength(0);
  });
});

describe('SEC-3: nobody without the password locks the second step', () => {
  const wrong = { [APP]: '000000', [BACKUP_CODE]: 'AAAA-AAAA-AAAA' };

  test.each(Object.entries(wrong))('twenty wrong ones at once at %s are five that are judged', async (path, code) => {
    const { user, browser, secret } = await enrolled();
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.post(path, { code })));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(inRow);
    for (const { status, headers, body } of answers.filter(({ status }) => status !== 401)) {
      expect({ status, code: body.code, wait: headers['retry-after'] }).toEqual({
        status: 429,
        code: 'too_many_attempts',
        wait: '86400',
      });
    }
    expect(await countOf(user)).toMatchObject({ failures: inRow, dayFailures: inRow, blockedUntil: null });
    for (const [other, any] of Object.entries(wrong))
      expect((await browser.post(other, { code: any })).status).toBe(429);
    expect((await checkApp(browser, service.code(secret))).status).toBe(429);
    expect(await actionsOf(user, 'mfa.locked')).toHaveLength(0);

    // The owner comes in, and a right code opens the checks again.
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
    expect(await browser.post(path, { code })).toMatchObject(refused('wrong'));
  });

  test('they count for the lock that others begin', async () => {
    const { user, browser, secret } = await enrolled();
    for (let i = 0; i < inRow; i += 1) await checkApp(browser, '000000');
    const pending = await challenged(user);
    for (let i = inRow; i < secondFactorPolicy.freeAttempts; i += 1) {
      expect(await verify(pending, '000000')).toMatchObject(refused('wrong'));
    }
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(429);
    expect(await checkApp(browser, service.code(secret))).toMatchObject({ status: 429 });
    expect((await checkApp(browser, '000000')).headers['retry-after']).toBe('900');
  });

  test('a good backup code begins no new run of wrong ones', async () => {
    const { user, browser, backupCodes } = await enrolled();
    const [good = ''] = backupCodes;
    for (let i = 1; i < inRow; i += 1) {
      expect(await checkApp(browser, '000000')).toMatchObject(refused('wrong'));
      expect((await checkBackupCode(browser, good)).status).toBe(200);
    }
    expect(await countOf(user)).toMatchObject({ failures: inRow - 1, dayFailures: inRow - 1 });
    expect(await checkApp(browser, '000000')).toMatchObject(refused('wrong'));
    expect((await checkBackupCode(browser, good)).status).toBe(429);
  });

  test('nor is the day used up by them', async () => {
    const { user, browser, secret } = await enrolled();
    const key = `second-factor:${user.id}`;
    await checkApp(browser, '000000');
    await service.db.attemptCount.update({
      where: { key },
      data: { dayFailures: checkPolicy.upTo.inDay, failures: 0 },
    });
    // The day began with the code that enrolled the app.
    expect((await checkApp(browser, '000000')).headers['retry-after']).toBe('86370');
    expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
    service.clock.advance({ hours: 24 });
    const later = await challenged(user);
    await verify(later, service.code(secret));
    expect(await checkApp(later, '000000')).toMatchObject(refused('wrong'));
  });
});

test('SEC-5: what was under way when the session ended checks nothing', async () => {
  const { user, browser, secret, backupCodes } = await enrolled();
  const { id } = (await browser.get('/me')).body.session;
  const revokedMeanwhile = async (check: () => Promise<Answer>) => {
    const revoke = () => service.db.session.update({ where: { id }, data: { revokedAt: service.clock.now() } });
    const answer = await foundRightBefore(revoke, check);
    await service.db.session.update({ where: { id }, data: { revokedAt: null } });
    return answer;
  };
  const unauthenticated = { status: 401, body: { code: 'unauthenticated' } };
  const code = service.code(secret);
  expect(await revokedMeanwhile(() => checkApp(browser, code))).toMatchObject(unauthenticated);
  expect(await revokedMeanwhile(() => checkBackupCode(browser, backupCodes[0] ?? ''))).toMatchObject(unauthenticated);
  expect(await actionsOf(user, 'mfa.app_checked')).toHaveLength(0);
  expect(await actionsOf(user, 'backup_code.checked')).toHaveLength(0);
  expect((await verify(await challenged(user), code)).status).toBe(200);
});

test('an attempt that came to no verdict counts for nothing', async () => {
  const { user, browser, backupCodes } = await enrolled();
  await service.unwritable('audit_events', async () => {
    expect((await checkBackupCode(browser, backupCodes[0] ?? '')).status).toBeGreaterThanOrEqual(500);
  });
  expect(await countOf(user)).toMatchObject({ failures: 0, dayFailures: 0 });
});
