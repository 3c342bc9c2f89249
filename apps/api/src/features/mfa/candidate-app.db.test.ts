import { CANDIDATE_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeyringError } from '../../platform/crypto/keyring.ts';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { mailsTo, tokenIn } from '../../testing/mails.ts';
import { whileHeld } from '../../testing/overlap.ts';
import { addPasskey, passkeyUser } from '../../testing/passkeys.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { type Proof, secretContext } from './store.ts';

const READ_WRITE = { role: 'admin', access: 'read_write' } as const;
const CANDIDATE = '/me/mfa/totp/candidate';
const NEW_PASSWORD = 'quarry lantern thistle 9';

let service: TestApp;
let organization: TestOrganization;
beforeAll(async () => {
  service = await TestApp.start();
  organization = await service.customer(await service.partner({ rememberedDeviceDays: 30 }));
});
afterAll(() => service.stop());

const start = (browser: Browser, code: string, password = GOOD_PASSWORD) => browser.post(CANDIDATE, { password, code });
const confirm = (browser: Browser, code: string) => browser.post(`${CANDIDATE}/confirm`, { code });

/** Sets a candidate up in the session, with a code of the present app; the clock moves on, so that codes are fresh. */
async function addCandidate(browser: Browser, secret: string): Promise<string> {
  const started = await start(browser, service.code(secret));
  expect(started.status).toBe(201);
  expect((await confirm(browser, service.code(started.body.secret))).status).toBe(200);
  service.clock.advance({ seconds: 60 });
  return started.body.secret;
}

/** A user with an app and a candidate for its place, signed in. */
async function changing(options: Parameters<TestApp['user']>[0] = {}) {
  const enrolled = await service.enrolledUser({ organization, ...options });
  return { ...enrolled, next: await addCandidate(enrolled.browser, enrolled.secret) };
}

async function challenged(user: TestUser, browser = service.browser()): Promise<Browser> {
  const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
  expect(body.status).toBe('mfa_required');
  return browser;
}
const verify = (browser: Browser, code: string, more: object = {}) =>
  browser.post('/auth/login/mfa', { method: 'totp', code, ...more });
const signInWith = async (user: TestUser, code: string) => verify(await challenged(user), code);

const candidatesOf = ({ id: userId }: TestUser) => service.db.totpCandidate.count({ where: { userId } });
const liveSessions = ({ id: userId }: TestUser) => service.db.session.count({ where: { userId, revokedAt: null } });
const appOf = ({ id: userId }: TestUser) => service.db.totpAuthenticator.findUniqueOrThrow({ where: { userId } });
const actionsOf = async (user: TestUser, action: string) => (await service.eventsOf(user, action)).length;

