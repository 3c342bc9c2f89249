import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp } from '../../../testing/app.ts';
import { addPasskey, askedAtSignIn, passkeyUser, shownAgain } from '../../../testing/passkeys.ts';
import { SoftwareAuthenticator, type Twist } from '../../../testing/software-authenticator.ts';

/*
 * Answers that a verifier has to refuse (WebAuthn Level 3, sections 7.1 and 7.2).
 */

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const hostile: [name: string, twist: Twist][] = [
  ['of a page of another origin', { origin: 'https://login.example.net' }],
  ['of another port of this host', { origin: 'http://localhost:3001' }],
  ['of a host under ours that was not allowed', { origin: 'http://evil.localhost:3000' }],
  ['for another relying party', { rpId: 'example.net' }],
  ['to another challenge', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
  ['in a frame of another page', { crossOrigin: true }],
  ['without a person', { userPresent: false }],
];

describe('a new passkey is refused', () => {
  test.each([...hostile, ['that answers another ceremony', { type: 'webauthn.get' }] as const])(
    '%s',
    async (_, twist) => {
      const user = await service.user();
      const browser = await service.signIn(user);
      const answer = await addPasskey(browser, new SoftwareAuthenticator(), { twist });
      expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_passkey' } });
      expect(await service.db.enabledMfa.count({ where: { userId: user.id } })).toBe(0);
      expect((await browser.get('/me')).body.session.aal).toBe(1);
    },
  );

  test('when it comes again, in another session, or too late', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const begin = async () => (await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD })).body;
    const send = (from: typeof browser, response: unknown) => from.post('/me/mfa/passkeys', { name: 'Key', response });
    const authenticator = new SoftwareAuthenticator();
    const elsewhere = await service.signIn(user);
    expect((await send(elsewhere, authenticator.create(await begin()))).body.code).toBe('no_pending_enrollment');
    const late = authenticator.create(await begin());
    service.clock.advance({ minutes: 5 });
    await browser.post('/auth/refresh');
    expect((await send(browser, late)).body.code).toBe('no_pending_enrollment');
    const replaced = authenticator.create(await begin());
    await begin();
    expect((await send(browser, replaced)).body.code).toBe('invalid_passkey');
    const right = authenticator.create(await begin());
    expect((await send(browser, right)).status).toBe(201);
    expect((await send(browser, right)).body.code).toBe('no_pending_enrollment');
  });

  test('that is of an account already, be it another', async () => {
    const { browser, authenticator } = await passkeyUser(service);
    const { body } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    expect(body.excludeCredentials).toHaveLength(1);
    expect(() => authenticator.create(body)).toThrow('InvalidStateError');
    // The credential of one, by a browser that does as it likes, for another.
    const thief = await service.signIn(await service.user());
    const options = (await thief.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD })).body;
    const again = authenticator.create(options, { credential: body.excludeCredentials[0].id });
    const answer = await thief.post('/me/mfa/passkeys', { name: 'Mine', response: again });
    expect(answer).toMatchObject({ status: 409, body: { code: 'passkey_already_added' } });
    expect((await thief.get('/me')).body.mfa.enabled).toBe(false);
  });

  test('SEC-5: that was begun before the password was changed', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const { body } = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const change = { currentPassword: GOOD_PASSWORD, newPassword: 'quarry lantern thistle 9' };
    expect((await browser.post('/me/password', change)).status).toBe(204);
    const response = new SoftwareAuthenticator().create(body);
    const answer = await browser.post('/me/mfa/passkeys', { name: 'Key', response });
    expect(answer.body.code).toBe('no_pending_enrollment');
  });

  test('SEC-50: that is no passkey at all', async () => {
    const browser = await service.signIn(await service.user());
    const begin = () => browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const right = new SoftwareAuthenticator().create((await begin()).body);
    const send = (response: unknown) => browser.post('/me/mfa/passkeys', { name: 'Key', response });
    for (const response of [
      { ...right, id: 'not base64url!' },
      { ...right, type: 'password' },
      { ...right, response: {} },
      null,
      [],
    ])
      expect((await send(response)).status).toBe(400);
    for (const response of [
      { ...right, rawId: 'AAAA' },
      { ...right, id: 'AAAA', rawId: 'AAAA' },
      { ...right, response: { ...right.response, attestationObject: 'AAAA' } },
      { ...right, response: { ...right.response, clientDataJSON: 'AAAA' } },
      { ...right, response: { ...right.response, clientDataJSON: Buffer.from('null').toString('base64url') } },
    ]) {
      await begin();
      expect((await send(response)).body.code).toBe('invalid_passkey');
    }
  });
});

