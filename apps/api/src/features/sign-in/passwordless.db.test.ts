import { type OwnSignInSettings, PASSKEY_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestUser } from '../../testing/app.ts';
import type { Answer, Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { askedForAny, passkeyUser, passwordlessCustomer } from '../../testing/passkeys.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { SoftwareAuthenticator, type Twist } from '../../testing/software-authenticator.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const refused = { status: 401, body: { code: 'invalid_passkey', next: { action: 'sign_in' } } };

const owner = async (options: Parameters<TestApp['user']>[0] = {}) =>
  passkeyUser(service, { organization: await passwordlessCustomer(service), ...options });

/** Asks, and answers with whatever passkey there is. */
async function signIn(authenticator: SoftwareAuthenticator, twist: Twist = {}, browser = service.browser()) {
  const { answer, options } = await askedForAny(service, browser);
  return { browser, ...(await answer(authenticator.get(options, twist))) };
}

const set = (user: TestUser, data: Partial<OwnSignInSettings>) =>
  service.db.organization.update({ where: { id: user.organization.id }, data });
const sessionsOf = ({ id }: TestUser) => service.db.session.count({ where: { userId: id, revokedAt: null } });
const reasonsOf = async ({ id }: TestUser) =>
  (
    await service.db.auditEvent.findMany({
      where: { subjectId: id, action: 'session.sign_in_failed' },
      orderBy: { sequence: 'asc' },
    })
  ).map(({ details }) => (details as { reason: string }).reason);

describe('a passkey alone', () => {
  test('signs in at aal 2, phishing-resistant, and that is told, noted and audited', async () => {
    const { user, authenticator, id } = await owner();
    const count = vi.spyOn(service.resources.metrics, 'countSignIn');
    const { body, browser, status } = await signIn(authenticator);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        status: 'authenticated',
        user: { id: user.id, session: { method: 'passkey', aal: 2, phishingResistant: true } },
      },
    });
    expect(count.mock.calls).toEqual([['authenticated']]);
    count.mockRestore();
    expect((await browser.get('/me')).body.session).toEqual(body.user.session);
    const { items } = (await browser.get('/me/sessions')).body;
    expect(items).toContainEqual(
      expect.objectContaining({ current: true, method: 'passkey', aal: 2, phishingResistant: true }),
    );
    const now = service.clock.now();
    expect(await service.db.passkey.findUniqueOrThrow({ where: { id } })).toMatchObject({ counter: 1n, usedAt: now });
    expect((await service.db.user.findUniqueOrThrow({ where: { id: user.id } })).lastSignInAt).toEqual(now);
    const [event] = await service.db.auditEvent.findMany({
      where: { subjectId: user.id, action: 'session.signed_in' },
      orderBy: { sequence: 'desc' },
      take: 1,
    });
    expect(event?.details).toMatchObject({
      method: 'passkey',
      secondFactor: 'passkey',
      sessionId: body.user.session.id,
    });
  });

  test('is asked for without a name, and has to verify its user', async () => {
    await owner();
    const { browser, options } = await askedForAny(service);
    expect(options).toEqual({
      rpId: 'localhost',
      challenge: expect.stringMatching(/^[\w-]{86}$/),
      allowCredentials: [],
      timeout: PASSKEY_SECONDS * 1000,
      userVerification: 'required',
    });
    const { cookies } = await browser.post('/auth/passkey/options');
    expect(cookies).toMatchObject([
      { name: 'sallyport_passkey', httpOnly: true, sameSite: 'Lax', path: '/api/v1/auth', maxAge: 300 },
    ]);
    expect((await browser.get('/me')).status).toBe(401);
  });

  test('refreshes, steps up, and takes the place of the session that the browser had', async () => {
    const { user, authenticator, browser } = await owner();
    const before = await sessionsOf(user);
    await signIn(authenticator, {}, browser);
    expect(await sessionsOf(user)).toBe(before);
    expect((await browser.post('/auth/refresh')).status).toBe(204);
    expect((await browser.get('/me')).body.session).toMatchObject({ method: 'passkey', aal: 2 });
    const { body: options } = await browser.post('/me/mfa/passkey-options');
    const proof = { password: GOOD_PASSWORD, response: authenticator.get(options) };
    expect((await browser.post('/auth/step-up', proof)).status).toBe(204);
  });

  test('keeps whether it is backed up now', async () => {
    const organization = await passwordlessCustomer(service);
    const user = await service.user({ organization });
    const browser = await service.signIn(user);
    const authenticator = new SoftwareAuthenticator();
    const { body: options } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const response = authenticator.create(options, { backupEligible: true });
    const { id } = (await browser.post('/me/mfa/passkeys', { name: 'Phone', response })).body.factor;
    const backedUp = async () => (await service.db.passkey.findUniqueOrThrow({ where: { id } })).backedUp;
    expect(await backedUp()).toBe(false);
    expect((await signIn(authenticator, { backupEligible: true, backedUp: true })).status).toBe(200);
    expect(await backedUp()).toBe(true);
  });

  test.each([
    [true, true],
    [false, false],
    [null, null],
  ])('tells whether it is found without a name: the browser says %s', async (discoverable, told) => {
    const user = await service.user({ organization: await passwordlessCustomer(service) });
    const browser = await service.signIn(user);
    const authenticator = new SoftwareAuthenticator();
    const { body: options } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'preferred' });
    const response = authenticator.create(options, { discoverable });
    const added = await browser.post('/me/mfa/passkeys', { name: 'Key', response });
    expect(added.body.factor.discoverable).toBe(told);
    const known = async () => (await browser.get('/me/mfa')).body.factors[0].discoverable;
    expect(await known()).toBe(told);
    // Whatever the browser said: it was found.
    expect((await signIn(authenticator)).status).toBe(200);
    expect(await known()).toBe(true);
  });

  test('of two tabs works in each', async () => {
    const { authenticator } = await owner();
    const browser = service.browser();
    const [one, other] = [await askedForAny(service, browser), await askedForAny(service, browser)];
    expect((await one.answer(authenticator.get(one.options))).status).toBe(200);
    expect((await other.answer(authenticator.get(other.options))).status).toBe(200);
  });

  test('changes nothing of a sign-in with a password that waits for its second step', async () => {
    const { user, backupCodes } = await owner();
    const browser = service.browser();
    await browser.post('/auth/login', { email: user.email, password: user.password });
    await askedForAny(service, browser);
    const done = await browser.post('/auth/login/mfa', { method: 'backup_code', code: backupCodes[0] });
    expect(done.status).toBe(200);
  });
});

