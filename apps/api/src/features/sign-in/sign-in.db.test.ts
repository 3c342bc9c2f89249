import { sourcePolicy } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import { TestApp, type TestUser } from '../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const DEVICE = 'sallyport_device';

/** How many browsers are known to the user by this mark. */
const knownBy = (user: TestUser, mark = '') =>
  service.db.knownDevice.count({ where: { userId: user.id, tokenHash: hashToken(mark) } });

const wrong = (email: string) => ({ email, password: 'certainly not this one' });

describe('the first step', () => {
  test('a right password opens a session', async () => {
    const user = await service.user();
    const browser = service.browser();
    const { status, body, cookies } = await browser.post('/auth/login', user);
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/id', '/organization']);
    expect(cookies).toEqual([]);

    const answer = await browser.post('/auth/login', { email: user.email, password: user.password });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      status: 'authenticated',
      user: { id: user.id, email: user.email, mfa: { enabled: false, canEnroll: true }, session: { aal: 1 } },
    });
    expect((await browser.get('/me')).body).toEqual(answer.body.user);
  });

  test('the cookies are as the contract says', async () => {
    const user = await service.user();
    const { cookies } = await service.browser().post('/auth/login', { email: user.email, password: user.password });
    const byName = Object.fromEntries(cookies.map((cookie) => [cookie.name, cookie]));
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(byName.sallyport_access).toMatchObject({ path: '/', maxAge: 300 });
    expect(byName.sallyport_refresh).toMatchObject({ path: '/api/v1/auth' });
    expect(byName.sallyport_device).toMatchObject({ path: '/api/v1/auth' });
  });

  test('SEC-2: unknown address, wrong password, disabled and SSO-only user get one answer', async () => {
    const active = await service.user();
    const disabled = await service.user({ status: 'disabled' });
    const ssoOnly = await service.user({ password: null });
    const invited = await service.user({ status: 'invited', password: null });
    const answers = await Promise.all([
      service.browser().post('/auth/login', wrong('nobody@example.com')),
      service.browser().post('/auth/login', wrong(active.email)),
      service.browser().post('/auth/login', { email: disabled.email, password: disabled.password }),
      service.browser().post('/auth/login', wrong(ssoOnly.email)),
      service.browser().post('/auth/login', wrong(invited.email)),
    ]);
    const shape = answers.map(({ status, body, headers, cookies }) => ({
      status,
      body: { ...body, requestId: null },
      headers: Object.keys(headers).sort(),
      length: headers['content-length'],
      cookies,
    }));
    expect(shape[0]).toMatchObject({ status: 401, body: { code: 'invalid_credentials' }, cookies: [] });
    for (const other of shape.slice(1)) expect(other).toEqual(shape[0]);
  });

  test('SEC-2: every kind of refusal costs one argon2id verification', async () => {
    const { hasher } = service.resources;
    const verifications = [vi.spyOn(hasher, 'verify'), vi.spyOn(hasher, 'verifyDummy')];
    for (const user of [
      { email: 'nobody-at-all@example.com' },
      await service.user(),
      await service.user({ status: 'disabled' }),
      await service.user({ password: null }),
    ]) {
      for (const spy of verifications) spy.mockClear();
      await service.browser().post('/auth/login', wrong(user.email));
      expect(verifications.map(({ mock }) => mock.calls.length).reduce((a, b) => a + b)).toBe(1);
    }
    vi.restoreAllMocks();
  });

  test('SEC-3: 100 parallel guesses are counted, and the eleventh is not judged', async () => {
    const user = await service.user();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        service.browser({ address: `192.0.2.${i}` }).post('/auth/login', wrong(user.email)),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(90);
    const refused = await service.browser().post('/auth/login', { email: user.email, password: user.password });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(Number(refused.headers['retry-after'])).toBe(30);
  });

  test('SEC-3: the wait doubles with each further failure, to 15 minutes at most', async () => {
    const user = await service.user();
    for (let i = 0; i < 10; i++) await service.browser().post('/auth/login', wrong(user.email));
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const { headers } = await service.browser().post('/auth/login', wrong(user.email));
      const seconds = Number(headers['retry-after']);
      waits.push(seconds);
      service.clock.advance({ seconds });
      expect((await service.browser().post('/auth/login', wrong(user.email))).status).toBe(401);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  test('SEC-3: spellings of one address share one count', async () => {
    const user = await service.user();
    const spellings = [user.email.toUpperCase(), ` ${user.email}`, user.email.replace('@', '＠'), user.email];
    for (let i = 0; i < 10; i++) {
      const spelling = spellings[i % spellings.length] ?? '';
      expect((await service.browser().post('/auth/login', wrong(spelling))).status).toBe(401);
    }
    for (const spelling of spellings) {
      expect((await service.browser().post('/auth/login', wrong(spelling))).status).toBe(429);
    }
  });

  test('SEC-3: guesses from elsewhere do not lock out a known browser', async () => {
    const user = await service.user();
    const known = await service.signIn(user);
    await known.post('/auth/logout');
    for (let i = 0; i < 12; i++) await service.browser().post('/auth/login', wrong(user.email));
    expect((await service.browser().post('/auth/login', user)).status).toBe(400);
    await service.signIn(user, known);
  });

  test('SEC-3: a mark that this user was not given makes no browser known, and is not kept', async () => {
    const user = await service.user();
    const elsewhere = await service.signIn(user);
    const forgotten = elsewhere.jar.get(DEVICE) ?? '';
    await service.db.knownDevice.deleteMany({ where: { userId: user.id } });
    const ofAnother = (await service.signIn(await service.user())).jar.get(DEVICE) ?? '';
    for (const planted of ['chosen-by-a-stranger', newToken(), ofAnother, forgotten]) {
      const browser = service.browser();
      browser.jar.set(DEVICE, planted);
      await service.signIn(user, browser);
      expect(browser.jar.get(DEVICE)).not.toBe(planted);
      expect(await knownBy(user, planted)).toBe(0);
      expect(await knownBy(user, browser.jar.get(DEVICE))).toBe(1);
    }
  });

  test('SEC-3: a browser stays known by the mark that it was given, with and without a second step', async () => {
    const plain = await service.user();
    const { user, browser, secret } = await service.enrolledUser();
    for (const [owner, known, next] of [
      [plain, await service.signIn(plain), async () => undefined],
      [user, browser, () => browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) })],
    ] as const) {
      const mark = known.jar.get(DEVICE);
      await known.post('/auth/login', { email: owner.email, password: owner.password });
      await next();
      expect((await known.get('/me')).status).toBe(200);
      expect(known.jar.get(DEVICE)).toBe(mark);
      expect(await service.db.knownDevice.count({ where: { userId: owner.id } })).toBe(1);
    }
  });

  test('SEC-3: a second step does not keep a planted mark either', async () => {
    const { user, secret } = await service.enrolledUser();
    const ofAnother = (await service.signIn(await service.user())).jar.get(DEVICE) ?? '';
    const browser = service.browser();
    browser.jar.set(DEVICE, ofAnother);
    await browser.post('/auth/login', { email: user.email, password: user.password });
    const { status } = await browser.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(status).toBe(200);
    expect(browser.jar.get(DEVICE)).not.toBe(ofAnother);
    expect(await knownBy(user, ofAnother)).toBe(0);
  });

  test('SEC-3: parallel right passwords all succeed', async () => {
    const user = await service.user();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        service.browser().post('/auth/login', { email: user.email, password: user.password }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
  });

  test('SEC-3: failures are counted per source across accounts', async () => {
    const address = '203.0.113.77';
    const guess = (n: number) => service.browser({ address }).post('/auth/login', wrong(`spray-${n}@example.com`));
    for (let i = 1; i < sourcePolicy.failures; i++) await service.resources.limiter.fail(address);
    expect((await guess(1)).status).toBe(401);
    expect(await guess(2)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    const user = await service.user();
    await service.signIn(user);
  });

  test('SEC-6: where local sign-in is off, only the right password is told so', async () => {
    const partner = await service.partner({ localSignInEnabled: false });
    for (const organization of [partner, await service.customer(partner)]) {
      const user = await service.user({ organization });
      const answer = await service.browser().post('/auth/login', { email: user.email, password: user.password });
      expect(answer).toMatchObject({ status: 403, body: { code: 'local_sign_in_disabled' }, cookies: [] });
      expect((await service.browser().post('/auth/login', wrong(user.email))).body.code).toBe('invalid_credentials');
    }
    const exempt = await service.user({ organization: await service.customer(partner, { localSignInEnabled: true }) });
    await service.signIn(exempt);
  });

  test('SEC-23: signing in again changes the session and ends the one it replaces', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const before = (await browser.get('/me')).body.session.id;
    const old = browser.copy();
    await service.signIn(user, browser);
    expect((await browser.get('/me')).body.session.id).not.toBe(before);
    expect((await old.get('/me')).status).toBe(401);
  });

  test('the sign-in options depend on the domain alone', async () => {
    const partner = await service.partner({ localSignInEnabled: false });
    await service.db.domain.create({
      data: { name: 'sso-only.example', organizationId: partner.id, verifiedAt: new Date() },
    });
    const options = (email: string) =>
      service.browser().get(`/auth/sign-in-options?email=${encodeURIComponent(email)}`);
    expect((await options('anyone@sso-only.example')).body).toEqual({
      localSignIn: false,
      passwordless: false,
      connections: [],
    });
    expect((await options('anyone@elsewhere.example')).body).toEqual({
      localSignIn: true,
      passwordless: false,
      connections: [],
    });
  });
});

