import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD } from '../../../testing/app.ts';
import { SsoScene, type TestConnection } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const errorOf = (location: string) => new URL(location, 'http://localhost').searchParams.get('error');

const eventsOf = (connection: TestConnection, action: string) =>
  scene.service.db.auditEvent.findMany({ where: { organizationId: connection.organization.id, action } });

describe('who comes in', () => {
  test('SEC-31: a user with a password is never linked without proving it', async () => {
    const connection = await scene.connection('google', { provisioning: 'jit' });
    const account = scene.account(connection);
    const user = await scene.service.user({ organization: connection.organization });
    await scene.service.db.user.update({ where: { id: user.id }, data: { email: scene.addressOf(account) } });
    expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_link_required');
    expect(await scene.service.db.federatedIdentity.count({ where: { userId: user.id } })).toBe(0);
  });

  test('SEC-31: an unverified domain matches nobody and creates nobody', async () => {
    const connection = await scene.connection('google', { provisioning: 'jit', verified: false });
    const account = scene.account(connection);
    await scene.invited(connection, account);
    expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_account_unknown');
    const stranger = scene.account(connection);
    expect(errorOf((await scene.signIn(connection, stranger)).location)).toBe('sso_account_unknown');
  });

  test('SEC-31: a second account with the same address, as of a mailbox given away, does not come in', async () => {
    const connection = await scene.connection('google');
    const account = scene.account(connection);
    await scene.invited(connection, account);
    expect((await scene.signIn(connection, account)).location).toBe('/');
    const successor = { ...account, sub: `${account.sub}-2` };
    expect(errorOf((await scene.signIn(connection, successor)).location)).toBe('sso_failed');
    expect(await scene.causeOf(connection)).toContain('Another account');
  });

  test('an admin unlinks the account of a user, who comes in with another one then', async () => {
    const connection = await scene.connection('google');
    const account = scene.account(connection);
    const user = await scene.invited(connection, account);
    const { browser } = await scene.signIn(connection, account);
    const admin = await scene.admin(connection.organization);
    const path = `/users/${user.id}/identities`;
    const { items } = (await admin.get(path)).body;
    expect(items).toMatchObject([{ subject: account.sub, connection: { id: connection.id } }]);
    const outside = await scene.admin((await scene.connection('google')).organization);
    expect((await outside.get(path)).status).toBe(404);
    expect((await outside.delete(`${path}/${items[0].id}`)).status).toBe(404);
    expect((await browser.delete(`${path}/${items[0].id}`)).status).toBe(403);
    expect((await admin.delete(`${path}/${items[0].id}`)).status).toBe(204);
    expect((await admin.delete(`${path}/${items[0].id}`)).status).toBe(404);
    expect((await browser.get('/me')).status).toBe(401);
    const successor = { ...account, sub: `${account.sub}-2` };
    expect((await (await scene.signIn(connection, successor)).browser.get('/me')).body.id).toBe(user.id);
  });

  test('without provisioning a stranger stays outside; with it, comes in as a read-only member', async () => {
    const strict = await scene.connection('google');
    expect(errorOf((await scene.signIn(strict, scene.account(strict))).location)).toBe('sso_account_unknown');
    const open = await scene.connection('google', { provisioning: 'jit' });
    const account = scene.account(open);
    const { browser, location } = await scene.signIn(open, account);
    expect(location).toBe('/');
    expect((await browser.get('/me')).body).toMatchObject({
      email: account.email,
      name: 'Pat Person',
      role: 'member',
      access: 'read_only',
      organization: { id: open.organization.id },
    });
    expect(await eventsOf(open, 'user.provisioned')).toHaveLength(1);
    expect(await eventsOf(open, 'session.signed_in')).toMatchObject([
      expect.anything(),
      { details: { method: 'sso', connectionId: open.id, aal: 1 } },
    ]);
  });

  test('one stranger in two tabs becomes one user', async () => {
    const connection = await scene.connection('google', { provisioning: 'jit' });
    const account = scene.account(connection);
    const tabs = [scene.service.browser(), scene.service.browser()];
    const answers: string[] = [];
    for (const tab of tabs) answers.push(await scene.toProvider(connection, account, tab));
    const landings = await Promise.all(tabs.map((tab, index) => tab.get(answers[index] ?? '')));
    expect(landings.map(({ headers }) => headers.location)).toEqual(['/', '/']);
    expect(await scene.service.db.user.count({ where: { email: scene.addressOf(account) } })).toBe(1);
  });

  test('a disabled user is refused, linked or not', async () => {
    const connection = await scene.connection('google');
    const account = scene.account(connection);
    const user = await scene.invited(connection, account);
    await scene.service.db.user.update({ where: { id: user.id }, data: { status: 'disabled' } });
    expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_failed');
    await scene.service.db.user.update({ where: { id: user.id }, data: { status: 'active' } });
    expect((await scene.signIn(connection, account)).location).toBe('/');
    await scene.service.db.user.update({ where: { id: user.id }, data: { status: 'disabled' } });
    expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_failed');
    const [event] = await eventsOf(connection, 'sso.sign_in_failed');
    expect(event).toMatchObject({
      outcome: 'failure',
      details: { code: 'sso_failed', cause: 'The user is disabled.' },
    });
  });
});