describe('SEC-4: an answer is refused', () => {
  test.each<[string, Twist]>([
    ['without the user verified', { userVerified: false }],
    ['without a person', { userPresent: false }],
    ['of a page of another origin', { origin: 'https://login.example.net' }],
    ['of another port of this host', { origin: 'http://localhost:3001' }],
    ['for another relying party', { rpId: 'example.net' }],
    ['to a challenge that nobody gave', { challenge: Buffer.alloc(64, 7).toString('base64url') }],
    ['to no challenge', { challenge: '' }],
    ['in a frame of another page', { crossOrigin: true }],
    ['of another ceremony', { type: 'webauthn.create' }],
    ['that says it is of another user', { userHandle: 'AAAA' }],
    ['that does not say whose it is', { userHandle: null }],
    ['that may be backed up all at once', { backupEligible: true }],
  ])('%s', async (_, twist) => {
    const { user, authenticator } = await owner();
    const before = await sessionsOf(user);
    const { body, browser, status } = await signIn(authenticator, twist);
    expect({ body, status }).toMatchObject(refused);
    expect((await browser.get('/me')).status).toBe(401);
    expect(await sessionsOf(user)).toBe(before);
    expect(await reasonsOf(user)).toEqual(['wrong_passkey']);
  });

  test('with the signature of another key, and with the credential of another user', async () => {
    const [ann, bob] = [await owner(), await owner()];
    const { answer, options } = await askedForAny(service);
    const [hers, his] = [ann.authenticator.get(options), bob.authenticator.get(options)];
    expect(await answer({ ...hers, id: his.id, rawId: his.id })).toMatchObject(refused);
    const claimed = { ...hers, response: { ...hers.response, userHandle: his.response.userHandle } };
    expect(await answer(claimed)).toMatchObject(refused);
    expect((await answer(hers)).body.user.id).toBe(ann.user.id);
  });

  test('in another browser, and in one that asked for nothing', async () => {
    const { authenticator } = await owner();
    const { answer, options } = await askedForAny(service);
    const response = authenticator.get(options);
    expect(await answer(response, service.browser())).toMatchObject(refused);
    expect(await answer(response, (await askedForAny(service)).browser)).toMatchObject(refused);
    const planted = service.browser();
    planted.jar.set('sallyport_passkey', 'x');
    expect(await answer(response, planted)).toMatchObject(refused);
    expect((await answer(response)).status).toBe(200);
  });

  test('when it comes a second time', async () => {
    const { user, authenticator } = await owner();
    const { answer, browser, options } = await askedForAny(service);
    // One that does not count, so that the counter tells nothing.
    const response = authenticator.get(options, { counter: 0 });
    expect((await answer(response, browser.copy())).status).toBe(200);
    const before = await sessionsOf(user);
    expect(await answer(response)).toMatchObject(refused);
    expect(await sessionsOf(user)).toBe(before);
  });

  test('after five minutes, and is taken until then', async () => {
    const { authenticator } = await owner();
    const [one, other] = [await askedForAny(service), await askedForAny(service)];
    service.clock.advance({ seconds: PASSKEY_SECONDS - 1 });
    expect((await one.answer(authenticator.get(one.options))).status).toBe(200);
    service.clock.advance({ seconds: 1 });
    expect(await other.answer(authenticator.get(other.options))).toMatchObject(refused);
  });

  test('to the challenge of a second step', async () => {
    const { user, authenticator } = await owner();
    const { browser, answer } = await askedForAny(service);
    await browser.post('/auth/login', { email: user.email, password: user.password });
    const { body } = await browser.post('/auth/login/mfa/passkey-options');
    expect(await answer(authenticator.get(body))).toMatchObject(refused);
  });

  test.each([
    ['goes back', 4],
    ['stands still', 5],
    ['falls to 0', 0],
  ])('whose counter %s, and that is written down', async (_, counter) => {
    const { user, authenticator, id } = await owner();
    expect((await signIn(authenticator, { counter: 5 })).status).toBe(200);
    expect(await signIn(authenticator, { counter })).toMatchObject(refused);
    const [event] = await service.db.auditEvent.findMany({
      where: { subjectId: user.id, action: 'passkey.counter_went_back' },
    });
    expect(event).toMatchObject({ outcome: 'failure', details: { passkeyId: id, counter: ['5', String(counter)] } });
  });

  test('of a passkey that was removed, and after a reset', async () => {
    const { user, authenticator } = await owner();
    const asked = await askedForAny(service);
    const admin = await service.enrolledUser({
      organization: user.organization,
      role: 'admin',
      access: 'read_write',
    });
    expect((await admin.browser.patch(`/users/${user.id}`, { mfaEnabled: false })).status).toBe(200);
    expect(await asked.answer(authenticator.get(asked.options))).toMatchObject(refused);
  });

  test('SEC-50: that is none at all', async () => {
    const { authenticator } = await owner();
    const { answer, options } = await askedForAny(service);
    const right = authenticator.get(options);
    for (const response of [null, [], {}, { ...right, id: 'not base64url!' }, { ...right, type: 'password' }])
      expect((await answer(response)).status).toBe(400);
    for (const clientDataJSON of [
      'AAAA',
      Buffer.from('null').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ])
      expect(await answer({ ...right, response: { ...right.response, clientDataJSON } })).toMatchObject(refused);
    const authenticatorData = 'AAAA';
    expect(await answer({ ...right, response: { ...right.response, authenticatorData } })).toMatchObject(refused);
  });
});

