import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const NEW_PASSWORD = 'quarry lantern thistle 9';

/** The token of the newest mail to the address. */
async function tokenFor(email: string): Promise<string> {
  const texts = await service.mailTextsTo(email);
  return /#token=([\w-]+)/.exec(texts.at(-1) ?? '')?.[1] ?? '';
}

async function invited(organization?: TestOrganization): Promise<{ user: TestUser; token: string }> {
  const user = await service.user({ status: 'invited', password: null, ...(organization ? { organization } : {}) });
  const { emailedTokens } = service.services;
  const token = await service.resources.database.transaction((tx) => emailedTokens.issue(tx, user.id, 'invitation'));
  return { user, token };
}

describe('the profile', () => {
  test('a user changes the own name and nothing else', async () => {
    const browser = await service.signIn(await service.user());
    expect((await browser.patch('/me', { name: '  Ada  ' })).body.name).toBe('Ada');
    expect((await browser.get('/me')).body.name).toBe('Ada');
    expect((await browser.patch('/me', { role: 'admin' })).body).toMatchObject({ code: 'invalid_request' });
    expect((await browser.patch('/me', { name: '   ' })).status).toBe(400);
  });
});

test('whoever chooses a password is told what the organization demands, or the partner that it follows', async () => {
  const customer = await service.customer(await service.partner());
  const minimumOf = async () => {
    const user = await service.user({ organization: customer });
    const browser = service.browser();
    const signedIn = await browser.post('/auth/login', { email: user.email, password: user.password });
    const me = await browser.get('/me');
    const { token } = await invited(customer);
    const invitation = await service.browser().post('/auth/invitation', { token });
    return [signedIn.body.user, me.body, invitation.body].map(({ minimumPasswordLength }) => minimumPasswordLength);
  };
  const demand = (id: string, minimumPasswordLength: number) =>
    service.db.organization.update({ where: { id }, data: { minimumPasswordLength } });

  expect(await minimumOf()).toEqual([8, 8, 8]);
  const { partnerId } = await service.db.organization.findUniqueOrThrow({ where: { id: customer.id } });
  await demand(partnerId ?? '', 12);
  expect(await minimumOf()).toEqual([12, 12, 12]);
  await demand(customer.id, 10);
  expect(await minimumOf()).toEqual([10, 10, 10]);
});

describe('changing the password', () => {
  const change = (currentPassword: string, newPassword: string, code?: string) =>
    code === undefined ? { currentPassword, newPassword } : { currentPassword, newPassword, code };

  test('SEC-5: it ends every other session', async () => {
    const user = await service.user();
    const [browser, other] = [await service.signIn(user), await service.signIn(user)];
    expect((await browser.post('/me/password', change('wrong', NEW_PASSWORD))).body.code).toBe('invalid_credentials');
    expect((await browser.post('/me/password', change(GOOD_PASSWORD, 'password1'))).body).toMatchObject({
      code: 'weak_password',
      errors: [{ pointer: '/newPassword' }],
    });
    expect((await browser.post('/me/password', change(GOOD_PASSWORD, NEW_PASSWORD))).status).toBe(204);
    expect((await other.get('/me')).status).toBe(401);
    expect((await browser.get('/me')).status).toBe(200);
    await service.signIn({ ...user, password: NEW_PASSWORD });
    expect((await service.browser().post('/auth/login', { email: user.email, password: GOOD_PASSWORD })).status).toBe(
      401,
    );
  });

  test('SEC-14: where MFA is on, it asks for a code', async () => {
    const { browser, secret } = await service.enrolledUser();
    expect((await browser.post('/me/password', change(GOOD_PASSWORD, NEW_PASSWORD))).body.code).toBe('invalid_code');
    expect((await browser.post('/me/password', change(GOOD_PASSWORD, NEW_PASSWORD, '000000'))).body.code).toBe(
      'invalid_code',
    );
    expect((await browser.post('/me/password', change(GOOD_PASSWORD, NEW_PASSWORD, service.code(secret)))).status).toBe(
      204,
    );
    expect((await browser.get('/me/mfa')).body.enabled).toBe(true);
  });

  test('SEC-5: a pending sign-in with the old password ends', async () => {
    const { user, browser, secret } = await service.enrolledUser();
    const pending = service.browser();
    await pending.post('/auth/login', { email: user.email, password: user.password });
    await browser.post('/me/password', change(GOOD_PASSWORD, NEW_PASSWORD, service.code(secret)));
    service.clock.advance({ seconds: 30 });
    const { body } = await pending.post('/auth/login/mfa', { method: 'totp', code: service.code(secret) });
    expect(body.code).toBe('challenge_expired');
  });
});