describe('SEC-33: between tenants', () => {
  test('the address of another tenant’s user opens nothing, and creates nothing', async () => {
    const victim = await scene.connection('google');
    const account = scene.account(victim);
    const user = await scene.invited(victim, account, 'active');
    // An admin of another tenant lists the victim's domain, and the provider says what it likes.
    const attacker = await scene.connection('google', {
      provisioning: 'jit',
      config: { hostedDomains: [victim.domain] },
    });
    const admin = await scene.admin(attacker.organization);
    const path = `/organizations/${attacker.organization.id}/sso-connections/${attacker.id}`;
    expect((await admin.patch(path, { domains: [attacker.domain, victim.domain] })).body).toMatchObject({
      unverifiedDomains: [victim.domain],
    });
    const forged = { ...account, hd: victim.domain };
    expect(errorOf((await scene.signIn(attacker, forged)).location)).toBe('sso_account_unknown');
    // Not even for an address within a domain that is its own.
    await scene.service.db.user.update({ where: { id: user.id }, data: { email: `x-${user.id}@${attacker.domain}` } });
    const other = { ...forged, email: `x-${user.id}@${attacker.domain}` };
    expect(errorOf((await scene.signIn(attacker, other)).location)).toBe('sso_account_unknown');
    expect(await scene.service.db.federatedIdentity.count({ where: { connectionId: attacker.id } })).toBe(0);
  });

  test('one subject at one provider is two people in two tenants', async () => {
    const one = await scene.connection('oidc', { provisioning: 'jit' });
    const two = await scene.connection('oidc', { provisioning: 'jit' });
    const account = scene.account(one);
    const first = (await (await scene.signIn(one, account)).browser.get('/me')).body;
    const there = { ...account, email: `same-${account.sub}@${two.domain}` };
    const second = (await (await scene.signIn(two, there)).browser.get('/me')).body;
    expect(second.id).not.toBe(first.id);
    expect(second.organization.id).toBe(two.organization.id);
  });

  test('an answer for one connection is not taken by another', async () => {
    const one = await scene.connection('oidc', { provisioning: 'jit' });
    const two = await scene.connection('oidc', { provisioning: 'jit' });
    const browser = scene.service.browser();
    const callback = await scene.toProvider(one, scene.account(one), browser);
    const landing = await browser.get(callback.replace(one.id, two.id));
    expect(errorOf(String(landing.headers.location))).toBe('sso_expired');
  });

  test('the database itself links nobody across organizations', async () => {
    const connection = await scene.connection('google');
    const stranger = await scene.service.user();
    const row = { connectionId: connection.id, issuer: 'i', subject: 's', linkedAt: new Date() };
    for (const organizationId of [connection.organization.id, stranger.organization.id]) {
      const data = { ...row, id: stranger.id, organizationId, userId: stranger.id };
      await expect(scene.service.db.federatedIdentity.create({ data })).rejects.toThrow();
    }
  });
});

