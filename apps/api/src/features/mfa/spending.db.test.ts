import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { databaseUrl } from '../../testing/postgres.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const NEW_PASSWORD = 'quarry lantern thistle 9';

async function challenged(user: TestUser): Promise<Browser> {
  const browser = service.browser();
  const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
  expect(body.status).toBe('mfa_required');
  return browser;
}

const verify = (browser: Browser, code: string) => browser.post('/auth/login/mfa', { method: 'totp', code });

/** What a signed-in user does with a code. */
const changes = {
  '/me/mfa/disable': (code: string) => ({ password: GOOD_PASSWORD, code }),
  '/me/mfa/backup-codes': (code: string) => ({ password: GOOD_PASSWORD, code }),
  '/me/password': (code: string) => ({ currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD, code }),
};

/** Lets every code that `work` sends be judged, and `then` happen before anything is done with a right one. */
async function judgedBefore<T>(then: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const { secondFactor } = service.services;
  const match = secondFactor.match.bind(secondFactor);
  secondFactor.match = async (...args) => {
    const proof = await match(...args);
    await then();
    return proof;
  };
  try {
    return await work();
  } finally {
    secondFactor.match = match;
  }
}

/** Resolves for all once it was asked `count` times. */
function gathering(count: number): () => Promise<void> {
  let arrived = 0;
  let open = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived === count) open();
    return all;
  };
}

describe('SEC-12: a code that several requests found right before the first has spent it', () => {
  const RACERS = 5;

  test('opens one session', async () => {
    const { user, secret } = await service.enrolledUser();
    const browsers = await Promise.all(Array.from({ length: RACERS }, () => challenged(user)));
    const code = service.code(secret);
    const answers = await judgedBefore(gathering(RACERS), () =>
      Promise.all(browsers.map((browser) => verify(browser, code))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  test.each(Object.entries(changes))('signs in or does what %s does, never both', async (path, body) => {
    const { user, browser, secret } = await service.enrolledUser();
    const pending = await challenged(user);
    const code = service.code(secret);
    const answers = await judgedBefore(gathering(2), () =>
      Promise.all([verify(pending, code), browser.post(path, body(code))]),
    );
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  });
});

describe('SEC-14: a change of authenticators or password spends its code', () => {
  test.each(Object.entries(changes))('%s is refused one that a sign-in spent meanwhile', async (path, body) => {
    const { user, browser, secret } = await service.enrolledUser();
    const pending = await challenged(user);
    const code = service.code(secret);
    let signIn: Promise<Answer> | undefined;
    const answer = await judgedBefore(
      // The sign-in comes here too, and goes on.
      async () => {
        if (signIn) return;
        signIn = verify(pending, code);
        expect((await signIn).status).toBe(200);
      },
      () => browser.post(path, body(code)),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
    expect((await browser.get('/me/mfa')).body).toMatchObject({ enabled: true, backupCodesRemaining: 10 });
    await challenged(user);
  });

  test.each(['/me/mfa/backup-codes', '/me/password'] as const)('after %s it does not sign in', async (path) => {
    const { user, browser, secret } = await service.enrolledUser();
    const code = service.code(secret);
    expect((await browser.post(path, changes[path](code))).status).toBeLessThan(300);
    const password = path === '/me/password' ? NEW_PASSWORD : GOOD_PASSWORD;
    const pending = await challenged({ ...user, password });
    expect(await verify(pending, code)).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
    expect((await browser.post('/me/mfa/disable', { password, code })).body.code).toBe('invalid_code');
  });
});

describe('SEC-3: wrong codes are counted', () => {
  test('at enrolment', async () => {
    const browser = await service.signIn(await service.user());
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const confirm = (code: string) => browser.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code });
    for (let i = 0; i < 10; i++) expect((await confirm('000000')).body.code).toBe('invalid_code');
    expect(await confirm(service.code(secret))).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect((await browser.get('/me/mfa')).body.enabled).toBe(false);
  });

  test('over sign-in and every route within a session as one', async () => {
    const { user, browser, secret } = await service.enrolledUser();
    const pending = await challenged(user);
    const wrong = [
      ...Array.from({ length: 4 }, () => () => verify(pending, '000000')),
      ...Object.entries(changes).flatMap(([path, body]) =>
        Array.from({ length: 2 }, () => () => browser.post(path, body('000000'))),
      ),
    ];
    expect(wrong).toHaveLength(10);
    for (const guess of wrong) expect((await guess()).body.code).toBe('invalid_code');
    const code = service.code(secret);
    expect((await verify(await challenged(user), code)).status).toBe(429);
    for (const [path, body] of Object.entries(changes)) expect((await browser.post(path, body(code))).status).toBe(429);
  });
});

test('SEC-12: after a clock that was a day ahead has come back, a code signs in, once', async () => {
  const { user, secret } = await service.enrolledUser();
  service.clock.advance({ hours: 24 });
  expect((await verify(await challenged(user), service.code(secret))).status).toBe(200);
  service.clock.advance({ hours: -24 });

  const RACERS = 5;
  const browsers = await Promise.all(Array.from({ length: RACERS }, () => challenged(user)));
  const code = service.code(secret);
  const answers = await judgedBefore(gathering(RACERS), () =>
    Promise.all(browsers.map((browser) => verify(browser, code))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  expect((await verify(await challenged(user), code)).status).toBe(401);
});

test.runIf(testDatabaseKind() === 'postgres')(
  'a sign-in that is judged during a change of authenticators waits for it, and neither for the other',
  async () => {
    const { user, browser, secret } = await service.enrolledUser();
    const pending = await challenged(user);
    // The change has taken the count back and is about to end the sign-ins.
    const rows = { text: 'SELECT 1 FROM backup_codes WHERE user_id = $1 FOR UPDATE', values: [user.id] };
    const answers = await whileHeld(databaseUrl(service.resources.database), rows, 2, async (arrived) => {
      const disabled = browser.post('/me/mfa/disable', changes['/me/mfa/disable'](service.code(secret)));
      await arrived(1);
      return [disabled, verify(pending, '000000')];
    });
    expect(answers.map(({ status }) => status)).toEqual([204, 401]);
    expect(answers[1]?.body.code).toBe('challenge_expired');
  },
);
