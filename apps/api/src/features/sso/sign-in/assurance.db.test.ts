import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD } from '../../../testing/app.ts';
import { addPasskey } from '../../../testing/passkeys.ts';
import { SoftwareAuthenticator } from '../../../testing/software-authenticator.ts';
import { SsoScene, type TestConnection } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const readWrite = { role: 'admin', access: 'read_write' } as const;

/** A user with password, authenticator and a linked account. */
async function userWithBoth(connection: TestConnection) {
  const enrolled = await scene.service.enrolledUser({ organization: connection.organization, ...readWrite });
  const account = scene.account(connection);
  const code = scene.service.code(enrolled.secret);
  const proofs = { password: GOOD_PASSWORD, code };
  const { url } = (await enrolled.browser.post(`/me/identities/${connection.id}/link`, proofs)).body;
  await enrolled.browser.get(await scene.through(connection, account, url));
  scene.service.clock.advance({ seconds: 30 });
  return { ...enrolled, account };
}

describe('MFA and SSO', () => {
  test('a provider that says multi-factor opens aal 2, whatever the connection asks for', async () => {
    for (const mfaPolicy of ['trust_provider', 'require_local'] as const) {
      const connection = await scene.connection('google', { mfaPolicy });
      const { account, user } = await userWithBoth(connection);
      const { browser } = await scene.signIn(connection, { ...account, amr: ['pwd', 'mfa'] });
      expect((await browser.get('/me')).body).toMatchObject({ id: user.id, session: { method: 'sso', aal: 2 } });
      const session = await scene.service.db.session.findFirstOrThrow({ where: { connectionId: connection.id } });
      expect(session.federation).toEqual({ amr: ['pwd', 'mfa'] });
    }
  });

  test('trust_provider asks for no code', async () => {
    const connection = await scene.connection('google');
    const { account } = await userWithBoth(connection);
    const { browser, location } = await scene.signIn(connection, { ...account, amr: ['pwd'] });
    expect(location).toBe('/');
    expect((await browser.get('/me')).body.session).toMatchObject({ method: 'sso', aal: 1 });
  });

  test('require_local leads to recovery without an admin, where that is allowed', async () => {
    const connection = await scene.connection('google', { mfaPolicy: 'require_local' });
    await scene.service.db.organization.update({
      where: { id: connection.organization.id },
      data: { recoveryDelayHours: 24, resetDelayHours: 48 },
    });
    const { account } = await userWithBoth(connection);
    const { browser, location } = await scene.signIn(connection, account);
    expect(location).toMatch(/&recoveryDelayHours=48$/);
    expect((await browser.post('/auth/login/recovery')).status).toBe(202);
  });

  test('require_local asks for the code here, with the limits of every second step', async () => {
    const connection = await scene.connection('google', { mfaPolicy: 'require_local' });
    const { account, secret, user } = await userWithBoth(connection);
    const { browser, landing, location } = await scene.signIn(connection, account, { returnTo: '/users' });
    expect(location).toMatch(/^\/sign-in\/verify\?expiresAt=[^&]+&returnTo=%2Fusers$/);
    expect(landing.cookies.map(({ name }) => name)).toEqual(['sallyport_challenge']);
    expect((await browser.get('/me')).status).toBe(401);
    // SEC-35: it does not count as a way in before.
    const isWorking = async () => {
      const admin = await scene.admin(connection.organization);
      const path = `/organizations/${connection.organization.id}/sso-connections/${connection.id}`;
      return (await admin.get(path)).body.working;
    };
    expect(await isWorking()).toBe(false);
    const verify = (code: string) => browser.post('/auth/login/mfa', { method: 'totp', code });
    expect((await verify('000000')).body.code).toBe('invalid_code');
    expect((await verify(scene.service.code(secret))).body).toMatchObject({
      status: 'authenticated',
      user: { id: user.id, session: { method: 'sso', aal: 2 } },
    });
    const session = await scene.service.db.session.findFirstOrThrow({ where: { connectionId: connection.id } });
    expect(session).toMatchObject({ method: 'sso', aal: 2 });
    expect(await isWorking()).toBe(true);
  });

  test('require_local takes a passkey, and the page is told so', async () => {
    const connection = await scene.connection('google', { mfaPolicy: 'require_local' });
    const { account, browser: signedIn } = await userWithBoth(connection);
    const authenticator = new SoftwareAuthenticator();
    await addPasskey(signedIn, authenticator);
    const { browser, location } = await scene.signIn(connection, account);
    expect(location).toMatch(/&methods=totp%2Cpasskey%2Cbackup_code$/);
    const { body } = await browser.post('/auth/login/mfa/passkey-options');
    const verified = await browser.post('/auth/login/mfa', { method: 'passkey', response: authenticator.get(body) });
    expect(verified.body).toMatchObject({ status: 'authenticated', user: { session: { method: 'sso', aal: 2 } } });
  });

  test('SEC-13: a code is spent with the note that the connection works, or not at all', async () => {
    const connection = await scene.connection('google', { mfaPolicy: 'require_local' });
    const { account, secret } = await userWithBoth(connection);
    const { browser } = await scene.signIn(connection, account);
    const verify = () => browser.post('/auth/login/mfa', { method: 'totp', code: scene.service.code(secret) });
    expect((await scene.service.unwritable('sso_connections', verify)).status).toBe(503);
    expect((await verify()).status).toBe(200);
  });

  test('require_local asks nothing of who has no authenticator', async () => {
    const connection = await scene.connection('google', { mfaPolicy: 'require_local' });
    const account = scene.account(connection);
    await scene.invited(connection, account);
    const { browser } = await scene.signIn(connection, account);
    expect((await browser.get('/me')).body.session).toMatchObject({ aal: 1 });
  });

  test('the second step after SSO goes on where local sign-in is off', async () => {
    const connection = await scene.connection('google', { mfaPolicy: 'require_local' });
    const { account, secret } = await userWithBoth(connection);
    const { id } = connection.organization;
    await scene.service.db.organization.update({ where: { id }, data: { localSignInEnabled: false } });
    const { browser } = await scene.signIn(connection, account);
    const answer = await browser.post('/auth/login/mfa', { method: 'totp', code: scene.service.code(secret) });
    expect(answer.body).toMatchObject({ status: 'authenticated' });
  });

  test('SEC-20: the session lasts as the organization says', async () => {
    const connection = await scene.connection('google');
    const account = scene.account(connection);
    await scene.invited(connection, account);
    await scene.service.db.organization.update({
      where: { id: connection.organization.id },
      data: { sessionLifetimeMinutes: 90, sessionIdleMinutes: 20 },
    });
    await scene.signIn(connection, account);
    const session = await scene.service.db.session.findFirstOrThrow({ where: { connectionId: connection.id } });
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(90 * 60_000);
    expect(session.idleSeconds).toBe(20 * 60);
  });

  test('who signs in through SSO only cannot enable MFA here', async () => {
    const connection = await scene.connection('google');
    const account = scene.account(connection);
    await scene.invited(connection, account);
    const { browser } = await scene.signIn(connection, account);
    expect((await browser.post('/me/mfa/totp')).body.code).toBe('mfa_requires_local_password');
  });
});