describe('a change of phone', () => {
  test('until the new app has signed in the old one works, and from then on the new one alone', async () => {
    const { user, browser, secret, backupCodes } = await service.enrolledUser({ organization });
    const { id: before } = await appOf(user);
    const started = await start(browser, service.code(secret));
    expect(started).toMatchObject({ status: 201, body: { qrCode: expect.stringMatching(/^data:image\/svg/) } });
    const next: string = started.body.secret;
    expect(new URL(started.body.otpauthUri).searchParams.get('secret')).toBe(next);
    expect(next).not.toBe(secret);
    expect((await browser.get('/me/mfa')).body).not.toHaveProperty('candidate');

    const createdAt = service.clock.now();
    const candidate = {
      createdAt: createdAt.toISOString(),
      expiresAt: new Date(createdAt.getTime() + CANDIDATE_SECONDS * 1000).toISOString(),
    };
    expect(await confirm(browser, service.code(next))).toMatchObject({ status: 200, body: candidate });
    expect((await browser.get('/me/mfa')).body).toMatchObject({ candidate, factors: [{ id: before }] });
    service.clock.advance({ seconds: 60 });

    expect((await signInWith(user, service.code(secret))).status).toBe(200);
    expect(await candidatesOf(user)).toBe(1);
    const other = await challenged(user);
    const browserOfNext = await challenged(user);
    expect(await verify(browserOfNext, service.code(next))).toMatchObject({
      status: 200,
      body: { status: 'authenticated', user: { session: { aal: 2 } } },
    });

    const { body } = await browserOfNext.get('/me/mfa');
    expect(body).not.toHaveProperty('candidate');
    expect(body).toMatchObject({
      backupCodesRemaining: 10,
      factors: [{ kind: 'totp', createdAt: candidate.createdAt, lastUsedAt: service.clock.now().toISOString() }],
    });
    expect(body.factors[0].id).not.toBe(before);
    service.clock.advance({ seconds: 30 });
    // What waited for the second step with the old one is over too.
    expect((await verify(other, service.code(secret))).body.code).toBe('challenge_expired');
    expect((await signInWith(user, service.code(secret))).body).toMatchObject({
      code: 'invalid_code',
      reason: 'wrong',
    });
    expect((await signInWith(user, service.code(next))).status).toBe(200);
    const byCode = await verify(await challenged(user), backupCodes[0] ?? '', { method: 'backup_code' });
    expect(byCode.status).toBe(200);
  });

  test('SEC-15: a take-over ends every other session, forgets devices, mails the user and is audited', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    const device = await challenged(user);
    await verify(device, service.code(secret), { rememberDevice: true });
    service.clock.advance({ seconds: 30 });
    const next = await addCandidate(browser, secret);
    const revision = async () =>
      (await service.db.enabledMfa.findUniqueOrThrow({ where: { userId: user.id } })).revision;
    const before = await revision();

    const another = await challenged(user);
    expect((await verify(another, service.code(next), { rememberDevice: true })).status).toBe(200);
    expect((await browser.get('/me')).status).toBe(401);
    expect((await device.get('/me')).status).toBe(401);
    await challenged(user, device);
    // The device of this sign-in is remembered after the others are forgotten.
    const again = await another.post('/auth/login', { email: user.email, password: user.password });
    expect(again.body.status).toBe('authenticated');
    expect(await revision()).not.toBe(before);
    expect((await mailsTo(service, user.email)).map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['A new authenticator app was set up', 'Your new authenticator app took over']),
    );
    expect(await actionsOf(user, 'mfa.candidate_added')).toBe(1);
    expect(await service.eventsOf(user, 'factor.replaced')).toMatchObject([
      { outcome: 'success', actor: { id: user.id }, details: { kind: 'totp', name: 'Authenticator app' } },
    ]);
  });

  test('whoever has lost the old one begins with a backup code, or a passkey', async () => {
    const { user, browser, backupCodes } = await service.enrolledUser({ organization });
    expect((await start(browser, backupCodes[0] ?? '')).status).toBe(201);
    expect(await actionsOf(user, 'backup_code.used')).toBe(1);

    const owner = await passkeyUser(service, { organization });
    expect((await start(owner.browser, owner.backupCodes[0] ?? '')).status).toBe(404);
    const authenticator = new SoftwareAuthenticator();
    await addPasskey(browser, authenticator);
    const { body: options } = await browser.post('/me/mfa/passkey-options');
    const response = authenticator.get(options);
    expect((await browser.post(CANDIDATE, { password: GOOD_PASSWORD, response })).status).toBe(201);
  });

  test('a passkey at the sign-in leaves the candidate', async () => {
    const { user, browser, next } = await changing();
    const authenticator = new SoftwareAuthenticator();
    await addPasskey(browser, authenticator);
    const at = await challenged(user);
    const { body: options } = await at.post('/auth/login/mfa/passkey-options');
    const answer = await at.post('/auth/login/mfa', { method: 'passkey', response: authenticator.get(options) });
    expect(answer.status).toBe(200);
    expect(await candidatesOf(user)).toBe(1);
    expect((await signInWith(user, service.code(next))).status).toBe(200);
    expect((await at.get('/me')).status).toBe(401);
  });

  test('it is given up in a session', async () => {
    const { user, browser, secret, next } = await changing();
    expect((await browser.delete(CANDIDATE)).status).toBe(204);
    expect(await browser.delete(CANDIDATE)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await browser.get('/me/mfa')).body).not.toHaveProperty('candidate');
    expect((await signInWith(user, service.code(next))).body.reason).toBe('wrong');
    expect((await signInWith(user, service.code(secret))).status).toBe(200);
    expect(await actionsOf(user, 'mfa.candidate_removed')).toBe(1);
  });

  test('a user has one: the next takes the place of the earlier', async () => {
    const { user, browser, secret, next: first } = await changing();
    const second = await addCandidate(browser, secret);
    expect(await candidatesOf(user)).toBe(1);
    expect((await signInWith(user, service.code(first))).body.reason).toBe('wrong');
    expect((await signInWith(user, service.code(second))).status).toBe(200);
  });

  test('what was told of the earlier is nothing to the next', async () => {
    const { user, browser, secret, next: first } = await changing();
    expect((await signInWith(user, service.code(first, 4))).body.reason).toBe('clock_skew');
    const { secret: second } = (await start(browser, service.code(secret))).body;
    const code = service.code(second);
    const { body: candidate } = await confirm(browser, code);
    expect((await browser.get('/me/mfa')).body).toMatchObject({ candidate });
    expect((await signInWith(user, code)).body.reason).toBe('already_used');
    service.clock.advance({ seconds: 120 });
    expect((await signInWith(user, service.code(second))).status).toBe(200);
  });

  test('SEC-58: it ends by itself after seven days', async () => {
    const { user, secret, next } = await changing();
    service.clock.advance({ seconds: CANDIDATE_SECONDS - 90 });
    await service.services.candidateApp.purge();
    expect(await candidatesOf(user)).toBe(1);
    service.clock.advance({ seconds: 60 });
    expect((await signInWith(user, service.code(next))).body).toMatchObject({ code: 'invalid_code', reason: 'wrong' });
    const late = await challenged(user);
    expect((await verify(late, service.code(secret))).status).toBe(200);
    expect(await late.delete(CANDIDATE)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    service.clock.advance({ seconds: 60 });
    await service.services.candidateApp.purge();
    expect(await candidatesOf(user)).toBe(0);
  });
});