describe('reset by mail', () => {
  const ask = (email: string) => service.browser().post('/auth/password-reset', { email });
  const confirm = (token: string, newPassword = NEW_PASSWORD) =>
    service.browser().post('/auth/password-reset/confirm', { token, newPassword });

  test('a mailed link sets a new password, once', async () => {
    const user = await service.user();
    const browser = await service.signIn(user);
    expect((await ask(user.email.toUpperCase())).status).toBe(202);
    const token = await tokenFor(user.email);
    expect((await confirm(token, 'password1')).body.code).toBe('weak_password');
    expect((await confirm(token)).status).toBe(204);
    expect((await confirm(token)).body.code).toBe('invalid_token');
    expect((await browser.get('/me')).status).toBe(401);
    await service.signIn({ ...user, password: NEW_PASSWORD });
  });

  test('it is over after an hour, and a newer one ends it', async () => {
    const user = await service.user();
    await ask(user.email);
    const first = await tokenFor(user.email);
    await ask(user.email);
    const second = await tokenFor(user.email);
    expect(second).not.toBe(first);
    expect((await confirm(first)).body.code).toBe('invalid_token');
    service.clock.advance({ hours: 1 });
    expect((await confirm(second)).body.code).toBe('invalid_token');
  });

  test('of parallel uses one succeeds', async () => {
    const user = await service.user();
    await ask(user.email);
    const token = await tokenFor(user.email);
    const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await confirm(token)).status));
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
  });

  test('SEC-5: MFA stays on', async () => {
    const { user } = await service.enrolledUser();
    await ask(user.email);
    await confirm(await tokenFor(user.email));
    const { body } = await service.browser().post('/auth/login', { email: user.email, password: NEW_PASSWORD });
    expect(body.status).toBe('mfa_required');
  });

  test('SEC-2: unknown and SSO-only addresses get the same answer; the latter a mail that says so', async () => {
    const ssoOnly = await service.user({ password: null });
    const answers = [
      await ask('nobody@example.com'),
      await ask(ssoOnly.email),
      await ask((await service.user()).email),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([202, null]));
    expect(await tokenFor(ssoOnly.email)).toBe('');
    expect((await service.mailTextsTo(ssoOnly.email)).join()).toMatch(/single sign-on/);
  });

  test('SEC-6: where local sign-in is off, a link that was sent before is refused', async () => {
    const user = await service.user();
    await ask(user.email);
    const token = await tokenFor(user.email);
    await service.db.organization.update({ where: { id: user.organization.id }, data: { localSignInEnabled: false } });
    expect((await confirm(token)).body.code).toBe('local_sign_in_disabled');
  });

  test('one address gets three mails an hour at most', async () => {
    const user = await service.user();
    for (let i = 0; i < 6; i++) expect((await ask(user.email)).status).toBe(202);
    expect(await service.mailTextsTo(user.email)).toHaveLength(3);
  });
});

describe('invitations', () => {
  test('an invited user chooses a password and signs in', async () => {
    const { user, token } = await invited();
    const shown = await service.browser().post('/auth/invitation', { token });
    expect(shown.body).toEqual({
      email: user.email,
      name: 'Test User',
      organizationName: user.organization.name,
      minimumPasswordLength: 8,
    });
    const accept = (password: string) => service.browser().post('/auth/invitation/accept', { token, password });
    expect((await accept('12345678')).body.code).toBe('weak_password');
    expect((await accept(NEW_PASSWORD)).status).toBe(204);
    expect((await accept(NEW_PASSWORD)).body.code).toBe('invalid_token');
    await service.signIn({ ...user, password: NEW_PASSWORD });
  });

  test('an invitation is no password reset, and lasts seven days', async () => {
    const { token } = await invited();
    const reset = await service.browser().post('/auth/password-reset/confirm', { token, newPassword: NEW_PASSWORD });
    expect(reset.body.code).toBe('invalid_token');
    service.clock.advance({ hours: 7 * 24 });
    expect((await service.browser().post('/auth/invitation', { token })).body.code).toBe('invalid_token');
  });
});
