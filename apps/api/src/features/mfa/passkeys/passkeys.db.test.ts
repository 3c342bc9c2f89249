import { PASSKEY_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../platform/crypto/ids.ts';
import { GOOD_PASSWORD, NO_CHECK, NOT_REQUIRED, TestApp } from '../../../testing/app.ts';
import { addPasskey, askedAtSignIn, passkeyUser, shownAgain } from '../../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../../testing/software-authenticator.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const subjectsOf = async (userId: string, since = 0) =>
  (await service.db.auditEvent.findMany({ where: { subjectId: userId }, orderBy: { sequence: 'asc' } }))
    .slice(since)
    .map(({ action }) => action);
const lastDetails = async (subjectId: string) =>
  (await service.db.auditEvent.findFirstOrThrow({ where: { subjectId }, orderBy: { sequence: 'desc' } })).details;

describe('a passkey as first factor', () => {
  test('SEC-15: turns MFA on with ten backup codes, renews the session at aal 2, ends the others, is mailed and audited', async () => {
    const user = await service.user();
    const [browser, other] = [await service.signIn(user), await service.signIn(user)];
    const before = (await browser.get('/me')).body.session.id;
    const added = await addPasskey(browser, new SoftwareAuthenticator(), { name: ' Blue key ' });
    expect(added).toMatchObject({
      status: 201,
      body: { factor: { kind: 'passkey', name: 'Blue key', lastUsedAt: null }, backupCodes: { length: 10 } },
    });
    const me = (await browser.get('/me')).body;
    expect(me).toMatchObject({ mfa: { enabled: true, canEnroll: false }, session: { aal: 2 } });
    expect(me.session.id).not.toBe(before);
    expect((await other.get('/me')).status).toBe(401);
    expect((await browser.get('/me/mfa')).body).toMatchObject({
      enabled: true,
      backupCodesRemaining: 10,
      factors: [added.body.factor],
    });
    expect(await service.mailsTo(user.email)).toEqual(['Two-factor authentication is on']);
    expect(await subjectsOf(user.id, 2)).toEqual(['mfa.enrollment_started', 'mfa.enabled']);
  });

  test('is kept as the authenticator gave it', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    const twist = { backupEligible: true, counter: 7 };
    await addPasskey(browser, new SoftwareAuthenticator(), { twist });
    expect(await service.db.passkey.findFirstOrThrow({ where: { userId: user.id } })).toMatchObject({
      counter: 7n,
      transports: ['internal', 'hybrid'],
      backupEligible: true,
      backedUp: false,
      aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4',
    });
  });

  test('SEC-11: changes nothing before it has answered, and needs the password', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    expect(await lastDetails(user.id)).toMatchObject({ kind: 'passkey' });
    const wrong = await browser.post('/me/mfa/passkeys/options', { password: 'wrong' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    const options = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    expect(options.body).toMatchObject({
      rp: { id: 'localhost', name: 'Sallyport' },
      user: { name: user.email, displayName: 'Test User' },
      excludeCredentials: [],
    });
    expect((await browser.get('/me/mfa')).body).toEqual({
      enabled: false,
      canEnroll: true,
      ...NOT_REQUIRED,
      ...NO_CHECK,
      factors: [],
    });
    const again = await service.signIn(user);
    expect((await again.get('/me')).body.session.aal).toBe(1);
  });

  test('is refused to users without a password, with the reason', async () => {
    const organization = await service.customer(await service.partner());
    const connection = await service.workingConnection(organization);
    const user = await service.user({ organization });
    const browser = await service.signInThrough(connection, user);
    await service.db.localCredential.delete({ where: { userId: user.id } });
    const answer = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    expect(answer).toMatchObject({ status: 409, body: { code: 'mfa_requires_local_password' } });
  });

  test('SEC-6: is refused where passwords count for nothing', async () => {
    const organization = await service.customer(await service.partner());
    const connection = await service.workingConnection(organization);
    const browser = await service.signInThrough(connection, await service.user({ organization }));
    const options = await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    await service.db.organization.update({ where: { id: organization.id }, data: { localSignInEnabled: false } });
    const answers = [
      await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD }),
      await browser.post('/me/mfa/passkeys', {
        name: 'Key',
        response: new SoftwareAuthenticator().create(options.body),
      }),
    ];
    for (const answer of answers) expect(answer.body.code).toBe('local_sign_in_disabled');
  });
});