describe('SEC-6: local sign-in off', () => {
  async function organizationWithSso() {
    const connection = await scene.connection('google');
    const account = scene.account(connection);
    const invited = await scene.invited(connection, account);
    await scene.service.db.user.update({ where: { id: invited.id }, data: readWrite });
    const byPassword = await scene.admin(connection.organization);
    const path = `/organizations/${connection.organization.id}/settings`;
    const off = { localSignInEnabled: false };
    return { connection, account, byPassword, path, off };
  }

  test('only an admin who came through a working connection switches it off; password sessions end', async () => {
    const { connection, account, byPassword, path, off } = await organizationWithSso();
    expect((await byPassword.patch(path, off)).body.code).toBe('no_working_sso');
    const { browser } = await scene.signIn(connection, account);
    // It works now, but not for who came by password.
    expect((await byPassword.patch(path, off)).body.code).toBe('no_working_sso');
    expect((await browser.patch(path, off)).body).toMatchObject({ localSignInEnabled: false });
    expect((await byPassword.get('/me')).status).toBe(401);
    // A refusal takes the cookies away.
    expect((await byPassword.copy().post('/auth/refresh')).status).toBe(401);
    expect((await browser.get('/me')).status).toBe(200);
    // Switched on again, the sessions that ended stay ended.
    expect((await browser.patch(path, { localSignInEnabled: true })).status).toBe(200);
    expect((await byPassword.get('/me')).status).toBe(401);
    expect((await byPassword.post('/auth/refresh')).status).toBe(401);
  });

  test('a change that waits for its test leaves the connection one that works', async () => {
    const { connection, account, path, off } = await organizationWithSso();
    const { browser } = await scene.signIn(connection, account);
    const own = `/organizations/${connection.organization.id}/sso-connections/${connection.id}`;
    const { config } = (await browser.get(own)).body;
    const changed = { ...config, hostedDomains: [connection.domain, 'more.example'] };
    expect((await browser.patch(own, { config: changed })).body.working).toBe(true);
    expect((await browser.patch(path, off)).status).toBe(200);
    // The last working connection stays while it is the only way in.
    expect((await browser.patch(own, { enabled: false })).body.code).toBe('no_working_sso');
    expect((await browser.delete(own)).body.code).toBe('no_working_sso');
  });

  test('customers follow their partner, with the sessions of their users', async () => {
    const partner = await scene.service.partner();
    const customer = await scene.service.customer(partner);
    const keeper = await scene.service.customer(partner, { localSignInEnabled: true });
    const without = await scene.service.customer(partner);
    const [follows, keeps, stays] = [
      await scene.admin(customer),
      await scene.admin(keeper),
      await scene.admin(without),
    ];
    await scene.service.workingConnection(customer);
    const connection = await scene.connection('google', { organization: partner });
    const account = scene.account(connection);
    const invited = await scene.invited(connection, account);
    await scene.service.db.user.update({ where: { id: invited.id }, data: readWrite });
    const { browser } = await scene.signIn(connection, account);
    const off = { localSignInEnabled: false };
    // A customer without a connection of its own cannot be switched off by itself, nor with its partner.
    expect((await browser.patch(`/organizations/${without.id}/settings`, off)).body.code).toBe('no_working_sso');
    expect((await browser.patch(`/organizations/${partner.id}/settings`, off)).status).toBe(200);
    expect((await follows.get('/me')).status).toBe(401);
    expect((await keeps.get('/me')).status).toBe(200);
    expect((await stays.get('/me')).status).toBe(200);
  });
});