describe('an answer is refused', () => {
  test.each([
    ...hostile,
    ['to another ceremony', { type: 'webauthn.create' }] as const,
    ['that says it is of another user', { userHandle: 'AAAA' }] as const,
    ['that may be backed up all at once', { backupEligible: true }] as const,
  ])('%s', async (_, twist) => {
    const { user, authenticator, browser } = await passkeyUser(service);
    const { answer, browser: device, options } = await askedAtSignIn(service, user);
    expect(await answer(authenticator.get(options, twist))).toMatchObject({
      status: 401,
      body: { code: 'invalid_code', reason: 'wrong', next: { action: 'second_step', attemptsLeft: 4 } },
    });
    expect((await device.get('/me')).status).toBe(401);
    const again = await browser.post('/me/mfa/disable', await shownAgain(browser, authenticator, twist));
    expect(again).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
  });

  test('when it comes a second time, in this sign-in or another', async () => {
    const { user, authenticator } = await passkeyUser(service);
    const one = await askedAtSignIn(service, user);
    const other = await askedAtSignIn(service, user);
    const response = authenticator.get(one.options);
    expect((await other.answer(response)).body.code).toBe('invalid_code');
    expect((await one.answer(response)).status).toBe(200);
    expect((await one.answer(response)).body.code).toBe('challenge_expired');
    const third = await askedAtSignIn(service, user);
    expect((await third.answer(response)).body.code).toBe('invalid_code');
  });

  test('that was refused, when it is mended: each challenge is taken once', async () => {
    const { user, authenticator } = await passkeyUser(service);
    const { answer, options } = await askedAtSignIn(service, user);
    await answer(authenticator.get(options, { userPresent: false }));
    expect((await answer(authenticator.get(options))).body.code).toBe('invalid_code');
  });

  test('after five minutes, and to a challenge that was replaced', async () => {
    const { user, authenticator, browser } = await passkeyUser(service);
    const asked = async () => (await browser.post('/me/mfa/passkey-options')).body;
    const disable = (response: unknown) => browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, response });
    const late = authenticator.get(await asked());
    service.clock.advance({ minutes: 5 });
    await browser.post('/auth/refresh');
    expect((await disable(late)).body.code).toBe('invalid_code');
    const replaced = await asked();
    await asked();
    expect((await disable(authenticator.get(replaced))).body.code).toBe('invalid_code');
    expect((await browser.get('/me')).body).toMatchObject({ id: user.id, mfa: { enabled: true } });
  });

  test('of a right passkey of another user', async () => {
    const { user } = await passkeyUser(service);
    const thief = await passkeyUser(service);
    const { answer, options } = await askedAtSignIn(service, user);
    const response = thief.authenticator.get({ ...options, allowCredentials: [] });
    expect((await answer(response)).body.code).toBe('invalid_code');
  });

  test('that was made for another purpose', async () => {
    const { user, authenticator, browser } = await passkeyUser(service);
    const inside = (await browser.post('/me/mfa/passkey-options')).body;
    const { answer } = await askedAtSignIn(service, user);
    expect((await answer(authenticator.get(inside))).body.code).toBe('invalid_code');
  });

  test.each([
    ['goes back', 4],
    ['stands still', 5],
    ['falls to 0', 0],
  ])('whose counter %s, and that is written down', async (_, counter) => {
    const { user, authenticator, id } = await passkeyUser(service);
    const first = await askedAtSignIn(service, user);
    expect((await first.answer(authenticator.get(first.options, { counter: 5 }))).status).toBe(200);
    const { answer, options } = await askedAtSignIn(service, user);
    expect((await answer(authenticator.get(options, { counter }))).body.code).toBe('invalid_code');
    const events = await service.db.auditEvent.findMany({
      where: { subjectId: user.id, action: 'passkey.counter_went_back' },
    });
    expect(events).toMatchObject([{ outcome: 'failure', details: { passkeyId: id, counter: ['5', String(counter)] } }]);
    expect((await service.db.passkey.findUniqueOrThrow({ where: { id } })).counter).toBe(5n);
  });
});

describe('SEC-3: wrong answers of passkeys', () => {
  test('are counted with wrong codes, and end in a lock that is mailed', async () => {
    const { user, authenticator } = await passkeyUser(service);
    for (let round = 0; round < 2; round++) {
      const browser = service.browser();
      for (let i = 0; i < 3; i++) {
        const { answer, options } = await askedAtSignIn(service, user, browser);
        expect((await answer(authenticator.get(options, { origin: 'https://x.example' }))).status).toBe(401);
      }
      for (let i = 0; i < 2; i++)
        await browser.post('/auth/login/mfa', { method: 'backup_code', code: 'AAAA-AAAA-AAAA' });
    }
    const { answer, options } = await askedAtSignIn(service, user);
    expect((await answer(authenticator.get(options))).status).toBe(429);
    expect((await service.mailsTo(user.email)).at(-1)).toBe('Someone entered many wrong codes');
  });

  test('five end a pending sign-in', async () => {
    const { user, authenticator } = await passkeyUser(service);
    const { answer, browser, options } = await askedAtSignIn(service, user);
    for (let i = 0; i < 4; i++)
      expect((await answer(authenticator.get(options, { counter: 0 }))).status).toBeLessThan(402);
    expect((await browser.post('/auth/login/mfa/passkey-options')).status).toBeLessThan(402);
  });
});

describe('SEC-12: of requests with one answer', () => {
  test('one is right, though they come together', async () => {
    const { user, authenticator } = await passkeyUser(service);
    const { browser, options } = await askedAtSignIn(service, user);
    const response = authenticator.get(options);
    const tabs = Array.from({ length: 4 }, () => browser.copy());
    const answers = await Promise.all(tabs.map((tab) => tab.post('/auth/login/mfa', { method: 'passkey', response })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await service.db.session.count({ where: { userId: user.id, revokedAt: null } })).toBe(2);
  });

  test('two pending sign-ins with two challenges and one counter open one session', async () => {
    const { user, authenticator } = await passkeyUser(service);
    const [one, other] = [await askedAtSignIn(service, user), await askedAtSignIn(service, user)];
    const responses = [
      authenticator.get(one.options, { counter: 9 }),
      authenticator.get(other.options, { counter: 9 }),
    ];
    const answers = await Promise.all([one.answer(responses[0]), other.answer(responses[1])]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });
});
