import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../../testing/browser.ts';
import { SsoScene, type TestConnection } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const readWrite = { role: 'admin', access: 'read_write' } as const;
const errorOf = (location: string) => new URL(location, 'http://localhost').searchParams.get('error');

/** A connection through which an admin came in, who has the session still. */
async function working(options: Parameters<SsoScene['connection']>[1] = {}) {
  const connection = await scene.connection('google', options);
  const account = scene.account(connection);
  const invited = await scene.invited(connection, account);
  await scene.service.db.user.update({ where: { id: invited.id }, data: readWrite });
  const { browser: admin } = await scene.signIn(connection, account);
  return { admin, connection };
}

/** A user with a password, and an account at the provider under the same address. */
async function withPassword(connection: TestConnection) {
  const account = scene.account(connection);
  const { organization } = connection;
  return { account, user: await scene.service.user({ organization, email: scene.addressOf(account) }) };
}

const tokenIn = (text: string | undefined) => /link-account#token=(\S+)/.exec(text ?? '')?.[1];

/** The token of the newest mail. */
async function tokenOf(user: { email: string }): Promise<string> {
  const token = tokenIn((await scene.service.mailTextsTo(user.email)).at(-1));
  if (token === undefined) throw new Error('no link was mailed');
  return token;
}

/** From the page of the link through the provider; where the browser ends. */
async function follow(connection: TestConnection, account: object, body: object, browser = scene.service.browser()) {
  const started = await browser.post('/auth/sso-link/start', { connectionId: connection.id, ...body });
  if (started.status !== 200) return { browser, started, location: '' };
  const back = await scene.through(connection, account as Parameters<SsoScene['through']>[1], started.body.url);
  return { browser, started, location: String((await browser.get(back)).headers.location) };
}

const switchOff = (admin: Browser, { organization }: TestConnection) =>
  admin.patch(`/organizations/${organization.id}/settings`, { localSignInEnabled: false });

describe('SEC-35: nobody is stranded by a password that opens nothing', () => {
  test('with the switch everybody whose password is in the way is mailed a link that links and signs in', async () => {
    const { admin, connection } = await working();
    const { account, user } = await withPassword(connection);
    const elsewhere = await scene.service.user({ organization: connection.organization });
    expect((await switchOff(admin, connection)).status).toBe(200);
    expect(await scene.service.mailsTo(elsewhere.email)).toEqual([]);
    const [event] = (await admin.get('/audit-events?action=settings.updated')).body.items;
    expect(event.details).toEqual({ localSignInEnabled: false, linksMailed: 1 });

    const token = await tokenOf(user);
    const { name } = connection.organization;
    expect((await scene.service.browser().post('/auth/sso-link', { token })).body).toEqual({
      email: user.email,
      name: 'Test User',
      organizationName: name,
      connections: [{ id: connection.id, name: `Sign-in of ${name}`, kind: 'google' }],
      codeRequired: false,
    });
    const { browser, location } = await follow(connection, account, { token });
    expect(location).toBe('/');
    expect((await browser.get('/me')).body).toMatchObject({ id: user.id, session: { method: 'sso' } });
    expect(await scene.service.mailsTo(user.email)).toEqual(['Connect your account at work', 'An account was linked']);
    // From now on without a link; and the link is used up.
    expect((await scene.signIn(connection, account)).location).toBe('/');
    expect((await scene.service.browser().post('/auth/sso-link', { token })).body.code).toBe('invalid_token');
  });

  test('who comes by the provider is mailed one then; a mailbox is not flooded', async () => {
    const { admin, connection } = await working();
    const { account, user } = await withPassword(connection);
    expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_link_required');
    expect(await scene.service.mailsTo(user.email)).toEqual([]);
    await switchOff(admin, connection);
    const before = await tokenOf(user);
    for (let time = 0; time < 7; time++)
      expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_link_mailed');
    expect(await scene.service.mailsTo(user.email)).toHaveLength(6);
    expect(await tokenOf(user)).not.toBe(before);
    expect((await follow(connection, account, { token: await tokenOf(user) })).location).toBe('/');
    const { items } = (await admin.get('/audit-events?action=identity.link_mailed')).body;
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({ actor: null, subject: { id: user.id } });
  });

  test('an admin mails one before the switch, and only where it leads somewhere', async () => {
    const { admin, connection } = await working();
    const { account, user } = await withPassword(connection);
    const { organization } = connection;
    const post = async (id: string, browser = admin) => {
      const { body, status } = await browser.post(`/users/${id}/sso-link`);
      return status === 204 ? status : body.code;
    };
    expect(await post(user.id)).toBe(204);
    expect((await follow(connection, account, { token: await tokenOf(user) })).location).toBe('/');
    expect(await post(user.id)).toBe('not_linkable');
    expect(await post((await scene.service.user({ organization })).id)).toBe('not_linkable');
    const passwordless = await scene.invited(connection, scene.account(connection), 'active');
    expect(await post(passwordless.id)).toBe('not_linkable');
    const other = await withPassword(connection);
    expect(await post(other.user.id, await scene.admin((await scene.connection('google')).organization))).toBe(
      'not_found',
    );
    const reader = await scene.service.user({ organization, role: 'admin', access: 'read_only' });
    expect(await post(other.user.id, await scene.service.signIn(reader))).toBe('forbidden');
    await scene.service.db.user.update({ where: { id: other.user.id }, data: { status: 'disabled' } });
    expect(await post(other.user.id)).toBe('not_linkable');
  });
});

