import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { passkeyUser } from '../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

let service: TestApp;
let customer: TestOrganization;
let admin: Browser;

beforeAll(async () => {
  service = await TestApp.start();
  customer = await service.customer(await service.partner());
  admin = await service.signIn(await service.user({ organization: customer, role: 'admin', access: 'read_write' }));
});
afterAll(() => service.stop());

const THIEFS_PASSWORD = 'marble kettle window 71';
const VICTIMS_PASSWORD = 'quarry lantern thistle 9';

/**
 * Lets `request` go as far as its transaction, and commits `meanwhile` before it begins: the order in which a reset
 * overtakes what is under way.
 */
async function overtaken<T>(request: () => Promise<T>, meanwhile: () => Promise<unknown>): Promise<T> {
  const { database } = service.resources;
  const transaction = database.transaction.bind(database);
  let overtake: (() => Promise<unknown>) | null = meanwhile;
  database.transaction = (async (...args: Parameters<typeof transaction>) => {
    const first = overtake;
    overtake = null;
    await first?.();
    return transaction(...args);
  }) as typeof transaction;
  try {
    const answer = await request();
    expect(overtake, 'the request came to its transaction').toBeNull();
    return answer;
  } finally {
    database.transaction = transaction;
  }
}

async function resetToken(user: TestUser): Promise<string> {
  await service.browser().post('/auth/password-reset', { email: user.email });
  return /#token=([\w-]+)/.exec((await service.mailTextsTo(user.email)).at(-1) ?? '')?.[1] ?? '';
}

/** The victim's reset, by the link in the mail. */
async function reset(token: string): Promise<void> {
  const confirm = { token, newPassword: VICTIMS_PASSWORD };
  expect((await service.browser().post('/auth/password-reset/confirm', confirm)).status).toBe(204);
}

async function stillVictims(user: TestUser): Promise<void> {
  expect(await service.db.session.count({ where: { userId: user.id, revokedAt: null } })).toBe(0);
  expect(await service.db.pendingEnrollment.count({ where: { userId: user.id } })).toBe(0);
  await service.signIn({ ...user, password: VICTIMS_PASSWORD });
}

describe('SEC-5: what was under way when a mailed reset commits changes nothing', () => {
  test('a change of the password', async () => {
    const user = await service.user();
    const token = await resetToken(user);
    const thief = await service.signIn(user);
    const change = { currentPassword: GOOD_PASSWORD, newPassword: THIEFS_PASSWORD };
    const { status } = await overtaken(
      () => thief.post('/me/password', change),
      () => reset(token),
    );
    expect(status).toBe(401);
    await stillVictims(user);
  });

  test('a password that was replaced while its session lives on proves nothing', async () => {
    const [user, other] = [await service.user(), await service.user()];
    const browser = await service.signIn(user);
    const { passwordHash } = await service.db.localCredential.findUniqueOrThrow({ where: { userId: other.id } });
    const answer = await overtaken(
      () => browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD }),
      () => service.db.localCredential.update({ where: { userId: user.id }, data: { passwordHash } }),
    );
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect((await browser.get('/me')).status).toBe(200);
  });

  test('an enrolment: neither authenticator nor session comes of it', async () => {
    const user = await service.user();
    const token = await resetToken(user);
    const thief = await service.signIn(user);
    const { secret } = (await thief.post('/me/mfa/totp')).body;
    const confirm = { password: GOOD_PASSWORD, code: service.code(secret) };
    const { status } = await overtaken(
      () => thief.post('/me/mfa/totp/confirm', confirm),
      () => reset(token),
    );
    expect(status).toBe(401);
    expect(await service.db.totpAuthenticator.count({ where: { userId: user.id } })).toBe(0);
    await stillVictims(user);
  });

  test('a passkey: neither it nor a session comes of it, and none gets another name', async () => {
    const user = await service.user();
    const token = await resetToken(user);
    const thief = await service.signIn(user);
    const { body } = await thief.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const { status } = await overtaken(
      () => thief.post('/me/mfa/passkeys', { name: 'Mine', response: new SoftwareAuthenticator().create(body) }),
      () => reset(token),
    );
    expect(status).toBe(401);
    expect(await service.db.passkey.count({ where: { userId: user.id } })).toBe(0);
    await stillVictims(user);

    const owner = await passkeyUser(service);
    const secondToken = await resetToken(owner.user);
    const renamed = await overtaken(
      () => owner.browser.patch(`/me/mfa/passkeys/${owner.id}`, { name: 'Mine' }),
      () => reset(secondToken),
    );
    expect(renamed.status).toBe(401);
    expect((await service.db.passkey.findUniqueOrThrow({ where: { id: owner.id } })).name).toBe('Laptop');
  });

  test('the end of MFA, and new backup codes', async () => {
    for (const path of ['/me/mfa/disable', '/me/mfa/backup-codes']) {
      const { user, browser: thief, secret } = await service.enrolledUser();
      const token = await resetToken(user);
      const codesBefore = await service.db.backupCodeSet.findUniqueOrThrow({ where: { userId: user.id } });
      const { status } = await overtaken(
        () => thief.post(path, { password: GOOD_PASSWORD, code: service.code(secret) }),
        () => reset(token),
      );
      expect(status).toBe(401);
      expect(await service.db.backupCodeSet.findUniqueOrThrow({ where: { userId: user.id } })).toEqual(codesBefore);
    }
  });

  test('a sign-in: no session opens with the old password', async () => {
    const user = await service.user();
    const token = await resetToken(user);
    const { hasher } = service.resources;
    const verify = hasher.verify.bind(hasher);
    hasher.verify = async (...args) => {
      hasher.verify = verify;
      const verdict = await verify(...args);
      await reset(token);
      return verdict;
    };
    const { status } = await service.browser().post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
    expect(status).toBe(401);
    await stillVictims(user);
  });

  test('really at once, whichever of the two is first', async () => {
    for (let round = 0; round < 6; round++) {
      const user = await service.user();
      const token = await resetToken(user);
      const thief = await service.signIn(user);
      const { secret } = (await thief.post('/me/mfa/totp')).body;
      await Promise.all([
        thief.post('/me/password', { currentPassword: GOOD_PASSWORD, newPassword: THIEFS_PASSWORD }),
        thief.copy().post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code: service.code(secret) }),
        reset(token).catch(() => undefined),
      ]);
      // Whoever changed the password last ended all that the other had; a reset whose link was ended says so.
      const left = await service.db.session.count({ where: { userId: user.id, revokedAt: null } });
      const { hasPassword, thiefs } = await passwordOf(user);
      expect(hasPassword).toBe(true);
      expect(left).toBeLessThanOrEqual(thiefs ? 1 : 0);
    }
  });
});

