import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TestApp } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const tryPassword = (email: string, password = 'not the right one', browser = service.browser()) =>
  browser.post('/auth/login', { email, password });

const tryCode = (browser: Browser, code: string) => browser.post('/auth/login/mfa', { method: 'totp', code });

describe('SEC-41: the log tells of a sign-in that failed', () => {
  test.each([
    ['a wrong password', {}, 'wrong_password'],
    ['a disabled user', { status: 'disabled' as const }, 'disabled'],
    ['one who was invited', { status: 'invited' as const, password: null }, 'invited'],
    ['one without a password', { password: null }, 'wrong_password'],
  ])('by %s', async (_, options, reason) => {
    const user = await service.user(options);
    await tryPassword(user.email);
    const subject = { id: user.id, name: user.email };
    const [event] = await service.eventsOf(user, 'session.sign_in_failed');
    expect(event).toMatchObject({ outcome: 'failure', actor: null, subject });
    expect(event.details).toEqual({ reason });
  });

  test('at an organization without local sign-in, though the password is right', async () => {
    const user = await service.user();
    const setLocalSignIn = (localSignInEnabled: boolean) =>
      service.db.organization.update({ where: { id: user.organization.id }, data: { localSignInEnabled } });
    await setLocalSignIn(false);
    await tryPassword(user.email, user.password);
    await setLocalSignIn(true);
    const [event] = await service.eventsOf(user, 'session.sign_in_failed');
    expect(event).toMatchObject({ outcome: 'failure', details: { reason: 'local_sign_in_disabled' } });
  });

  test('for an address that nobody has, without the address', async () => {
    const known = await service.db.auditEvent.count({ where: { subjectId: null, action: 'session.sign_in_failed' } });
    await tryPassword('my password, typed in the wrong field@nowhere.example');
    const rows = await service.db.auditEvent.findMany({
      where: { subjectId: null, action: 'session.sign_in_failed' },
      orderBy: { sequence: 'asc' },
    });
    expect(rows.slice(known)).toMatchObject([
      { actorName: null, subjectName: null, organizationId: null, details: { reason: 'unknown_address' } },
    ]);
  });

  test('SEC-2: and looks for a key of the person where there is none, as for everybody', async () => {
    const look = vi.spyOn(service.services.audit, 'lookForNobody');
    await tryPassword((await service.user()).email);
    expect(look).not.toHaveBeenCalled();
    await tryPassword('nobody@nowhere.example');
    expect(look).toHaveBeenCalledOnce();
    look.mockRestore();
  });

  test('by a wrong code, by which method', async () => {
    const { user } = await service.enrolledUser();
    const browser = service.browser();
    await tryPassword(user.email, user.password, browser);
    await tryCode(browser, '000000');
    const [event] = await service.eventsOf(user, 'session.second_factor_failed');
    expect(event).toMatchObject({ outcome: 'failure', details: { method: 'totp' } });
  });
});

test('SEC-41: the log tells how somebody signed in', async () => {
  const { user, secret } = await service.enrolledUser();
  const plain = await service.user();
  await service.signIn(plain);
  const browser = service.browser();
  await tryPassword(user.email, user.password, browser);
  service.clock.advance({ minutes: 1 });
  const { body } = await tryCode(browser, service.code(secret));
  const [bySecondStep] = await service.eventsOf(user, 'session.signed_in');
  expect(bySecondStep.details).toEqual({
    ...{ method: 'password', secondFactor: 'totp', sessionId: body.user.session.id },
  });
  const [byPassword] = await service.eventsOf(plain, 'session.signed_in');
  expect(byPassword.details).toEqual({ method: 'password', secondFactor: null, sessionId: expect.any(String) });
});

test('the metrics tell how each step ended', async () => {
  const count = vi.spyOn(service.resources.metrics, 'countSignIn');
  const { user, secret } = await service.enrolledUser();
  count.mockClear();
  const browser = service.browser();
  await tryPassword(user.email);
  await tryPassword(user.email, user.password, browser);
  await tryCode(browser, '000000');
  service.clock.advance({ minutes: 1 });
  await tryCode(browser, service.code(secret));
  const ends = ['invalid_credentials', 'mfa_required', 'invalid_code', 'authenticated'];
  expect(count.mock.calls.flat()).toEqual(ends);
  count.mockRestore();
});

test('a challenge that is over is taken back from the browser', async () => {
  const { user } = await service.enrolledUser();
  const browser = service.browser();
  await tryPassword(user.email, user.password, browser);
  service.clock.advance({ minutes: 6 });
  const { body, cookies } = await tryCode(browser, '000000');
  expect(body.code).toBe('challenge_expired');
  expect(cookies).toMatchObject([{ name: 'sallyport_challenge', value: '' }]);
});

test('SEC-4: a passkey is asked for only while the challenge stands', async () => {
  const ask = (browser: Browser) => browser.post('/auth/login/mfa/passkey-options');
  const over = { status: 401, body: { code: 'challenge_expired', next: { action: 'sign_in' } } };
  expect(await ask(service.browser())).toMatchObject(over);
  const { user } = await service.enrolledUser();
  const [guessing, waiting] = [service.browser(), service.browser()];
  for (const browser of [guessing, waiting]) {
    await tryPassword(user.email, user.password, browser);
    // There is none to ask for.
    expect((await ask(browser)).body.code).toBe('not_found');
  }
  for (let guesses = 0; guesses < 5; guesses += 1) await tryCode(guessing, '000000');
  expect(await ask(guessing)).toMatchObject(over);
  service.clock.advance({ minutes: 5, seconds: 1 });
  expect(await ask(waiting)).toMatchObject(over);
});

test('SEC-1: a hash of other parameters is made anew at the sign-in, and one of today is left alone', async () => {
  const user = await service.user();
  const hashes = async () =>
    (await service.db.localCredential.findUniqueOrThrow({ where: { userId: user.id } })).passwordHash;
  const before = await hashes();
  await service.signIn(user);
  expect(await hashes()).toBe(before);
  const { hasher } = service.resources;
  const verify = vi.spyOn(hasher, 'verify').mockResolvedValue({ ok: true, outdated: true });
  await service.signIn(user);
  verify.mockRestore();
  expect(await hashes()).not.toBe(before);
  await service.signIn(user);
});

test('the sign-in options of an organization, by its slug', async () => {
  const partner = await service.partner({ localSignInEnabled: false });
  const options = async (slug: string) =>
    (await service.browser().get(`/auth/sign-in-options?organization=${slug}`)).body;
  expect(await options(partner.slug)).toEqual({ localSignIn: false, passwordless: false, connections: [] });
  expect(await options('there-is-none')).toEqual({ localSignIn: true, passwordless: false, connections: [] });
  const connection = await service.workingConnection(partner);
  expect((await options(partner.slug)).connections).toMatchObject([{ id: connection.id }]);
});