describe('SEC-11: a candidate', () => {
  test('needs the password, a second factor and a code of it, and changes nothing before', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    const code = service.code(secret);
    expect((await start(browser, code, 'not the password')).body.code).toBe('invalid_credentials');
    expect((await start(browser, '000000')).body.code).toBe('invalid_code');
    expect((await browser.post(CANDIDATE, { password: GOOD_PASSWORD })).body.code).toBe('invalid_request');
    expect((await confirm(browser, code)).body.code).toBe('no_pending_enrollment');
    const { body } = await start(browser, code);
    expect((await start(browser, code)).body).toMatchObject({ code: 'invalid_code', reason: 'already_used' });
    expect((await confirm(browser, '000000')).body).toMatchObject({ code: 'invalid_code', reason: 'wrong' });
    expect((await confirm(browser, service.code(body.secret, 5))).body).toMatchObject({
      code: 'invalid_code',
      reason: 'clock_skew',
      clockSkewSeconds: 150,
    });
    service.clock.advance({ seconds: 60 });
    expect((await signInWith(user, service.code(body.secret))).body.reason).toBe('wrong');
    expect(await actionsOf(user, 'mfa.attempt_failed')).toBe(5);
    expect((await confirm(browser, service.code(body.secret))).status).toBe(200);
    expect((await confirm(browser, service.code(body.secret, 1))).body.code).toBe('no_pending_enrollment');
  });

  test('is bound to its session, for ten minutes', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    const other = await challenged(user);
    await verify(other, service.code(secret));
    service.clock.advance({ seconds: 30 });
    const { body } = await start(browser, service.code(secret));
    expect((await confirm(other, service.code(body.secret))).body.code).toBe('no_pending_enrollment');
    service.clock.advance({ minutes: 10 });
    for (const one of [browser, other]) await one.post('/auth/refresh');
    expect((await confirm(browser, service.code(body.secret))).body.code).toBe('no_pending_enrollment');
  });

  test('does not come of an enrolment, which no second factor was shown for', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    // As one that raced with the confirmation of the present app.
    const { body } = await start(browser, service.code(secret));
    await service.db.pendingEnrollment.update({ where: { userId: user.id }, data: { replaces: false } });
    expect((await confirm(browser, service.code(body.secret))).body.code).toBe('no_pending_enrollment');
  });

  test('does not become a first app either: the password alone is not asked for it', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    await addPasskey(browser, new SoftwareAuthenticator());
    const { body } = await start(browser, service.code(secret));
    service.clock.advance({ seconds: 30 });
    await browser.post('/me/mfa/totp/remove', { password: GOOD_PASSWORD, code: service.code(secret) });
    const code = service.code(body.secret);
    expect((await confirm(browser, code)).body.code).toBe('not_found');
    const enrolled = await browser.post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code });
    expect(enrolled.body.code).toBe('no_pending_enrollment');
    expect(await candidatesOf(user)).toBe(0);
  });

  test('is for whoever signs in with a password here', async () => {
    const { browser, secret } = await service.enrolledUser();
    const { organization: own } = (await browser.get('/me')).body;
    const connection = await service.workingConnection(own);
    const { id } = (await browser.get('/me')).body.session;
    await service.db.session.update({ where: { id }, data: { method: 'sso', connectionId: connection.id } });
    await service.db.organization.update({ where: { id: own.id }, data: { localSignInEnabled: false } });
    expect((await start(browser, service.code(secret))).body.code).toBe('local_sign_in_disabled');
  });
});