describe('at the second step', () => {
  test('it signs in, and its counter and last use are noted', async () => {
    const { user, authenticator, id } = await passkeyUser(service);
    const { answer, browser, methods, options } = await askedAtSignIn(service, user);
    expect(methods).toEqual(['passkey', 'backup_code']);
    expect(options).toMatchObject({
      rpId: 'localhost',
      userVerification: 'preferred',
      allowCredentials: { length: 1 },
    });
    const signedIn = await answer(authenticator.get(options));
    expect(signedIn).toMatchObject({ status: 200, body: { status: 'authenticated', user: { session: { aal: 2 } } } });
    expect((await browser.get('/me')).status).toBe(200);
    expect(await service.db.passkey.findUniqueOrThrow({ where: { id } })).toMatchObject({
      counter: 1n,
      usedAt: service.clock.now(),
    });
    const [event] = await service.db.auditEvent.findMany({
      where: { subjectId: user.id },
      orderBy: { sequence: 'desc' },
      take: 1,
    });
    expect(event).toMatchObject({ action: 'session.signed_in', details: { secondFactor: 'passkey' } });
  });

  test('one that does not count signs in again and again', async () => {
    const { user, authenticator } = await passkeyUser(service);
    for (let i = 0; i < 3; i++) {
      const { answer, options } = await askedAtSignIn(service, user);
      expect((await answer(authenticator.get(options, { counter: 0 }))).status).toBe(200);
    }
  });

  test('a user with all factors is offered all, and each signs in', async () => {
    const { user, browser, secret, backupCodes } = await service.enrolledUser();
    const authenticator = new SoftwareAuthenticator();
    const added = await addPasskey(browser, authenticator);
    expect(added).toMatchObject({ status: 201, body: { factor: { name: 'Laptop' } } });
    expect(added.body).not.toHaveProperty('backupCodes');
    const { answer, methods, options } = await askedAtSignIn(service, user);
    expect(methods).toEqual(['totp', 'passkey', 'backup_code']);
    expect((await answer(authenticator.get(options))).status).toBe(200);
    for (const shown of [
      { method: 'totp', code: service.code(secret) },
      { method: 'backup_code', code: backupCodes[0] },
    ]) {
      const device = service.browser();
      await device.post('/auth/login', { email: user.email, password: user.password });
      expect((await device.post('/auth/login/mfa', shown)).status).toBe(200);
    }
  });

  test('what is shown is of its method, and there is no TOTP without an app', async () => {
    const { user, authenticator } = await passkeyUser(service);
    const { browser, options } = await askedAtSignIn(service, user);
    const response = authenticator.get(options);
    for (const body of [
      { method: 'passkey' },
      { method: 'passkey', code: '123456' },
      { method: 'totp', response },
      { method: 'passkey', code: '123456', response },
    ]) {
      expect(await browser.post('/auth/login/mfa', body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
    }
    expect(await browser.post('/auth/login/mfa', { method: 'totp', code: '123456' })).toMatchObject({
      status: 401,
      body: {
        code: 'invalid_code',
        reason: 'wrong',
        next: { action: 'second_step', methods: ['passkey', 'backup_code'] },
      },
    });
  });

  test('is not asked for without a pending sign-in, or without a passkey', async () => {
    const stranger = await service.browser().post('/auth/login/mfa/passkey-options');
    expect(stranger).toMatchObject({ status: 401, body: { code: 'challenge_expired', next: { action: 'sign_in' } } });
    const { user } = await service.enrolledUser();
    const browser = service.browser();
    await browser.post('/auth/login', { email: user.email, password: user.password });
    expect((await browser.post('/auth/login/mfa/passkey-options')).status).toBe(404);
  });
});

describe('more than one factor', () => {
  test('a second passkey is told and audited, and ends no session', async () => {
    const { user, browser } = await passkeyUser(service);
    const count = (await subjectsOf(user.id)).length;
    expect((await addPasskey(browser, new SoftwareAuthenticator(), { name: 'Phone' })).status).toBe(201);
    expect((await browser.get('/me')).status).toBe(200);
    expect((await browser.get('/me/mfa')).body.factors).toMatchObject([{ name: 'Laptop' }, { name: 'Phone' }]);
    expect((await service.mailsTo(user.email)).at(-1)).toBe('A second factor was added');
    expect(await subjectsOf(user.id, count)).toEqual(['mfa.enrollment_started', 'factor.added']);
  });

  test('an app is added beside a passkey without new backup codes, and once', async () => {
    const { user, browser, backupCodes } = await passkeyUser(service);
    const { secret } = (await browser.post('/me/mfa/totp')).body;
    const confirmed = await browser.post('/me/mfa/totp/confirm', {
      password: GOOD_PASSWORD,
      code: service.code(secret),
    });
    expect(confirmed).toMatchObject({ status: 200, body: { backupCodes: [] } });
    expect((await browser.get('/me/mfa')).body).toMatchObject({
      backupCodesRemaining: 10,
      factors: [{ kind: 'totp', name: 'Authenticator app' }, { kind: 'passkey' }],
    });
    expect((await browser.post('/me/mfa/totp')).body.code).toBe('mfa_already_enabled');
    const device = service.browser();
    await device.post('/auth/login', { email: user.email, password: user.password });
    expect((await device.post('/auth/login/mfa', { method: 'backup_code', code: backupCodes[0] })).status).toBe(200);
  });

  test('SEC-11: a session that did not pass MFA adds none', async () => {
    const organization = await service.customer(await service.partner());
    const connection = await service.workingConnection(organization);
    const { user, browser } = await passkeyUser(service, { organization });
    const id = (await browser.get('/me')).body.session.id;
    await service.db.session.update({
      where: { id },
      data: { method: 'sso', connectionId: connection.id, aal: 1, phishingResistant: false },
    });
    expect((await browser.get('/me')).body).toMatchObject({ id: user.id, session: { aal: 1 } });
    expect((await browser.post('/me/mfa/totp')).body.code).toBe('reauthentication_required');
    const next = { action: 'reauthenticate', methods: ['passkey', 'backup_code'], connectionId: connection.id };
    const refused = await addPasskey(browser, new SoftwareAuthenticator());
    expect(refused.body).toMatchObject({ code: 'reauthentication_required', next });
  });

  test('twenty are enough, also where the last was added meanwhile', async () => {
    const { user, browser } = await passkeyUser(service);
    const [first] = await service.db.passkey.findMany({ where: { userId: user.id } });
    if (!first) throw new Error('no passkey');
    const more = (i: number) =>
      service.db.passkey.create({ data: { ...first, id: newId(), credentialId: Uint8Array.of(i, i) } });
    for (let i = 1; i < 19; i++) await more(i);
    const begin = () => browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const send = (response: unknown) => browser.post('/me/mfa/passkeys', { name: 'Key', response });
    const late = new SoftwareAuthenticator().create((await begin()).body);
    await more(19);
    expect((await send(late)).body.code).toBe('too_many_passkeys');
    expect((await begin()).body.code).toBe('too_many_passkeys');
    await service.db.passkey.deleteMany({ where: { userId: user.id, credentialId: Uint8Array.of(19, 19) } });
    expect((await send(new SoftwareAuthenticator().create((await begin()).body))).status).toBe(201);
    expect(await service.db.passkey.count({ where: { userId: user.id } })).toBe(20);
  });

  test('is renamed by its owner alone', async () => {
    const { user, browser, id } = await passkeyUser(service);
    const stranger = await passkeyUser(service);
    const renamed = await browser.patch(`/me/mfa/passkeys/${id}`, { name: 'Work laptop ' });
    expect(renamed).toMatchObject({ status: 200, body: { id, name: 'Work laptop' } });
    expect((await subjectsOf(user.id)).at(-1)).toBe('factor.renamed');
    expect(await lastDetails(user.id)).toMatchObject({ kind: 'passkey' });
    expect((await stranger.browser.get('/me/mfa')).body.factors[0].name).toBe('Laptop');
    expect((await stranger.browser.patch(`/me/mfa/passkeys/${id}`, { name: 'Mine' })).status).toBe(404);
    for (const name of ['', '  ', 'x'.repeat(61)])
      expect((await browser.patch(`/me/mfa/passkeys/${id}`, { name })).status).toBe(400);
    expect((await browser.get('/me/mfa')).body.factors[0].name).toBe('Work laptop');
  });
});

describe('what it is shown for again', () => {
  test('SEC-14: a user with a passkey alone regenerates codes, changes the password and disables with it', async () => {
    const { user, browser, authenticator } = await passkeyUser(service);
    const codes = await browser.post('/me/mfa/backup-codes', await shownAgain(browser, authenticator));
    expect(codes).toMatchObject({ status: 200, body: { backupCodes: { length: 10 } } });
    const { password: currentPassword, response } = await shownAgain(browser, authenticator);
    const newPassword = 'quarry lantern thistle 9';
    expect((await browser.post('/me/password', { currentPassword, newPassword, response })).status).toBe(204);
    const proofs = { ...(await shownAgain(browser, authenticator)), password: newPassword };
    expect((await browser.post('/me/mfa/disable', proofs)).status).toBe(204);
    expect((await browser.get('/me/mfa')).body).toEqual({
      enabled: false,
      canEnroll: true,
      ...NOT_REQUIRED,
      ...NO_CHECK,
      factors: [],
    });
    expect(await service.db.backupCode.count({ where: { userId: user.id } })).toBe(0);
  });

  test('code and passkey are one or the other', async () => {
    const { browser, authenticator, backupCodes } = await passkeyUser(service);
    const shown = await shownAgain(browser, authenticator);
    for (const body of [{ password: GOOD_PASSWORD }, { ...shown, code: backupCodes[0] }])
      expect((await browser.post('/me/mfa/disable', body)).body.code).toBe('invalid_request');
  });

  test('there is nothing to ask for without a passkey', async () => {
    const { browser } = await service.enrolledUser();
    expect((await browser.post('/me/mfa/passkey-options')).status).toBe(404);
  });
});

describe('removal', () => {
  const remove = (browser: Parameters<typeof addPasskey>[0], id: string, proofs: object) =>
    browser.post(`/me/mfa/passkeys/${id}/remove`, proofs);

  test('SEC-15: of one of two ends the other sessions, is mailed and audited, and leaves MFA on', async () => {
    const { user, browser, authenticator, id } = await passkeyUser(service);
    const phone = new SoftwareAuthenticator();
    await addPasskey(browser, phone, { name: 'Phone' });
    const other = await askedAtSignIn(service, user);
    await other.answer(phone.get(other.options));
    expect((await remove(browser, id, await shownAgain(browser, authenticator))).status).toBe(204);
    expect((await other.browser.get('/me')).status).toBe(401);
    expect((await browser.get('/me/mfa')).body).toMatchObject({
      enabled: true,
      backupCodesRemaining: 10,
      factors: [{ name: 'Phone' }],
    });
    expect((await service.mailsTo(user.email)).at(-1)).toBe('A second factor was removed');
    expect((await subjectsOf(user.id)).at(-1)).toBe('factor.removed');
    expect(await lastDetails(user.id)).toMatchObject({ kind: 'passkey' });
    // What is removed signs nobody in.
    const late = await askedAtSignIn(service, user);
    const [known] = late.options.allowCredentials;
    const answer = authenticator.get({ ...late.options, allowCredentials: [] });
    expect(answer.id).not.toBe(known.id);
    expect((await late.answer(answer)).body.code).toBe('invalid_code');
  });

  test('of the last factor turns MFA off, with a backup code as proof', async () => {
    const { user, browser, id, backupCodes } = await passkeyUser(service);
    const wrong = await remove(browser, id, { password: 'wrong', code: backupCodes[0] });
    expect(wrong.body.code).toBe('invalid_credentials');
    expect((await remove(browser, id, { password: GOOD_PASSWORD, code: backupCodes[0] })).status).toBe(204);
    expect((await browser.get('/me')).body.mfa).toEqual({ enabled: false, canEnroll: true, ...NOT_REQUIRED });
    expect(await service.db.backupCode.count({ where: { userId: user.id } })).toBe(0);
    expect((await service.mailsTo(user.email)).at(-1)).toBe('Two-factor authentication is off');
    expect((await subjectsOf(user.id)).at(-1)).toBe('mfa.disabled');
  });

  test('of the app leaves the passkey, and the other way round', async () => {
    const another = (await service.enrolledUser()).browser;
    const { browser, secret } = await service.enrolledUser();
    const authenticator = new SoftwareAuthenticator();
    const { factor } = (await addPasskey(browser, authenticator)).body;
    expect((await browser.post('/me/mfa/totp/remove', await shownAgain(browser, authenticator))).status).toBe(204);
    expect((await browser.get('/me/mfa')).body.factors).toMatchObject([{ kind: 'passkey' }]);
    expect((await browser.post('/me/mfa/totp/remove', await shownAgain(browser, authenticator))).status).toBe(404);
    const code = { password: GOOD_PASSWORD, code: service.code(secret) };
    expect((await remove(browser, factor.id, code)).body.code).toBe('invalid_code');
    expect((await remove(browser, factor.id, await shownAgain(browser, authenticator))).status).toBe(204);
    expect((await browser.get('/me/mfa')).body.enabled).toBe(false);
    expect((await another.get('/me/mfa')).body.factors).toMatchObject([{ kind: 'totp' }]);
  });

  test('of one that another user has is not found', async () => {
    const { id } = await passkeyUser(service);
    const { browser, authenticator } = await passkeyUser(service);
    expect((await remove(browser, id, await shownAgain(browser, authenticator))).status).toBe(404);
  });

  test('SEC-16: the reset by an admin takes passkeys and what was begun', async () => {
    const organization = await service.customer(await service.partner());
    const admin = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));
    const { user, browser, authenticator } = await passkeyUser(service, { organization });
    await browser.post('/me/mfa/passkeys/options', { password: GOOD_PASSWORD });
    const pending = await askedAtSignIn(service, user);
    const before = await admin.get(`/users/${user.id}`);
    expect(before.body.mfaEnabled).toBe(true);
    // A form that was opened before takes no factor away that came meanwhile.
    const stale = { 'if-match': String(before.headers.etag) };
    await addPasskey(browser, new SoftwareAuthenticator());
    expect((await admin.patch(`/users/${user.id}`, { mfaEnabled: false }, stale)).status).toBe(412);

    expect((await admin.patch(`/users/${user.id}`, { mfaEnabled: false })).body.mfaEnabled).toBe(false);
    const left = { where: { userId: user.id } };
    expect(await service.db.passkey.count(left)).toBe(0);
    expect(await service.db.passkeyChallenge.count(left)).toBe(0);
    expect(await service.db.backupCode.count(left)).toBe(0);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await pending.answer(authenticator.get(pending.options))).body.code).toBe('challenge_expired');
    expect((await (await service.signIn(user)).get('/me')).body.session.aal).toBe(1);
  });
});

test('SEC-58: challenges that are over are removed, answered or not, and none before', async () => {
  const { passkeys } = service.services;
  // Those of other tests are over before.
  service.clock.advance({ seconds: PASSKEY_SECONDS + 1 });
  await passkeys.purge();
  const { user, browser } = await passkeyUser(service);
  await browser.post('/me/mfa/passkey-options');
  const expiresAt = new Date(service.clock.now().getTime() + PASSKEY_SECONDS * 1000);
  await service.db.spentPasskeyChallenge.create({ data: { hash: new Uint8Array(32), expiresAt } });
  service.clock.advance({ seconds: PASSKEY_SECONDS });
  expect(await passkeys.purge()).toBe(0);
  service.clock.advance({ seconds: 1 });
  expect(await passkeys.purge()).toBe(2);
  expect(await service.db.passkeyChallenge.count({ where: { userId: user.id } })).toBe(0);
});
