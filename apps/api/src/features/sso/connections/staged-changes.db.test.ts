import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../../testing/browser.ts';
import { SsoScene } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const ROUNDS = 4;
const NEW_SECRET = 'the next secret of the client';

/**
 * A connection that an admin of its organization came in through, who tests it; the client at the provider takes the
 * new secret instead of the old one once `rollOver` is called.
 */
async function worked(options: Parameters<SsoScene['connection']>[1] = {}) {
  scene.catchUp();
  const connection = await scene.connection('google', options);
  const account = scene.account(connection);
  const user = await scene.invited(connection, account);
  await scene.service.db.user.update({ where: { id: user.id }, data: { role: 'admin', access: 'read_write' } });
  const { browser: admin } = await scene.signIn(connection, account);
  const { id, organization, issuer } = connection;
  const own = `/organizations/${organization.id}/sso-connections/${id}`;
  const read = async () => (await admin.get(own)).body;
  const { config } = await read();
  const stage = (changes: object) => admin.patch(own, { config: { ...config, ...changes } });
  const rollOver = async () => {
    const redirectUri = (await read()).urls.redirectUri;
    issuer.addClient({
      clientId: config.clientId,
      clientSecret: NEW_SECRET,
      redirectUri,
      method: 'client_secret_post',
    });
  };
  /** From the button to where the provider sends the browser back to. */
  const begin = async (browser: Browser = admin, as = account): Promise<string> => {
    const { body } = await browser.post(`${own}/test`, {});
    return scene.through(connection, as, body.url);
  };
  const testAs = async (browser: Browser = admin, as = account) => {
    await browser.get(await begin(browser, as));
    return (await browser.get(`${own}/test`)).body.result;
  };
  const events = async (action: string) =>
    scene.service.db.auditEvent.count({ where: { organizationId: organization.id, action } });
  const signsIn = async () => (await scene.signIn(connection, account)).location;
  return { account, admin, begin, config, connection, events, own, read, rollOver, signsIn, stage, testAs, user };
}

const waiting = { createdBy: expect.any(String), createdAt: expect.any(String), hasClientSecret: true };