test('SEC-10: its secret is sealed for user and record', async () => {
  const { user, next } = await changing();
  const { keyring } = service.resources;
  const row = await service.db.totpCandidate.findUniqueOrThrow({ where: { userId: user.id } });
  expect(Buffer.from(row.secret).includes(Buffer.from(next))).toBe(false);
  expect(keyring.open(row.secret, secretContext(user.id, row.id))).toHaveLength(20);
  const { id } = await appOf(user);
  expect(() => keyring.open(row.secret, secretContext(user.id, id))).toThrow(KeyringError);
});

describe('SEC-12: its codes', () => {
  /** A sign-in whose code is found right before something else happens, and is to be spent after it. */
  async function foundBefore(at: Browser, code: string, meanwhile: (proof: Proof | null) => Promise<unknown>) {
    const { secondFactor } = service.services;
    const match = secondFactor.matchAtSignIn.bind(secondFactor);
    secondFactor.matchAtSignIn = async (...args) => {
      secondFactor.matchAtSignIn = match;
      const proof = await match(...args);
      await meanwhile(proof);
      return proof;
    };
    return verify(at, code);
  }

  test('are taken once, also the one that confirmed it', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    const { body } = await start(browser, service.code(secret));
    const confirmed = service.code(body.secret);
    await confirm(browser, confirmed);
    expect((await signInWith(user, confirmed)).body).toMatchObject({ code: 'invalid_code', reason: 'already_used' });
    expect(await candidatesOf(user)).toBe(1);
    service.clock.advance({ seconds: 30 });
    const code = service.code(body.secret);
    expect((await signInWith(user, code)).status).toBe(200);
    expect((await signInWith(user, code)).body).toMatchObject({ code: 'invalid_code', reason: 'already_used' });
    expect((await signInWith(user, service.code(body.secret, -1))).body.reason).toBe('already_used');
  });

  test('tell of a clock that is off, and what was told to be too early is refused for good', async () => {
    const { user, next } = await changing();
    const early = service.code(next, 4);
    const skewed = { code: 'invalid_code', reason: 'clock_skew', clockSkewSeconds: 120 };
    expect((await signInWith(user, early)).body).toMatchObject(skewed);
    const { toldSteps } = await service.db.totpCandidate.findUniqueOrThrow({ where: { userId: user.id } });
    expect(toldSteps).toHaveLength(1);
    expect((await appOf(user)).toldSteps).toEqual([]);
    service.clock.advance({ minutes: 2 });
    expect((await signInWith(user, early)).body).toMatchObject({ code: 'invalid_code', reason: 'already_used' });
    // Nor does it sign in once the app has taken over.
    expect((await signInWith(user, service.code(next, -1))).status).toBe(200);
    expect((await signInWith(user, early)).body).toMatchObject({ code: 'invalid_code', reason: 'already_used' });
    expect((await signInWith(user, service.code(next, 1))).status).toBe(200);
  });

  test('of the present app, found right before the take-over, are worth nothing after it', async () => {
    const { user, secret, next } = await changing();
    const [late, first] = [await challenged(user), await challenged(user)];
    const waiting = await service.db.signInChallenge.findMany({
      where: { userId: user.id },
      omit: { federation: true },
    });
    const answer = await foundBefore(late, service.code(secret, 1), async (proof) => {
      expect(proof).toMatchObject({ method: 'totp', takesOver: false });
      expect((await verify(first, service.code(next))).status).toBe(200);
      // As if it had not ended what waited for a second step.
      await service.db.signInChallenge.createMany({ data: waiting });
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
    const { lastStep } = await appOf(user);
    expect(lastStep).toBe(Math.floor(service.clock.now().getTime() / 30_000));
    expect(await liveSessions(user)).toBe(1);
  });

  test('found right before another candidate takes its place let none take over', async () => {
    const { user, browser, secret, next } = await changing();
    const other: { next?: string } = {};
    // Of the step after that by which the other one is confirmed, so that it would be unspent there.
    const answer = await foundBefore(await challenged(user), service.code(next, 1), async (proof) => {
      expect(proof).toMatchObject({ method: 'totp', takesOver: true });
      other.next = await addCandidate(browser, secret);
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
    expect(await candidatesOf(user)).toBe(1);
    expect((await signInWith(user, service.code(other.next ?? ''))).status).toBe(200);
  });

  test.each([
    ['was spent', (step: number) => ({ lastStep: step })],
    ['was told to be too early', (step: number) => ({ toldSteps: [step] })],
    ['ran out', () => ({ expiresAt: service.clock.now() })],
  ])('found right before it %s let it not take over', async (_, change) => {
    const { user, next } = await changing();
    const before = await appOf(user);
    const answer = await foundBefore(await challenged(user), service.code(next), async () => {
      const data = change(Math.floor(service.clock.now().getTime() / 30_000));
      await service.db.totpCandidate.update({ where: { userId: user.id }, data });
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_code' } });
    expect(await appOf(user)).toEqual(before);
  });
});

describe('SEC-3: attempts', () => {
  test('are one each, however many secrets are tried', async () => {
    const { user, next } = await changing();
    await service.db.attemptCount.deleteMany({ where: { key: `second-factor:${user.id}` } });
    for (let i = 0; i < 2; i++) {
      const browser = await challenged(user);
      for (let j = 0; j < 5; j++) expect((await verify(browser, '000000')).body.code).toBe('invalid_code');
      const { failures } = await service.db.attemptCount.findUniqueOrThrow({
        where: { key: `second-factor:${user.id}` },
      });
      expect(failures).toBe(5 * (i + 1));
    }
    expect(await signInWith(user, service.code(next))).toMatchObject({ status: 429 });
    service.clock.advance({ minutes: 15 });
    expect((await signInWith(user, service.code(next))).status).toBe(200);
  });

  test('at the confirmation count where all codes do', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    const { body } = await start(browser, service.code(secret));
    for (let i = 0; i < 10; i++) expect((await confirm(browser, '000000')).body.code).toBe('invalid_code');
    expect((await confirm(browser, service.code(body.secret))).status).toBe(429);
    service.clock.advance({ seconds: 30 });
    expect((await signInWith(user, service.code(secret))).status).toBe(429);
    expect((await mailsTo(service, user.email)).map(({ subject }) => subject)).toContain(
      'Someone entered many wrong codes',
    );
  });
});

describe('SEC-14: within a session a code of the candidate is refused, and named', () => {
  const proofs = (code: string) => ({ password: GOOD_PASSWORD, code });
  test.each([
    ['/auth/step-up', proofs],
    ['/me/mfa/disable', proofs],
    ['/me/mfa/totp/remove', proofs],
    ['/me/mfa/backup-codes', proofs],
    [CANDIDATE, proofs],
    ['/me/password', (code: string) => ({ currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD, code })],
  ])('%s', async (path, body) => {
    const { user, browser, next } = await changing();
    const refused = { status: 401, body: { code: 'invalid_code', reason: 'candidate' } };
    expect(await browser.post(path, body(service.code(next)))).toMatchObject(refused);
    const { failures } = await service.db.attemptCount.findUniqueOrThrow({
      where: { key: `second-factor:${user.id}` },
    });
    expect(failures).toBe(1);
    expect(await candidatesOf(user)).toBe(1);
    // One that is too early is not worth more when its time comes.
    expect(await browser.post(path, body(service.code(next, 4)))).toMatchObject(refused);
    service.clock.advance({ minutes: 2 });
    expect((await signInWith(user, service.code(next))).body.reason).toBe('already_used');
  });
});

describe('SEC-16: the candidate goes with the app', () => {
  test('when an admin resets MFA', async () => {
    const { user, next } = await changing();
    const admin = await service.signIn(await service.user({ organization, ...READ_WRITE }));
    expect((await admin.patch(`/users/${user.id}`, { mfaEnabled: false })).status).toBe(200);
    expect(await candidatesOf(user)).toBe(0);
    const browser = await service.signIn(user);
    expect((await confirm(browser, service.code(next))).body.code).toBe('no_pending_enrollment');
  });

  test.each(['/me/mfa/disable', '/me/mfa/totp/remove'])('when it is removed by %s', async (path) => {
    const { user, browser, secret } = await changing();
    await addPasskey(browser, new SoftwareAuthenticator());
    expect((await browser.post(path, { password: GOOD_PASSWORD, code: service.code(secret) })).status).toBe(204);
    expect(await candidatesOf(user)).toBe(0);
  });

  test('when the password is removed, and when the user is erased', async () => {
    const admin = await service.enrolledUser({ organization, ...READ_WRITE });
    const { domain } = await service.workingConnection(organization);
    const [sso, erased] = [await changing({ email: `ada@${domain}` }), await changing()];
    const removed = await admin.browser.post(`/users/${sso.user.id}/local-password/remove`);
    expect(removed.status).toBe(200);
    expect((await admin.browser.post(`/users/${erased.user.id}/erase`, { email: erased.user.email })).status).toBe(204);
    expect([await candidatesOf(sso.user), await candidatesOf(erased.user)]).toEqual([0, 0]);
  });

  test('a change of the password leaves it, and ends one that is being set up (SEC-5)', async () => {
    const { user, browser, secret } = await changing();
    const { body } = await start(browser, service.code(secret));
    service.clock.advance({ seconds: 30 });
    const change = { currentPassword: GOOD_PASSWORD, newPassword: NEW_PASSWORD, code: service.code(secret) };
    expect((await browser.post('/me/password', change)).status).toBe(204);
    expect((await confirm(browser, service.code(body.secret))).body.code).toBe('no_pending_enrollment');
    expect(await candidatesOf(user)).toBe(1);
  });

  test('a session that ended neither confirms nor gives up (SEC-5)', async () => {
    const { user, browser, secret } = await changing();
    const { body } = await start(browser, service.code(secret));
    const { database } = service.resources;
    const transaction = database.transaction.bind(database);
    for (const request of [() => confirm(browser, service.code(body.secret)), () => browser.delete(CANDIDATE)]) {
      await service.db.session.updateMany({ where: { userId: user.id }, data: { revokedAt: null } });
      database.transaction = (async (...args: Parameters<typeof transaction>) => {
        database.transaction = transaction;
        await service.db.session.updateMany({ where: { userId: user.id }, data: { revokedAt: service.clock.now() } });
        return transaction(...args);
      }) as typeof transaction;
      expect(await request()).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
    const { createdAt } = await service.db.totpCandidate.findUniqueOrThrow({ where: { userId: user.id } });
    expect(createdAt.getTime()).toBeLessThan(service.clock.now().getTime());
  });
});

describe('at once', () => {
  test('SEC-12: of 20 sign-ins with one code of the candidate one opens a session and lets it take over', async () => {
    const { user, next } = await changing();
    const browsers = await Promise.all(Array.from({ length: 20 }, () => challenged(user)));
    const code = service.code(next);
    const answers = await Promise.all(browsers.map((browser) => verify(browser, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200))
      expect([status, body.reason ?? body.code]).toEqual(
        expect.arrayContaining([expect.stringMatching(/^(already_used|challenge_expired|too_many_attempts)$/)]),
      );
    expect(await liveSessions(user)).toBe(1);
    expect(await candidatesOf(user)).toBe(0);
    expect(await actionsOf(user, 'factor.replaced')).toBe(1);
  });

  test('SEC-13: a take-over that cannot be told of is none', async () => {
    const { user, next } = await changing();
    const before = await appOf(user);
    const at = await challenged(user);
    const answer = await service.unwritable('outgoing_mails', () => verify(at, service.code(next)));
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await appOf(user)).toEqual(before);
    expect(await candidatesOf(user)).toBe(1);
    expect((await verify(at, service.code(next))).status).toBe(200);
  });
});

/** Requests that truly overlap: they wait for one row of the user. */
describe.runIf(testDatabaseKind() === 'postgres')('overlapping', () => {
  const url = () => databaseUrl(service.resources.database);
  const userRow = (user: TestUser) => ({
    text: 'SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE',
    values: [user.id],
  });

  /** Both wait for the user, the first one at its head. */
  const inOrder = <T>(user: TestUser, first: () => Promise<T>, second: () => Promise<T>) =>
    whileHeld(url(), userRow(user), 2, async (arrived) => {
      const begun = first();
      await arrived(1);
      return [begun, second()];
    });

  test('SEC-12: sign-ins with one code of the candidate', async () => {
    const { user, next } = await changing();
    const browsers = await Promise.all(Array.from({ length: 4 }, () => challenged(user)));
    const code = service.code(next);
    const answers = await whileHeld(url(), userRow(user), 4, () => browsers.map((browser) => verify(browser, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(3).fill(401)]);
    expect(await liveSessions(user)).toBe(1);
    expect(await actionsOf(user, 'factor.replaced')).toBe(1);
  });

  test('SEC-12: a code of the candidate, then one of the old app: the old one opens nothing', async () => {
    const { user, secret, next } = await changing();
    const [one, other] = [await challenged(user), await challenged(user)];
    const answers = await inOrder(
      user,
      () => verify(one, service.code(next)),
      () => verify(other, service.code(secret, 1)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    expect(await liveSessions(user)).toBe(1);
  });

  test('a code of the old app, then one of the candidate: both sign in, and the session of the old one ends', async () => {
    const { user, secret, next } = await changing();
    const [one, other] = [await challenged(user), await challenged(user)];
    const answers = await inOrder(
      user,
      () => verify(one, service.code(secret, 1)),
      () => verify(other, service.code(next)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await one.get('/me')).status).toBe(401);
    expect(await liveSessions(user)).toBe(1);
  });

  test('given up, then taken over: it is gone, and nothing opens', async () => {
    const { user, browser, secret, next } = await changing();
    const at = await challenged(user);
    const answers = await inOrder(
      user,
      () => browser.delete(CANDIDATE),
      () => verify(at, service.code(next)),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 401]);
    expect((await signInWith(user, service.code(secret, 1))).status).toBe(200);
  });

  test('taken over, then given up: the session that asks has ended', async () => {
    const { user, browser, next } = await changing();
    const at = await challenged(user);
    const answers = await inOrder(
      user,
      () => verify(at, service.code(next)),
      () => browser.delete(CANDIDATE),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    service.clock.advance({ seconds: 30 });
    expect((await signInWith(user, service.code(next))).status).toBe(200);
  });

  test.each(['reset', 'take-over'])(
    'SEC-16: of a reset and a take-over, the %s first, nothing is left',
    async (first) => {
      const { user, next } = await changing();
      const admin = await service.enrolledUser({ organization, ...READ_WRITE });
      const at = await challenged(user);
      const reset = () => admin.browser.patch(`/users/${user.id}`, { mfaEnabled: false });
      const takeOver = () => verify(at, service.code(next));
      const [one, two] = first === 'reset' ? [reset, takeOver] : [takeOver, reset];
      const answers = await inOrder(user, one, two);
      expect(answers.map(({ status }) => status)).toEqual(first === 'reset' ? [200, 401] : [200, 200]);
      expect(await service.db.totpAuthenticator.count({ where: { userId: user.id } })).toBe(0);
      expect(await candidatesOf(user)).toBe(0);
      expect(await liveSessions(user)).toBe(0);
    },
  );

  test('SEC-5: a confirmation under way when the password is reset keeps nothing', async () => {
    const { user, browser, secret } = await service.enrolledUser({ organization });
    const { body } = await start(browser, service.code(secret));
    await service.browser().post('/auth/password-reset', { email: user.email });
    const token = tokenIn((await mailsTo(service, user.email)).at(-1));
    const answers = await inOrder(
      user,
      () => service.browser().post('/auth/password-reset/confirm', { token, newPassword: NEW_PASSWORD }),
      () => confirm(browser, service.code(body.secret)),
    );
    expect(answers.map(({ status }) => status)).toEqual([204, 401]);
    expect(await candidatesOf(user)).toBe(0);
  });
});