describe('whoever may not', () => {
  test('SEC-2: a disabled user, a passkey of nobody and a wrong answer get one answer', async () => {
    const disabled = await owner();
    await service.db.user.update({ where: { id: disabled.user.id }, data: { status: 'disabled' } });
    const { user, authenticator } = await owner();
    const stranger = new SoftwareAuthenticator();
    stranger.create({ rp: { id: 'localhost' }, user: { id: 'AAAA' }, challenge: 'AAAA', excludeCredentials: [] });
    const verify = vi.spyOn(service.services.audit, 'lookForNobody');
    const answers = [
      await signIn(disabled.authenticator),
      await signIn(stranger),
      await signIn(authenticator, { userVerified: false }),
    ].map(({ body: { requestId, ...body }, headers, status }) => ({
      body,
      status,
      headers: Object.keys(headers).toSorted(),
    }));
    expect(answers[0]).toMatchObject(refused);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(verify).toHaveBeenCalledOnce();
    verify.mockRestore();
    expect(await reasonsOf(disabled.user)).toEqual(['disabled']);
    expect(await reasonsOf(user)).toEqual(['wrong_passkey']);
  });

  test('is told that passkeys do not sign in alone there, once the answer was right', async () => {
    const { user, authenticator } = await owner();
    await set(user, { passwordlessEnabled: null });
    expect(await signIn(authenticator, { userVerified: false })).toMatchObject(refused);
    expect(await signIn(authenticator)).toMatchObject({
      status: 403,
      body: { code: 'passwordless_disabled', next: { action: 'sign_in' } },
    });
    expect(await reasonsOf(user)).toEqual(['wrong_passkey', 'passwordless_disabled']);
  });

  test('SEC-6: where passwords count for nothing no passkey does, at any step', async () => {
    const { user, authenticator, browser } = await owner();
    const { browser: alone } = await signIn(authenticator);
    const asked = await askedForAny(service);
    await set(user, { localSignInEnabled: false });
    expect(await asked.answer(authenticator.get(asked.options))).toMatchObject({
      status: 403,
      body: { code: 'local_sign_in_disabled', next: { action: 'use_sso' } },
    });
    expect(await reasonsOf(user)).toEqual(['local_sign_in_disabled']);
    for (const session of [browser, alone]) {
      expect((await session.get('/me')).status).toBe(401);
      expect((await session.post('/auth/refresh')).status).toBe(401);
    }
  });

  test('SEC-6: sessions of passkeys do not come back to life with local sign-in', async () => {
    const partner = await service.partner({ passwordlessEnabled: true });
    const { authenticator } = await passkeyUser(service, { organization: partner });
    const { browser } = await signIn(authenticator);
    const connection = await service.workingConnection(partner);
    const admin = await service.signInThrough(
      connection,
      await service.user({ organization: partner, role: 'admin', access: 'read_write' }),
    );
    const path = `/organizations/${partner.id}/settings`;
    expect((await admin.patch(path, { localSignInEnabled: false })).status).toBe(200);
    expect((await admin.patch(path, { localSignInEnabled: true })).status).toBe(200);
    expect((await browser.get('/me')).status).toBe(401);
  });

  test('SEC-4: the lock of the second factor holds here too, and counts nothing', async () => {
    const { user, authenticator } = await owner();
    for (let round = 0; round < 2; round++) {
      const browser = service.browser();
      await browser.post('/auth/login', { email: user.email, password: user.password });
      for (let i = 0; i < 5; i++)
        await browser.post('/auth/login/mfa', { method: 'backup_code', code: 'AAAA-AAAA-AAAA' });
    }
    for (let i = 0; i < 12; i++) {
      const { headers, status } = await signIn(authenticator);
      expect({ status, seconds: Number(headers['retry-after']) }).toEqual({ status: 429, seconds: 900 });
    }
    service.clock.advance({ minutes: 15 });
    expect((await signIn(authenticator)).status).toBe(200);
  });
});