describe('SEC-35: a changed configuration', () => {
  test('waits for its test, and until then the old one serves', async () => {
    const { admin, config, own, read, signsIn, stage, testAs, user } = await worked();
    const { etag } = (await admin.get(own)).headers;
    const staged = await stage({ hostedDomains: ['other.example'] });
    expect(staged).toMatchObject({
      status: 200,
      body: {
        working: true,
        config,
        pendingChange: {
          ...waiting,
          config: { hostedDomains: ['other.example'] },
          secretChanges: false,
          createdBy: user.email,
        },
      },
    });
    expect(staged.headers.etag).not.toBe(etag);
    expect(await signsIn()).toBe('/');
    expect(await testAs()).toMatchObject({ outcome: 'failure', ofChange: true, applied: false, current: true });
    expect(await signsIn()).toBe('/');
    expect(await read()).toMatchObject({
      working: true,
      config,
      pendingChange: { config: { hostedDomains: ['other.example'] } },
    });
  });

  test('takes over when its test succeeds, and goes on as a connection that works', async () => {
    const { connection, events, read, signsIn, stage, testAs, user } = await worked();
    const hostedDomains = [connection.domain, 'more.example'];
    await stage({ hostedDomains });
    expect(await testAs()).toMatchObject({ outcome: 'success', ofChange: true, applied: true, current: true });
    expect(await read()).toMatchObject({ working: true, config: { hostedDomains }, pendingChange: null });
    expect(await signsIn()).toBe('/');
    expect([await events('sso.change_staged'), await events('sso.change_applied')]).toEqual([1, 1]);
    // SEC-38
    const texts = await scene.service.mailTextsTo(user.email);
    expect(texts.at(-2)).toContain(`A change of the connection Sign-in of ${connection.organization.name}`);
    expect(texts.at(-2)).toContain(`was saved by ${user.email}. It waits for its test`);
    expect(texts.at(-1)).toContain(`was tested by ${user.email} with success, and serves from now on`);
  });

  test('with a new secret is tried with that, while the old one is taken, and the other way round', async () => {
    const { read, rollOver, signsIn, stage, testAs } = await worked();
    expect((await stage({ clientSecret: NEW_SECRET })).body.pendingChange.secretChanges).toBe(true);
    // What was read of the provider for one is not used for the other.
    expect(await signsIn()).toBe('/');
    expect((await testAs()).faults[0]).toContain('invalid_client');
    expect(await signsIn()).toBe('/');
    await rollOver();
    expect(await signsIn()).toMatch(/^\/sign-in\?error=sso_failed/);
    expect(await testAs()).toMatchObject({ outcome: 'success', applied: true });
    expect(await signsIn()).toBe('/');
    expect(await read()).toMatchObject({ working: true, pendingChange: null });
  });

  test('ends the sessions of whom the old one let in when it takes over, and not before; but not that of who tested', async () => {
    const { account, admin, connection, rollOver, stage, testAs } = await worked();
    const { browser } = await scene.signIn(connection, account);
    await stage({ clientSecret: NEW_SECRET });
    expect((await browser.get('/me')).status).toBe(200);
    await rollOver();
    await testAs();
    expect((await browser.get('/me')).status).toBe(401);
    expect((await admin.get('/me')).status).toBe(200);
  });

  test('that trusts more ends none', async () => {
    const { account, connection, stage, testAs } = await worked();
    const { browser } = await scene.signIn(connection, account);
    await stage({ hostedDomains: [connection.domain, 'more.example'] });
    expect(await testAs()).toMatchObject({ applied: true });
    expect((await browser.get('/me')).status).toBe(200);
  });

  test('does not take over with a test of somebody who would not come in', async () => {
    const { admin, connection, read, stage, testAs } = await worked();
    await stage({ hostedDomains: [connection.domain, 'more.example'] });
    const stranger = await testAs(admin, scene.account(connection));
    expect(stranger).toMatchObject({ outcome: 'success', ofChange: true, applied: false, current: true });
    expect(stranger.account.effect).toMatch(/^Is refused/);
    expect((await read()).pendingChange).not.toBeNull();
  });

  test('takes over with a test of an admin who would link the account with the password, and of nobody else who would', async () => {
    const { connection, read, stage, testAs } = await worked();
    await stage({ hostedDomains: [connection.domain, 'more.example'] });
    const { organization } = connection;
    const account = scene.account(connection);
    const readWrite = { role: 'admin', access: 'read_write' } as const;
    const own = await scene.service.user({ organization, ...readWrite, email: scene.addressOf(account) });
    const other = await scene.admin(organization);
    expect(await testAs(other, account)).toMatchObject({ applied: false });
    const result = await testAs(await scene.service.signIn(own), account);
    expect(result.account.effect).toContain('A user with a password');
    expect(result.applied).toBe(true);
    expect((await read()).pendingChange).toBeNull();
  });

  test('does not take over when who tests it may not change it any more', async () => {
    const { admin, begin, connection, read, stage, user } = await worked();
    await stage({ hostedDomains: [connection.domain, 'more.example'] });
    const callback = await begin();
    await scene.service.db.user.update({ where: { id: user.id }, data: { access: 'read_only' } });
    await admin.get(callback);
    expect((await read()).pendingChange).not.toBeNull();
  });

  test('is changed again before its test, and then the test of the first is nothing to it', async () => {
    const { admin, begin, connection, events, own, read, stage } = await worked();
    await stage({ hostedDomains: [connection.domain, 'more.example'] });
    const callback = await begin();
    await stage({ clientId: 'nonsense', hostedDomains: [connection.domain] });
    expect(String((await admin.get(callback)).headers.location)).toContain('error=sso_expired');
    expect((await read()).pendingChange.config).toMatchObject({ clientId: 'nonsense' });
    expect((await admin.get(`${own}/test`)).body.result).toMatchObject({ outcome: 'failure', current: false });
    expect(await events('sso.change_applied')).toBe(0);
  });

  test('is discarded by itself or by sending what serves, and the connection is as it was', async () => {
    const { admin, config, events, own, read, stage, testAs } = await worked();
    await stage({ clientId: 'nonsense' });
    expect((await admin.delete(`${own}/pending-change`, { 'if-match': '"1"' })).body.code).toBe('precondition_failed');
    expect((await admin.delete(`${own}/pending-change`)).status).toBe(204);
    expect((await admin.delete(`${own}/pending-change`)).status).toBe(404);
    expect(await read()).toMatchObject({ working: true, config, pendingChange: null });
    await stage({ clientId: 'nonsense' });
    expect((await stage({})).body.pendingChange).toBeNull();
    expect((await stage({})).body.pendingChange).toBeNull();
    expect([await events('sso.change_staged'), await events('sso.change_discarded')]).toEqual([2, 2]);
    expect(await testAs()).toMatchObject({ outcome: 'success', ofChange: false, applied: false });
  });

  test('keeps the secret that waits when the rest of it is changed again', async () => {
    const { connection, rollOver, stage, testAs } = await worked();
    await stage({ clientSecret: NEW_SECRET });
    const hostedDomains = [connection.domain, 'more.example'];
    expect((await stage({ hostedDomains })).body.pendingChange).toMatchObject({
      secretChanges: true,
      config: { hostedDomains },
    });
    await rollOver();
    expect(await testAs()).toMatchObject({ applied: true });
  });

  test('leaves everything else as it is, and that counts at once', async () => {
    const { admin, config, own } = await worked();
    const input = { name: 'Other', mfaPolicy: 'require_local', config: { ...config, clientId: 'nonsense' } };
    expect((await admin.patch(own, input)).body).toMatchObject({
      name: 'Other',
      mfaPolicy: 'require_local',
      config,
      pendingChange: { config: { clientId: 'nonsense' } },
    });
  });

  test('of a connection that nobody came in through counts at once', async () => {
    const connection = await scene.connection('google');
    const admin = await scene.admin(connection.organization);
    const own = `/organizations/${connection.organization.id}/sso-connections/${connection.id}`;
    const { config } = (await admin.get(own)).body;
    const { body } = await admin.patch(own, { config: { ...config, clientId: 'other' } });
    expect(body).toMatchObject({ config: { clientId: 'other' }, pendingChange: null });
    expect((await admin.delete(`${own}/pending-change`)).status).toBe(404);
  });

  test('opens no way round the guard of the last way in', async () => {
    const { admin, connection, own, read, signsIn, stage, testAs } = await worked();
    const settings = `/organizations/${connection.organization.id}/settings`;
    expect((await admin.patch(settings, { localSignInEnabled: false })).status).toBe(200);
    expect((await stage({ hostedDomains: ['other.example'] })).status).toBe(200);
    expect((await admin.patch(own, { enabled: false })).body.code).toBe('no_working_sso');
    expect((await admin.delete(own)).body.code).toBe('no_working_sso');
    expect(await testAs()).toMatchObject({ applied: false });
    expect((await admin.patch(own, { enabled: false })).body.code).toBe('no_working_sso');
    expect(await signsIn()).toBe('/');
    // What works takes over without a detour over passwords.
    const hostedDomains = [connection.domain, 'more.example'];
    await stage({ hostedDomains });
    expect(await testAs()).toMatchObject({ applied: true });
    expect(await read()).toMatchObject({ working: true, config: { hostedDomains } });
    expect((await admin.patch(own, { enabled: false })).body.code).toBe('no_working_sso');
  });

  test('is sealed for itself: its secret opens nowhere else, and neither does that of the connection', async () => {
    const { admin, connection, own: path, stage } = await worked();
    const { db } = scene.service;
    const { id } = connection;
    await stage({ clientSecret: NEW_SECRET });
    const { secrets: own } = await db.ssoConnection.findUniqueOrThrow({ where: { id } });
    const { secrets: next } = await db.ssoConnectionChange.findUniqueOrThrow({ where: { connectionId: id } });
    expect(Buffer.from(next).includes(NEW_SECRET)).toBe(false);
    await db.ssoConnectionChange.update({ where: { connectionId: id }, data: { secrets: own } });
    expect((await admin.post(`${path}/test`, {})).status).toBe(500);
    await db.ssoConnection.update({ where: { id }, data: { secrets: next } });
    expect((await scene.service.browser().get(`/auth/sso/${id}/start`)).status).toBe(500);
  });

  test('goes by no attempt but a test, in the database too', async () => {
    const { begin, connection, stage } = await worked();
    await stage({ hostedDomains: [connection.domain, 'more.example'] });
    await begin();
    const where = { connectionId: connection.id, purpose: 'test' as const };
    await expect(scene.service.db.ssoTransaction.updateMany({ where, data: { purpose: 'sign_in' } })).rejects.toThrow(
      'sso_transactions_change_is_tried',
    );
  });
});