describe('SEC-31: the link proves a mailbox, and nothing else', () => {
  /** A user whose link an admin had mailed. */
  async function mailed(options: Parameters<SsoScene['connection']>[1] = {}) {
    const { admin, connection } = await working(options);
    const person = await withPassword(connection);
    await admin.post(`/users/${person.user.id}/sso-link`);
    return { admin, connection, ...person, token: await tokenOf(person.user) };
  }
  const isLinked = async ({ id }: { id: string }) =>
    (await scene.service.db.federatedIdentity.count({ where: { userId: id } })) > 0;

  test('the account at the provider has to have the address that it was mailed to', async () => {
    const { connection, token, user } = await mailed();
    const another = scene.account(connection);
    expect(errorOf((await follow(connection, another, { token })).location)).toBe('sso_failed');
    const invited = scene.account(connection);
    const other = await scene.invited(connection, invited);
    expect(errorOf((await follow(connection, invited, { token })).location)).toBe('sso_failed');
    const unverified = { ...scene.account(connection), email: user.email, email_verified: false };
    expect(errorOf((await follow(connection, unverified, { token })).location)).toBe('sso_account_unknown');
    expect(await isLinked(user)).toBe(false);
    expect(await isLinked(other)).toBe(false);
  });

  test('an account that is linked to somebody else signs nobody in', async () => {
    const { connection, token, user } = await mailed();
    const linked = scene.account(connection);
    await scene.invited(connection, linked);
    await scene.signIn(connection, linked);
    const { browser, location } = await follow(connection, linked, { token });
    expect(errorOf(location)).toBe('sso_identity_taken');
    expect((await browser.get('/me')).status).toBe(401);
    expect(await isLinked(user)).toBe(false);
  });

  test('just in time nobody is made of it', async () => {
    const { connection, token } = await mailed({ provisioning: 'jit' });
    const stranger = scene.account(connection);
    expect(errorOf((await follow(connection, stranger, { token })).location)).toBe('sso_failed');
    expect(await scene.service.db.user.count({ where: { email: scene.addressOf(stranger) } })).toBe(0);
  });

  test('where MFA is on a code is asked for, counted, and spent; the session is aal 2', async () => {
    const { admin, connection, account, token, user } = await mailed({ mfaPolicy: 'require_local' });
    const { secret } = await scene.service.enroll(await scene.service.signIn(user));
    expect((await scene.service.browser().post('/auth/sso-link', { token })).body.codeRequired).toBe(true);
    for (const body of [{ token }, { token, code: '000000' }])
      expect((await follow(connection, account, body)).started).toMatchObject({
        status: 401,
        body: { code: 'invalid_code' },
      });
    const spent = { token, code: scene.service.code(secret) };
    expect((await follow(connection, account, spent)).location).toBe('/');
    await scene.service.db.federatedIdentity.deleteMany({ where: { userId: user.id } });
    await admin.post(`/users/${user.id}/sso-link`);
    const again = await tokenOf(user);
    expect((await follow(connection, account, { ...spent, token: again })).started.body.code).toBe('invalid_code');
    scene.service.clock.advance({ seconds: 30 });
    const code = scene.service.code(secret);
    const { browser, location } = await follow(connection, account, { token: again, code });
    expect(location).toBe('/');
    expect((await browser.get('/me')).body.session).toMatchObject({ method: 'sso', aal: 2 });
    expect((await follow(connection, account, { token, code })).started.status).toBe(410);
    const failures = (await admin.get('/audit-events?action=identity.link_failed')).body.items;
    expect(failures).toMatchObject(Array(2).fill({ outcome: 'failure', subject: { id: user.id } }));
  });

  test('MFA that was turned on since it began ends it', async () => {
    const { connection, account, token, user } = await mailed();
    const browser = scene.service.browser();
    const { url } = (await browser.post('/auth/sso-link/start', { connectionId: connection.id, token })).body;
    await scene.service.enroll(await scene.service.signIn(user));
    const back = await scene.through(connection, account, url);
    expect(errorOf(String((await browser.get(back)).headers.location))).toBe('sso_expired');
    expect(await isLinked(user)).toBe(false);
  });

  test('a password that was reset since, or another browser, ends it', async () => {
    const { connection, account, token, user } = await mailed();
    const browser = scene.service.browser();
    const start = async () =>
      scene.through(
        connection,
        account,
        (await browser.post('/auth/sso-link/start', { connectionId: connection.id, token })).body.url,
      );
    const elsewhere = await scene.service.browser().get(await start());
    expect(errorOf(String(elsewhere.headers.location))).toBe('sso_expired');
    const back = await start();
    await scene.service.db.emailedToken.deleteMany({ where: { userId: user.id } });
    expect(errorOf(String((await browser.get(back)).headers.location))).toBe('sso_expired');
    expect(await isLinked(user)).toBe(false);
  });

  test('one link in two browsers at once links once', async () => {
    const { connection, account, token, user } = await mailed();
    const browsers = [scene.service.browser(), scene.service.browser()];
    const backs: string[] = [];
    for (const browser of browsers) {
      const { url } = (await browser.post('/auth/sso-link/start', { connectionId: connection.id, token })).body;
      backs.push(await scene.through(connection, account, url));
    }
    const landings = await Promise.all(browsers.map((browser, index) => browser.get(backs[index] ?? '')));
    expect(landings.map(({ headers }) => headers.location)).toContain('/');
    expect(await scene.service.db.federatedIdentity.count({ where: { userId: user.id } })).toBe(1);
  });

  test('it is over after seven days, for a disabled user, and at a connection that does not take the address', async () => {
    const { connection, account, token, user } = await mailed();
    const other = await scene.connection('google', { organization: connection.organization });
    expect((await follow(other, account, { token })).started.status).toBe(404);
    const foreign = await scene.connection('google');
    expect((await follow(foreign, account, { token })).started.status).toBe(404);
    await scene.service.db.user.update({ where: { id: user.id }, data: { status: 'disabled' } });
    expect((await follow(connection, account, { token })).started.status).toBe(410);
    await scene.service.db.user.update({ where: { id: user.id }, data: { status: 'active' } });
    await scene.service.db.emailedToken.updateMany({
      where: { userId: user.id },
      data: { expiresAt: scene.service.clock.now() },
    });
    expect((await follow(connection, account, { token })).started.status).toBe(410);
  });

  test('SEC-33: never at the connection of another organization, even where that owns the domain', async () => {
    const { connection, account } = await mailed();
    const user = await scene.service.user({ email: `other-${scene.addressOf(account)}` });
    const { emailedTokens } = scene.service.services;
    const token = await scene.service.resources.database.transaction((tx) =>
      emailedTokens.issue(tx, user.id, 'sso_link'),
    );
    expect((await scene.service.browser().post('/auth/sso-link', { token })).body.connections).toEqual([]);
    expect((await follow(connection, account, { token })).started.status).toBe(404);
  });
});