describe('linking', () => {
  async function linkable() {
    const connection = await scene.connection('google');
    const user = await scene.service.user({ organization: connection.organization });
    return { connection, user, browser: await scene.service.signIn(user), account: scene.account(connection) };
  }

  test('SEC-31: asks for the password, then lets the account sign in', async () => {
    const { connection, user, browser, account } = await linkable();
    expect((await browser.get('/me/identities')).body).toMatchObject({ items: [], linkable: [{ id: connection.id }] });
    const link = (password: string) =>
      browser.post(`/me/identities/${connection.id}/link`, { password, returnTo: '/account/identities' });
    expect((await link('wrong password')).body.code).toBe('invalid_credentials');
    const { url } = (await link(GOOD_PASSWORD)).body;
    const landing = await browser.get(await scene.through(connection, account, url));
    expect(landing.headers.location).toBe(`/account/identities?linked=${connection.id}`);
    const { items } = (await browser.get('/me/identities')).body;
    expect(items).toMatchObject([{ connection: { id: connection.id }, email: account.email, removable: true }]);
    expect((await link(GOOD_PASSWORD)).body.code).toBe('identity_already_linked');

    const through = await scene.signIn(connection, account);
    expect((await through.browser.get('/me')).body).toMatchObject({ id: user.id, hasPassword: true });
    expect((await browser.delete(`/me/identities/${items[0].id}`)).status).toBe(204);
    expect((await through.browser.get('/me')).status).toBe(401);
    expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_account_unknown');
    expect(await eventsOf(connection, 'identity.linked')).toHaveLength(1);
    expect(await eventsOf(connection, 'identity.unlinked')).toHaveLength(1);
  });

  test('SEC-31: asks for the second factor where there is one', async () => {
    const connection = await scene.connection('google');
    const { browser, secret } = await scene.service.enrolledUser({ organization: connection.organization });
    const path = `/me/identities/${connection.id}/link`;
    expect((await browser.post(path, { password: GOOD_PASSWORD })).body.code).toBe('invalid_code');
    const code = scene.service.code(secret);
    expect((await browser.post(path, { password: GOOD_PASSWORD, code })).status).toBe(200);
  });

  test('comes to nothing where a second factor is to be set up first since it began', async () => {
    const { connection, browser, account } = await linkable();
    const { url } = (await browser.post(`/me/identities/${connection.id}/link`, { password: GOOD_PASSWORD })).body;
    await scene.service.db.organization.update({
      where: { id: connection.organization.id },
      data: { mfaRequired: 'everybody', mfaGraceDays: 0 },
    });
    const location = String((await browser.get(await scene.through(connection, account, url))).headers.location);
    expect(location).toMatch(/^\/account\/identities\?error=sso_expired&/);
    expect(await scene.service.db.federatedIdentity.count({ where: { connectionId: connection.id } })).toBe(0);
  });

  test('an account that is linked to somebody else is refused, and nobody is named', async () => {
    const { connection, browser, account } = await linkable();
    await scene.invited(connection, account);
    await scene.signIn(connection, account);
    const { url } = (await browser.post(`/me/identities/${connection.id}/link`, { password: GOOD_PASSWORD })).body;
    const location = String((await browser.get(await scene.through(connection, account, url))).headers.location);
    expect(location).toMatch(/^\/account\/identities\?error=sso_identity_taken&requestId=[\w-]+$/);
  });

  test('a link that was begun ends with its session', async () => {
    const { connection, browser, account } = await linkable();
    const { url } = (await browser.post(`/me/identities/${connection.id}/link`, { password: GOOD_PASSWORD })).body;
    const callback = await scene.through(connection, account, url);
    await browser.copy().post('/auth/logout');
    expect(errorOf(String((await browser.get(callback)).headers.location))).toBe('sso_expired');
    expect(await scene.service.db.federatedIdentity.count({ where: { connectionId: connection.id } })).toBe(0);
  });

  test('connections of other organizations do not exist; without a password nothing is linked', async () => {
    const { browser } = await linkable();
    const other = await scene.connection('google');
    const answer = await browser.post(`/me/identities/${other.id}/link`, { password: GOOD_PASSWORD });
    expect(answer.body.code).toBe('not_found');
    const account = scene.account(other);
    await scene.invited(other, account);
    const { browser: ssoOnly } = await scene.signIn(other, account);
    const refused = await ssoOnly.post(`/me/identities/${other.id}/link`, { password: 'x' });
    expect(refused.body.code).toBe('no_local_password');
    const { items } = (await ssoOnly.get('/me/identities')).body;
    expect(items).toMatchObject([{ removable: false }]);
    expect((await ssoOnly.delete(`/me/identities/${items[0].id}`)).body.code).toBe('last_way_in');
    expect((await browser.delete(`/me/identities/${items[0].id}`)).body.code).toBe('not_found');
  });
});