async function passwordOf(user: TestUser): Promise<{ hasPassword: boolean; thiefs: boolean }> {
  const { hasher } = service.resources;
  const { passwordHash } = await service.db.localCredential.findUniqueOrThrow({ where: { userId: user.id } });
  const [victims, thiefs, old] = await Promise.all(
    [VICTIMS_PASSWORD, THIEFS_PASSWORD, GOOD_PASSWORD].map(
      async (word) => (await hasher.verify(passwordHash, word)).ok,
    ),
  );
  return { hasPassword: Boolean(victims || thiefs || old), thiefs: Boolean(thiefs || old) };
}

describe('SEC-5: what was under way when its session ends changes nothing', () => {
  test('though the password is as it was judged', async () => {
    const user = await service.user();
    const [owner, thief] = [await service.signIn(user), await service.signIn(user)];
    const { secret } = (await thief.post('/me/mfa/totp')).body;
    const answers = [
      await overtaken(
        () => thief.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code: service.code(secret) }),
        () => owner.delete('/me/sessions'),
      ),
    ];
    const other = await service.signIn(user);
    answers.push(
      await overtaken(
        () => other.post('/me/password', { currentPassword: GOOD_PASSWORD, newPassword: THIEFS_PASSWORD }),
        () => owner.delete('/me/sessions'),
      ),
    );
    expect(answers.map(({ body }) => body.code)).toEqual(['unauthenticated', 'unauthenticated']);
    expect((await owner.get('/me/mfa')).body.enabled).toBe(false);
    await service.signIn(user);
  });
});

describe('SEC-5: a pending enrolment ends', () => {
  const startedBy = async (user: TestUser) => {
    const browser = await service.signIn(user);
    await browser.post('/me/mfa/totp');
    return browser;
  };
  const pendingOf = (user: TestUser) => service.db.pendingEnrollment.count({ where: { userId: user.id } });

  test('with a password that the user changed', async () => {
    const user = await service.user();
    await startedBy(user);
    const other = await service.signIn(user);
    await other.post('/me/password', { currentPassword: GOOD_PASSWORD, newPassword: VICTIMS_PASSWORD });
    expect(await pendingOf(user)).toBe(0);
  });

  test('with the user being disabled', async () => {
    const user = await service.user({ organization: customer });
    await startedBy(user);
    expect((await admin.patch(`/users/${user.id}`, { status: 'disabled' })).status).toBe(200);
    expect(await pendingOf(user)).toBe(0);
  });
});