describe('what changes while a right password is judged', () => {
  /** The answer to a sign-in, with `meanwhile` between the judging of the password and what follows. */
  async function overtaken({ email, password }: TestUser, meanwhile: () => Promise<unknown>) {
    const { hasher } = service.resources;
    const verify = hasher.verify.bind(hasher);
    hasher.verify = async (...args) => {
      hasher.verify = verify;
      const verdict = await verify(...args);
      await meanwhile();
      return verdict;
    };
    return service.browser().post('/auth/login', { email, password });
  }

  test('SEC-4: no session opens past the second factor that the user set up', async () => {
    const user = await service.user();
    const owner = await service.signIn(user);
    const answer = await overtaken(user, () => service.enroll(owner));
    expect(answer).toMatchObject({ status: 401, cookies: [] });
    expect(await service.db.session.count({ where: { userId: user.id, revokedAt: null } })).toBe(1);
  });

  test('SEC-5: no session and no second step opens with a password that was changed', async () => {
    for (const user of [await service.user(), (await service.enrolledUser()).user]) {
      const sessions = () => service.db.session.count({ where: { userId: user.id } });
      const before = await sessions();
      const passwordHash = await service.resources.hasher.hash('quarry lantern thistle 9');
      const change = () => service.db.localCredential.update({ where: { userId: user.id }, data: { passwordHash } });
      expect(await overtaken(user, change)).toMatchObject({ status: 401, cookies: [] });
      expect(await sessions()).toBe(before);
      expect(await service.db.signInChallenge.count({ where: { userId: user.id } })).toBe(0);
    }
  });

  test('SEC-3: a hash that a sign-in elsewhere made anew refuses no right password', async () => {
    for (const user of [await service.user(), (await service.enrolledUser()).user]) {
      const passwordHash = await service.resources.hasher.hash(user.password);
      const renewal = () => service.db.localCredential.update({ where: { userId: user.id }, data: { passwordHash } });
      expect((await overtaken(user, renewal)).status).toBe(200);
    }
  });

  test('SEC-6: no second step opens for a user who was disabled', async () => {
    const { user } = await service.enrolledUser();
    const disabled = () => service.db.user.update({ where: { id: user.id }, data: { status: 'disabled' } });
    expect(await overtaken(user, disabled)).toMatchObject({ status: 401, cookies: [] });
  });
});
