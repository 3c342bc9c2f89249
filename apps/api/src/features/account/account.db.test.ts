import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { GOOD_PASSWORD, TestApp, type TestOrganization, type TestUser } from '../../testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterEach(() => vi.restoreAllMocks());
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

  test('SEC-2: every address gets one answer, before anything is looked up', async () => {
    const off = await service.customer(await service.partner(), { localSignInEnabled: false });
    const addresses = {
      unknown: 'nobody@example.com',
      known: (await service.user()).email,
      'SSO-only': (await service.user({ password: null })).email,
      'without local sign-in': (await service.user({ organization: off })).email,
      disabled: (await service.user({ status: 'disabled' })).email,
      invited: (await service.user({ status: 'invited', password: null })).email,
    };
    const seen: Record<string, unknown> = {};
    for (const [kind, email] of Object.entries(addresses)) {
      const { asked, stop } = watchDatabase();
      const { status, body, headers } = await ask(email);
      const beforeTheAnswer = [...asked];
      await service.resources.afterwards.settle();
      stop();
      expect(asked.length).toBeGreaterThan(beforeTheAnswer.length);
      seen[kind] = { status, body, headers: Object.keys(headers), beforeTheAnswer };
    }
    expect(seen.unknown).toMatchObject({ status: 202, body: null, beforeTheAnswer: ['ping'] });
    expect(seen).toEqual(Object.fromEntries(Object.keys(addresses).map((kind) => [kind, seen.unknown])));
    const subjects: string[][] = [];
    for (const email of Object.values(addresses)) subjects.push(await service.mailsTo(email));
    const throughSso = ['You sign in without a password here'];
    expect(subjects).toEqual([[], ['Choose a new password'], throughSso, throughSso, [], []]);
    expect(await tokenFor(addresses['SSO-only'])).toBe('');
  });

  /** What is asked of the database until `stop`. */
  function watchDatabase() {
    const { database } = service.resources;
    const original = { ...database };
    const asked: string[] = [];
    const client = new Proxy(original.client, {
      get: (target, name) => {
        asked.push(String(name));
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const ping: typeof database.ping = () => {
      asked.push('ping');
      return original.ping();
    };
    const transaction: typeof database.transaction = (...args) => {
      asked.push('transaction');
      return original.transaction(...args);
    };
    Object.assign(database, { client, ping, transaction });
    return { asked, stop: () => Object.assign(database, original) };
  }

  test('SEC-52: what was answered is done before the service ends', async () => {
    const other = await TestApp.start();
    const user = await other.user();
    const { database } = other.resources;
    const close = database.close;
    let mails = 0;
    database.close = async () => {
      mails = await other.db.outgoingMail.count();
      await close();
    };
    expect((await other.browser().post('/auth/password-reset', { email: user.email })).status).toBe(202);
    await other.stop();
    expect(mails).toBe(1);
  });

  test('SEC-53: while the database is away it says so, and mails of the address are not used up', async () => {
    const user = await service.user();
    vi.spyOn(service.resources.database, 'ping').mockRejectedValue(new Error('Connection terminated'));
    for (let i = 0; i < 4; i++) expect((await ask(user.email)).status).toBe(503);
    vi.restoreAllMocks();
    await ask(user.email);
    expect(await service.mailsTo(user.email)).toHaveLength(1);
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

  test.each([
    ['an IPv4 address', () => '198.51.100.7'],
    ['an IPv6 network', (i: number) => `2001:db8:1:2::${i.toString(16)}`],
  ])('SEC-3: from %s a hundred an hour at most, whomever they are for', async (_, addressOf) => {
    const user = await service.user();
    const from = (i: number, email: string) =>
      service.browser({ address: addressOf(i) }).post('/auth/password-reset', { email });
    for (let i = 0; i < 100; i++) expect((await from(i, `nobody-${i}@example.com`)).status).toBe(202);
    const refused = await from(100, user.email);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3500);
    expect(await service.mailsTo(user.email)).toEqual([]);
    expect((await ask(user.email)).status).toBe(202);
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
