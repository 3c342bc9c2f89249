import { type OwnSignInSettings, signInSettings } from '@sallyport/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';
import { addPasskey, askedAtSignIn, askedForAny, passkeyUser, shownAgain } from '../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';

const DAY_SECONDS = 24 * 60 * 60;

let service: TestApp;
let partner: TestOrganization;
let customer: TestOrganization;
beforeAll(async () => {
  service = await TestApp.start();
});
beforeEach(async () => {
  partner = await service.partner({ passwordlessEnabled: true });
  customer = await service.customer(partner);
});
afterAll(() => service.stop());

const set = (of: TestOrganization, data: Partial<OwnSignInSettings>) =>
  service.db.organization.update({ where: { id: of.id }, data });
const onlyPasskeys = (mfaGraceDays: number) => ({
  ...({ mfaRequired: 'everybody', mfaPhishingResistant: true } as const),
  mfaGraceDays,
});
const stopped = { status: 403, body: { code: 'mfa_enrollment_required', next: { action: 'enroll' } } };
const isOpen = async (browser: Browser) => (await browser.get('/me/sessions')).status === 200;
const daysFromNow = (days: number) => new Date(service.clock.now().getTime() + days * DAY_SECONDS * 1000).toISOString();

/** Password and code on another device. */
async function logIn({ email, password }: TestUser, method: 'totp' | 'backup_code', code: string | undefined) {
  const browser = service.browser();
  const first = await browser.post('/auth/login', { email, password });
  return { browser, methods: first.body.methods, answer: await browser.post('/auth/login/mfa', { method, code }) };
}

/** A user of each kind, from before anything was required. */
async function withApp() {
  const enrolled = await service.enrolledUser({ organization: customer });
  service.clock.advance({ seconds: 30 });
  return enrolled;
}

async function withBoth() {
  const enrolled = await withApp();
  const authenticator = new SoftwareAuthenticator();
  expect((await addPasskey(enrolled.browser, authenticator)).status).toBe(201);
  return { ...enrolled, authenticator };
}