describe('SEC-3: what was refused', () => {
  const wrong = (authenticator: SoftwareAuthenticator, browser?: Browser) =>
    signIn(authenticator, { userVerified: false }, browser);
  const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status);

  test('is counted for the credential, whoever has it, and not for the second step', async () => {
    const { user, authenticator, backupCodes } = await owner();
    const stranger = new SoftwareAuthenticator();
    stranger.create({ rp: { id: 'localhost' }, user: { id: 'AAAA' }, challenge: 'AAAA', excludeCredentials: [] });
    for (const of of [authenticator, stranger]) {
      for (let i = 0; i < 10; i++) expect((await wrong(of)).status).toBe(401);
      expect((await wrong(of)).status).toBe(429);
    }
    expect((await signIn(authenticator)).status).toBe(429);
    const browser = service.browser();
    await browser.post('/auth/login', { email: user.email, password: user.password });
    const code = backupCodes[0];
    expect((await browser.post('/auth/login/mfa', { method: 'backup_code', code })).status).toBe(200);
    service.clock.advance({ seconds: 31 });
    expect((await signIn(authenticator)).status).toBe(200);
    // The success took the count back.
    expect((await wrong(authenticator)).status).toBe(401);
  });

  test('does not keep out a browser that the owner signed in with before', async () => {
    const { authenticator, browser } = await owner();
    for (let i = 0; i < 11; i++) await wrong(authenticator);
    expect((await signIn(authenticator)).status).toBe(429);
    expect((await signIn(authenticator, {}, browser.copy())).status).toBe(200);
    // Its own count bounds it, and is that of its passwords.
    for (let i = 0; i < 10; i++) expect((await wrong(authenticator, browser.copy())).status).toBe(401);
    expect((await signIn(authenticator, {}, browser.copy())).status).toBe(429);
  });

  test('is counted for its source, whose known browsers come in all the same', async () => {
    const address = '198.51.100.90';
    const organization = await passwordlessCustomer(service);
    const user = await service.user({ organization });
    const known = await service.signIn(user, service.browser({ address }));
    const authenticator = new SoftwareAuthenticator();
    const { body: options } = await known.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    await known.post('/me/mfa/passkeys', { name: 'Key', response: authenticator.create(options) });
    await wrong(authenticator, service.browser({ address }));
    for (let n = 0; n < 299; n++) await service.resources.limiter.fail(address);
    expect((await signIn(authenticator, {}, service.browser({ address }))).status).toBe(429);
    const pretending = service.browser({ address });
    pretending.jar.set('sallyport_device', 'a mark that nobody gave');
    expect((await signIn(authenticator, {}, pretending)).status).toBe(429);
    expect((await signIn(authenticator, {}, known.copy())).status).toBe(200);
    expect((await signIn(authenticator)).status).toBe(200);
  });

  test('counts for nothing where it was not judged', async () => {
    const { authenticator } = await owner();
    await service.unwritable('sessions', async () => {
      for (let i = 0; i < 12; i++) expect((await signIn(authenticator)).status).toBe(503);
    });
    for (let i = 0; i < 10; i++) expect((await wrong(authenticator)).status).toBe(401);
    expect((await wrong(authenticator)).status).toBe(429);
  });

  test('though it came together: each is counted, and a blocked credential asks for no place', async () => {
    const { authenticator } = await owner();
    const asked = await Promise.all(Array.from({ length: 20 }, () => askedForAny(service)));
    const answers = await Promise.all(
      asked.map(({ answer, options }) => answer(authenticator.get(options, { userVerified: false }))),
    );
    expect(statusesOf(answers).filter((status) => status === 401)).toHaveLength(10);
    expect(statusesOf(answers).filter((status) => status === 429)).toHaveLength(10);
    const run = vi.spyOn(service.resources.door, 'run');
    expect((await wrong(authenticator)).status).toBe(429);
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });

  test('is forgotten with the rest when an operator unlocks the user', async () => {
    const { user, authenticator } = await owner();
    for (let i = 0; i < 11; i++) await wrong(authenticator);
    await service.services.usersByOperator.unlock(user.email);
    expect((await signIn(authenticator)).status).toBe(200);
  });
});