describe('SEC-38: mail tells', () => {
  test('a user of a linked and of an unlinked account', async () => {
    const connection = await scene.connection('google');
    const { browser, user } = await userWithBoth(connection);
    const [identity] = (await browser.get('/me/identities')).body.items;
    expect((await browser.delete(`/me/identities/${identity.id}`)).status).toBe(204);
    const subjects = await scene.service.mailsTo(user.email);
    expect(subjects.slice(-2)).toEqual(['An account was linked', 'An account was unlinked']);
    const account = scene.account(connection);
    const invited = await scene.invited(connection, account);
    await scene.signIn(connection, account);
    expect(await scene.service.mailsTo(invited.email)).toEqual(['An account was linked']);
  });

  test('the admins of every organization where local sign-in was switched', async () => {
    const partner = await scene.service.partner();
    const customer = await scene.service.customer(partner);
    await scene.service.workingConnection(customer);
    const connection = await scene.connection('google', { organization: partner });
    const account = scene.account(connection);
    const switcher = await scene.invited(connection, account);
    await scene.service.db.user.update({ where: { id: switcher.id }, data: readWrite });
    const admin = await scene.service.user({ organization: customer, ...readWrite });
    const reader = await scene.service.user({ organization: customer, role: 'admin', access: 'read_only' });
    const { browser } = await scene.signIn(connection, account);
    const path = `/organizations/${partner.id}/settings`;
    await browser.patch(path, { localSignInEnabled: false });
    await browser.patch(path, { localSignInEnabled: null });
    const told = ['Local sign-in is off', 'Local sign-in is on'];
    expect((await scene.service.mailsTo(switcher.email)).slice(-2)).toEqual(told);
    expect(await scene.service.mailsTo(admin.email)).toEqual(told);
    expect(await scene.service.mailsTo(reader.email)).toEqual([]);
  });
});

describe('what the sign-in page learns', () => {
  test('connections come by verified domain, or by the organization’s own link', async () => {
    const connection = await scene.connection('google');
    const ask = async (query: string) => (await scene.service.browser().get(`/auth/sign-in-options?${query}`)).body;
    const expected = [{ id: connection.id, name: expect.any(String), kind: 'google' }];
    expect(await ask(`email=nobody@${connection.domain}`)).toEqual({
      localSignIn: true,
      passwordless: false,
      connections: expected,
    });
    expect(await ask(`organization=${connection.organization.slug}`)).toMatchObject({ connections: expected });
    const unverified = await scene.connection('google', { verified: false });
    expect(await ask(`email=nobody@${unverified.domain}`)).toEqual({
      localSignIn: true,
      passwordless: false,
      connections: [],
    });
    const off = await scene.connection('google', { enabled: false });
    expect(await ask(`email=nobody@${off.domain}`)).toEqual({
      localSignIn: true,
      passwordless: false,
      connections: [],
    });
    expect((await scene.service.browser().get('/auth/sign-in-options')).status).toBe(400);
  });

  test('disabling or deleting a connection ends the sessions that began through it', async () => {
    for (const change of ['disable', 'delete'] as const) {
      const connection = await scene.connection('google', { provisioning: 'jit' });
      const { browser } = await scene.signIn(connection, scene.account(connection));
      const admin = await scene.admin(connection.organization);
      const path = `/organizations/${connection.organization.id}/sso-connections/${connection.id}`;
      const answer = change === 'delete' ? await admin.delete(path) : await admin.patch(path, { enabled: false });
      expect(answer.status).toBe(change === 'delete' ? 204 : 200);
      expect((await browser.get('/me')).status).toBe(401);
      expect((await browser.post('/auth/refresh')).status).toBe(401);
    }
  });
});