describe('a user with an app alone', () => {
  test('has days from the first sign-in since passkeys are required, and is told so', async () => {
    const { user, browser, secret } = await withApp();
    await set(customer, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    expect(await isOpen(browser)).toBe(true);
    service.clock.advance({ seconds: 30 * DAY_SECONDS });
    await logIn(user, 'totp', service.code(secret));
    await set(customer, onlyPasskeys(7));
    service.clock.advance({ seconds: 3 * DAY_SECONDS });
    const { answer, browser: device, methods } = await logIn(user, 'totp', service.code(secret));
    expect(methods).toEqual(['totp', 'backup_code']);
    const policy = { required: true, phishingResistant: true, askedBy: customer.name, graceEndsAt: daysFromNow(7) };
    expect(answer.body).toMatchObject({ status: 'authenticated', user: { mfa: { policy, mustEnroll: false } } });
    expect((await device.get('/me/mfa')).body.policy).toEqual(policy);
    expect(await isOpen(device)).toBe(true);
    service.clock.advance({ seconds: 7 * DAY_SECONDS });
    const late = await logIn(user, 'totp', service.code(secret));
    expect(late.answer.body).toMatchObject({
      status: 'enrollment_required',
      user: { mfa: { mustEnroll: true } },
      expiresAt: expect.any(String),
    });
    expect(await late.browser.get('/me/sessions')).toMatchObject(stopped);
  });

  test('goes on whole, in a session under another name, once a passkey was added', async () => {
    const { user, secret } = await withApp();
    await set(customer, onlyPasskeys(0));
    const { browser } = await logIn(user, 'totp', service.code(secret));
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
    const before = (await browser.get('/me')).body.session;
    const stolen = browser.copy();
    expect((await addPasskey(browser, new SoftwareAuthenticator())).status).toBe(201);
    expect(await isOpen(browser)).toBe(true);
    const after = (await browser.get('/me')).body.session;
    expect([before.phishingResistant, after.phishingResistant]).toEqual([false, true]);
    expect(after.id).not.toBe(before.id);
    expect((await stolen.get('/me')).status).toBe(401);
    expect((await service.mailsTo(user.email)).at(-1)).toContain('added');
  });

  test('needs the password for that', async () => {
    const { user, secret } = await withApp();
    await set(customer, onlyPasskeys(0));
    const { browser } = await logIn(user, 'totp', service.code(secret));
    const wrong = await browser.post('/me/mfa/passkeys/options', { password: 'wrong' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
  });

  test('who adds one in time goes on, and comes in by it from then on', async () => {
    const { user, browser, secret } = await withApp();
    await set(customer, onlyPasskeys(7));
    const other = await logIn(user, 'totp', service.code(secret));
    expect(await isOpen(browser)).toBe(true);
    await addPasskey(browser, new SoftwareAuthenticator());
    expect(await isOpen(browser)).toBe(true);
    // Another device came in with a code.
    expect(await other.browser.get('/me/sessions')).toMatchObject(stopped);
  });

  test('has no days left after the last passkey was removed', async () => {
    const { user, browser, secret, authenticator } = await withBoth();
    await set(customer, onlyPasskeys(90));
    await browser.post('/auth/refresh');
    const [, passkey] = (await browser.get('/me/mfa')).body.factors;
    const removed = await browser.post(
      `/me/mfa/passkeys/${passkey.id}/remove`,
      await shownAgain(browser, authenticator),
    );
    expect(removed.status).toBe(204);
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
    const { answer } = await logIn(user, 'totp', service.code(secret));
    expect(answer.body.status).toBe('enrollment_required');
  });
});

describe('a user with nothing', () => {
  test('is led to a passkey; an app is none', async () => {
    await set(customer, onlyPasskeys(0));
    const user = await service.user({ organization: customer });
    const browser = service.browser();
    const { body } = await browser.post('/auth/login', { email: user.email, password: user.password });
    expect(body).toMatchObject({
      status: 'enrollment_required',
      user: { mfa: { canEnroll: true, policy: { phishingResistant: true } } },
    });
    await service.enroll(browser);
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
    expect((await addPasskey(browser, new SoftwareAuthenticator())).status).toBe(201);
    expect(await isOpen(browser)).toBe(true);
  });
});

describe('a user with a passkey', () => {
  test('comes in with it, after the password or alone', async () => {
    const { user, authenticator } = await withBoth();
    await set(customer, onlyPasskeys(0));
    const { answer, browser, methods, options } = await askedAtSignIn(service, user);
    expect(methods).toEqual(['passkey', 'backup_code']);
    expect((await answer(authenticator.get(options))).body).toMatchObject({
      status: 'authenticated',
      user: { session: { phishingResistant: true }, mfa: { mustEnroll: false } },
    });
    expect(await isOpen(browser)).toBe(true);
    const alone = await askedForAny(service);
    expect((await alone.answer(authenticator.get(alone.options))).body.status).toBe('authenticated');
    expect(await isOpen(alone.browser)).toBe(true);
  });

  test('finds no code of the app taken, be it right or wrong, and is told what is', async () => {
    const { user, secret } = await withBoth();
    await set(customer, onlyPasskeys(90));
    const answers = [];
    for (const code of [service.code(secret), '000000']) {
      const { answer, browser } = await logIn(user, 'totp', code);
      expect((await browser.get('/me')).status).toBe(401);
      const { requestId, ...body } = answer.body;
      answers.push({ status: answer.status, body });
    }
    expect(answers[0]).toMatchObject({
      status: 401,
      body: { code: 'invalid_code', reason: 'wrong', next: { methods: ['passkey', 'backup_code'], attemptsLeft: 4 } },
    });
    expect(answers[1]).toEqual(answers[0]);
    // The code is as good as new.
    await set(customer, { mfaPhishingResistant: null });
    expect((await logIn(user, 'totp', service.code(secret))).answer.status).toBe(200);
  });

  test('who lost it comes in with a backup code, to add another and for nothing else', async () => {
    const { user, backupCodes } = await passkeyUser(service, { organization: customer });
    await set(customer, onlyPasskeys(90));
    const { answer, browser } = await logIn(user, 'backup_code', backupCodes[0]);
    expect(answer.body).toMatchObject({ status: 'enrollment_required', user: { mfa: { mustEnroll: true } } });
    expect(await browser.get('/me/sessions')).toMatchObject(stopped);
    const another = new SoftwareAuthenticator();
    expect((await addPasskey(browser, another, { name: 'New' })).status).toBe(201);
    expect(await isOpen(browser)).toBe(true);
    const { answer: next, options } = await askedAtSignIn(service, user);
    expect((await next(another.get(options))).body.status).toBe('authenticated');
  });

  test('finds sessions that began with a code restricted at once, and those of the passkey whole', async () => {
    const { user, browser, secret, authenticator } = await withBoth();
    const byCode = await logIn(user, 'totp', service.code(secret));
    const { answer, browser: byPasskey, options } = await askedAtSignIn(service, user);
    await answer(authenticator.get(options));
    await set(customer, onlyPasskeys(90));
    expect(await byCode.browser.get('/me/sessions')).toMatchObject(stopped);
    expect((await byCode.browser.post('/auth/refresh')).status).toBe(204);
    expect(await byCode.browser.get('/me/sessions')).toMatchObject(stopped);
    expect(await isOpen(byPasskey)).toBe(true);
    // The session in which the passkey was added.
    expect(await isOpen(browser)).toBe(true);
    await set(customer, { mfaPhishingResistant: false });
    expect(await isOpen(byCode.browser)).toBe(true);
  });

  test('proves a change with it, or a backup code, and no code of the app', async () => {
    const { browser, secret, authenticator, backupCodes } = await withBoth();
    await set(customer, onlyPasskeys(0));
    const stepUp = (shown: object) => browser.post('/auth/step-up', { password: GOOD_PASSWORD, ...shown });
    for (const shown of [{ code: service.code(secret) }, { code: service.code(secret), method: 'totp' }])
      expect(await stepUp(shown)).toMatchObject({ status: 401, body: { code: 'invalid_code', reason: 'wrong' } });
    expect((await stepUp({ code: backupCodes[0] })).status).toBe(204);
    expect((await browser.post('/auth/step-up', await shownAgain(browser, authenticator))).status).toBe(204);
    // It was not spent.
    await set(customer, { mfaPhishingResistant: null });
    expect((await stepUp({ code: service.code(secret) })).status).toBe(204);
  });
});

test('a remembered device stands for no passkey', async () => {
  await set(partner, { rememberedDeviceDays: 30 });
  const { user, authenticator } = await withBoth();
  const { browser, options } = await askedAtSignIn(service, user);
  const remembering = { method: 'passkey', response: authenticator.get(options), rememberDevice: true };
  expect((await browser.post('/auth/login/mfa', remembering)).status).toBe(200);
  const again = () => browser.post('/auth/login', { email: user.email, password: user.password });
  expect((await again()).body.status).toBe('authenticated');
  await set(customer, onlyPasskeys(0));
  // In the session that it stood for, too.
  expect(await browser.get('/me/sessions')).toMatchObject(stopped);
  expect((await again()).body).toMatchObject({ status: 'mfa_required', methods: ['passkey', 'backup_code'] });
});

describe('nothing is asked', () => {
  test('of those of whom no second factor is required', async () => {
    const { user, secret } = await withBoth();
    await set(customer, { ...onlyPasskeys(0), mfaRequired: 'admins' });
    const { answer, browser, methods } = await logIn(user, 'totp', service.code(secret));
    expect(methods).toEqual(['totp', 'passkey', 'backup_code']);
    expect(answer.body.status).toBe('authenticated');
    expect(await isOpen(browser)).toBe(true);
    expect((await browser.get('/me/mfa')).body.policy).toEqual({ required: false, phishingResistant: false });
  });

  test('of sessions that began at a provider', async () => {
    const connection = await service.workingConnection(customer);
    const user = await service.user({ organization: customer });
    const browser = await service.signInThrough(connection, user);
    await set(customer, onlyPasskeys(0));
    expect(await isOpen(browser)).toBe(true);
  });
});

describe('a customer', () => {
  const patch = async (of: TestOrganization, changes: object) => {
    const admin = await passkeyUser(service, { organization: partner, role: 'admin', access: 'read_write' });
    return admin.browser.patch(`/organizations/${of.id}/settings`, changes);
  };

  test('follows its partner, which is named as the one that asks, and asks for no less', async () => {
    const { user, secret } = await withApp();
    await set(customer, { mfaRequired: 'everybody' });
    expect((await patch(partner, onlyPasskeys(0))).status).toBe(200);
    const { answer } = await logIn(user, 'totp', service.code(secret));
    expect(answer.body).toMatchObject({
      status: 'enrollment_required',
      user: { mfa: { policy: { askedBy: partner.name } } },
    });
    expect(await patch(customer, { mfaPhishingResistant: false })).toMatchObject({
      status: 422,
      body: { code: 'weaker_than_partner', errors: [{ pointer: '/mfaPhishingResistant' }] },
    });
  });

  test('may ask for more, and is named then', async () => {
    const { user, secret } = await withApp();
    await set(partner, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    expect((await patch(customer, { mfaPhishingResistant: true })).status).toBe(200);
    const { answer } = await logIn(user, 'totp', service.code(secret));
    expect(answer.body).toMatchObject({ user: { mfa: { mustEnroll: true, policy: { askedBy: customer.name } } } });
  });

  test('has what the rules say, by the statement that reads settings, for every pair', async () => {
    const { user } = await withBoth();
    const nothing = Object.fromEntries(
      Object.entries(await service.db.organization.findUniqueOrThrow({ where: { id: customer.id } })).map(([name]) => [
        name,
        null,
      ]),
    ) as unknown as OwnSignInSettings;
    const choices = [null, false, true];
    for (const own of choices)
      for (const of of choices) {
        await set(customer, { mfaRequired: 'everybody', mfaPhishingResistant: own });
        await set(partner, { mfaPhishingResistant: of });
        const { mfaPhishingResistant } = signInSettings(
          { ...nothing, mfaRequired: 'everybody', mfaPhishingResistant: own },
          { ...nothing, mfaPhishingResistant: of },
        );
        const { methods } = await askedAtSignIn(service, user);
        expect({ own, of, taken: methods.includes('totp') }).toEqual({ own, of, taken: !mfaPhishingResistant });
      }
  });
});

describe('the preview', () => {
  test('tells of those who have an app alone what they have to do', async () => {
    const { user: app } = await withApp();
    const { user: passkey } = await passkeyUser(service, { organization: customer });
    const admin = await passkeyUser(service, { organization: partner, role: 'admin', access: 'read_write' });
    const preview = async (changes: object, query = '') =>
      (await admin.browser.post(`/organizations/${partner.id}/settings/preview${query}`, changes)).body;
    expect(await preview({ mfaRequired: 'everybody', mfaGraceDays: 0 })).toMatchObject({ ready: 3, stranded: 0 });
    const stranded = await preview(onlyPasskeys(0));
    expect(stranded).toMatchObject({ ready: 2, inGrace: 0, stranded: 1, users: [{ id: app.id, why: 'no_factor' }] });
    expect(await preview(onlyPasskeys(3), '?group=in_grace')).toMatchObject({
      ready: 2,
      inGrace: 1,
      users: [{ id: app.id, why: 'factor_due' }],
    });
    expect((await preview(onlyPasskeys(3), '?group=ready')).users).toContainEqual(
      expect.objectContaining({ id: passkey.id, why: 'password' }),
    );
    await set(partner, { mfaRequired: 'everybody', mfaGraceDays: 0 });
    expect(await preview({ mfaPhishingResistant: true })).toMatchObject({ ready: 2, stranded: 1 });
  });
});