describe('SEC-35: at once', () => {
  test('of two tests that succeed one puts the change into effect', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { admin, account, begin, connection, events, own, rollOver, stage } = await worked();
      const { browser: left } = await scene.signIn(connection, account);
      const colleague = await scene.admin(connection.organization);
      await stage({ clientSecret: NEW_SECRET });
      await rollOver();
      const callbacks = [await begin(admin), await begin(colleague)];
      const landings = await Promise.all([admin, colleague].map((browser, at) => browser.get(callbacks[at] ?? '')));
      const expired = landings.filter(({ headers }) => String(headers.location).includes('error='));
      // The later test may have been begun of the change, and land when that serves: it says so.
      expect(expired.length).toBe(1);
      expect(await events('sso.change_applied')).toBe(1);
      const { body } = await colleague.get(own);
      expect(body).toMatchObject({ working: true, pendingChange: null });
      expect((await left.get('/me')).status).toBe(401);
    }
  });

  test('a change is discarded or put into effect', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { admin, begin, config, connection, events, own, read, stage } = await worked();
      await stage({ hostedDomains: [connection.domain, 'more.example'] });
      const callback = await begin();
      const [landing, discarded] = await Promise.all([admin.get(callback), admin.delete(`${own}/pending-change`)]);
      const isApplied = !String(landing.headers.location).includes('error=');
      expect(discarded.status).toBe(isApplied ? 404 : 204);
      expect((await read()).config).toEqual(
        isApplied ? { ...config, hostedDomains: [connection.domain, 'more.example'] } : config,
      );
      expect([await events('sso.change_applied'), await events('sso.change_discarded')]).toEqual(
        isApplied ? [1, 0] : [0, 1],
      );
    }
  });

  test('the change that takes over is the one that was tested', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { admin, begin, config, connection, read, stage } = await worked();
      await stage({ hostedDomains: [connection.domain, 'more.example'] });
      const callback = await begin();
      await Promise.all([admin.get(callback), stage({ clientId: 'nonsense' })]);
      const { config: served, pendingChange } = await read();
      expect(served.clientId).toBe(config.clientId);
      expect(pendingChange.config).toMatchObject({ clientId: 'nonsense' });
    }
  });
});