describe('whether passkeys sign in alone', () => {
  const options = async (query: string) =>
    (await service.browser().get(`/auth/sign-in-options?${query}`)).body.passwordless;

  test('is told of an organization, and of anybody where the domain is of none', async () => {
    const organization = await passwordlessCustomer(service);
    expect(await options(`organization=${organization.slug}`)).toBe(true);
    expect(await options('email=anybody@nowhere.example')).toBe(true);
    expect(await options('organization=')).toBe(true);
    const other = await service.customer(await service.partner());
    expect(await options(`organization=${other.slug}`)).toBe(false);
    const without = await service.customer(await service.partner(), {
      passwordlessEnabled: true,
      localSignInEnabled: false,
    });
    expect(await options(`organization=${without.slug}`)).toBe(false);
  });

  test('is for a partner to forbid, and for a customer to do without', async () => {
    const partner = await service.partner({ passwordlessEnabled: false });
    const customer = await service.customer(partner);
    const { browser } = await service.enrolledUser({ organization: partner, role: 'admin', access: 'read_write' });
    const patch = (id: string, passwordlessEnabled: boolean | null) =>
      browser.patch(`/organizations/${id}/settings`, { passwordlessEnabled });
    const weaker = await patch(customer.id, true);
    expect(weaker).toMatchObject({
      status: 422,
      body: { code: 'weaker_than_partner', errors: [{ pointer: '/passwordlessEnabled' }] },
    });
    expect((await patch(partner.id, true)).body).toMatchObject({ passwordlessEnabled: true });
    expect(await options(`organization=${customer.slug}`)).toBe(true);
    expect((await patch(customer.id, false)).body).toMatchObject({
      passwordlessEnabled: false,
      own: { passwordlessEnabled: false },
      inherited: { passwordlessEnabled: true },
    });
    expect(await options(`organization=${customer.slug}`)).toBe(false);
  });

  test('is asked of nobody where no organization lets them', async () => {
    const { organizations } = service.services;
    const nowhere = vi.spyOn(organizations, 'isPasswordlessAnywhere').mockResolvedValue(false);
    const answer = await service.browser().post('/auth/passkey/options');
    expect(answer).toMatchObject({ status: 403, body: { code: 'passwordless_disabled', next: { action: 'sign_in' } } });
    expect(answer.cookies).toEqual([]);
    expect(await options('email=anybody@nowhere.example')).toBe(false);
    expect((await service.browser().get('/auth/sign-in-options?organization=')).body).toEqual({
      localSignIn: true,
      passwordless: false,
      connections: [],
    });
    nowhere.mockRestore();
  });

  test.each([null, false, true])(
    'the statement that reads settings says as the rules do: partner %s',
    async (partner) => {
      for (const own of [null, false, true]) {
        const customer = await service.customer(await service.partner({ passwordlessEnabled: partner }), {
          passwordlessEnabled: own,
        });
        const { authenticator } = await passkeyUser(service, { organization: customer });
        // Somewhere it is allowed.
        await passwordlessCustomer(service);
        const allowed = (own ?? partner ?? false) && partner !== false;
        expect([own, (await signIn(authenticator)).status]).toEqual([own, allowed ? 200 : 403]);
        expect(await options(`organization=${customer.slug}`)).toBe(allowed);
      }
    },
  );
});

describe('SEC-12: of requests with one answer', () => {
  test('one opens a session, though they come together', async () => {
    const { user, authenticator } = await owner();
    const { answer, browser, options } = await askedForAny(service);
    const response = authenticator.get(options, { counter: 0 });
    const before = await sessionsOf(user);
    const answers = await Promise.all(Array.from({ length: 20 }, () => answer(response, browser.copy())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 401, 429]).toContain(status);
    expect(await sessionsOf(user)).toBe(before + 1);
  });

  test.runIf(testDatabaseKind() === 'postgres')('one does, of those that were all found right before', async () => {
    const { user, authenticator } = await owner();
    const { answer, browser, options } = await askedForAny(service);
    const response = authenticator.get(options, { counter: 0 });
    const before = await sessionsOf(user);
    const row = { text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', values: [user.id] };
    const answers = await whileHeld(databaseUrl(service.resources.database), row, 5, () =>
      Array.from({ length: 5 }, () => answer(response, browser.copy())),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
    expect(await sessionsOf(user)).toBe(before + 1);
  });
});
