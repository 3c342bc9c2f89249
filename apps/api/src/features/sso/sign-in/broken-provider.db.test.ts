import type { Tampering } from '@sallyport/testkit/providers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD } from '../../../testing/app.ts';
import { SsoScene, type TestConnection } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const brokenConnection = () => scene.connection('oidc', { config: { issuer: scene.providers.brokenIssuer } });

const failed = /^\/sign-in\?error=sso_unavailable&requestId=([\w-]{36})$/;

async function expectClearPage(connection: TestConnection, cause: string): Promise<void> {
  const started = performance.now();
  const answer = await scene.service.browser().get(`/auth/sso/${connection.id}/start`);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(answer.status).toBe(303);
  const [, requestId] = failed.exec(String(answer.headers.location)) ?? [];
  const admin = await scene.admin(connection.organization);
  const path = `/organizations/${connection.organization.id}/sso-connections/${connection.id}`;
  const { lastFailure } = (await admin.get(path)).body;
  expect(lastFailure).toMatchObject({ code: 'sso_unavailable', cause: expect.stringContaining(cause), requestId });
  const event = await scene.service.db.auditEvent.findFirstOrThrow({ where: { requestId: String(requestId) } });
  expect(event).toMatchObject({ action: 'sso.sign_in_failed', outcome: 'failure' });
}

describe('SEC-34: a provider', () => {
  test.each([
    ['html', 'not valid'],
    ['redirect', 'not valid'],
    ['error', 'not valid'],
    ['huge', 'more than 1 MiB'],
    ['wrong-issuer', 'not valid'],
  ] as const)('that answers %s gives a clear page and a cause', async (brokenness, cause) => {
    scene.providers.state.brokenness = brokenness;
    await expectClearPage(await brokenConnection(), cause);
  });

  test('that is silent gives a clear page within ten seconds, and others sign in meanwhile', async () => {
    scene.providers.state.brokenness = 'silent';
    const [silent, other] = [await brokenConnection(), await scene.connection('google', { provisioning: 'jit' })];
    const user = await scene.service.user();
    const waiting = expectClearPage(silent, 'did not answer in time');
    let over = false;
    const end = waiting.then(() => {
      over = true;
    });
    await scene.service.signIn(user);
    expect((await scene.signIn(other, scene.account(other))).location).toBe('/');
    expect(over).toBe(false);
    await end;
  });

  test('that cannot be found gives a clear page and a cause', async () => {
    const nowhere = await scene.connection('oidc', { config: { issuer: 'https://nowhere.invalid' } });
    await expectClearPage(nowhere, 'nowhere.invalid cannot be reached');
  });

  test('that refuses, or whose answer was refused, gives a clear page too', async () => {
    const connection = await scene.connection('google', { provisioning: 'jit' });
    const browser = scene.service.browser();
    const begin = async () => {
      const { headers } = await browser.get(`/auth/sso/${connection.id}/start`);
      return new URL(String(headers.location)).searchParams.get('state');
    };
    const denied = await browser.get(
      `/auth/sso/${connection.id}/callback?error=access_denied&state=${await begin()}&iss=https://accounts.google.com`,
    );
    expect(String(denied.headers.location)).toMatch(/^\/sign-in\?error=sso_failed/);
    expect(await scene.causeOf(connection)).toContain('access_denied');
    // SEC-36: what stands in the address anybody wrote.
    const made = 'Call+555-0100+to+unlock';
    for (const [error, said] of [
      ['access_denied', 'access_denied'],
      [made, 'not registered'],
    ]) {
      const query = `error=${error}&error_description=${made}&iss=https://accounts.google.com`;
      await browser.get(`/auth/sso/${connection.id}/callback?${query}&state=${await begin()}`);
      expect(await scene.causeOf(connection)).toContain(said);
      expect(await scene.causeOf(connection)).not.toContain('555');
    }
    const unknown = await browser.get(
      `/auth/sso/${connection.id}/callback?code=x&state=${await begin()}&iss=https://accounts.google.com`,
    );
    expect(String(unknown.headers.location)).toMatch(/^\/sign-in\?error=sso_failed/);
    expect(await scene.causeOf(connection)).toContain('invalid_grant');
    const mixedUp = await browser.get(
      `/auth/sso/${connection.id}/callback?code=x&state=${await begin()}&iss=https://evil.example`,
    );
    expect(String(mixedUp.headers.location)).toMatch(/^\/sign-in\?error=sso_failed/);
    expect(scene.providers.state.requests.at(-1)).not.toContain('evil');
  });

  test.each(['callback', 'callback?state=', 'callback?state=a&state=b&code=c', 'callback?code=%00'])(
    'whose answer is junk (%s) is a 4xx or a clear page, and is written down only so often',
    async (path) => {
      const connection = await scene.connection('google');
      const browser = scene.service.browser({ address: '198.51.100.7' });
      const answer = await browser.get(`/auth/sso/${connection.id}/${path}`);
      if (answer.status === 303) expect(String(answer.headers.location)).toMatch(/^\/sign-in\?error=sso_expired/);
      else expect(answer.status).toBe(400);
      expect(await scene.causeOf(connection)).toBe('');
    },
  );

  test('strays of one source do not fill the audit log', async () => {
    const connection = await scene.connection('google');
    const browser = scene.service.browser({ address: '198.51.100.8' });
    for (let count = 0; count < 30; count++) await browser.get(`/auth/sso/${connection.id}/callback?state=junk`);
    const where = { organizationId: connection.organization.id, action: 'sso.sign_in_failed' };
    expect(await scene.service.db.auditEvent.count({ where })).toBe(20);
  });
});

test('a connection that is unknown or switched off gives a clear page', async () => {
  const off = await scene.connection('google', { enabled: false });
  for (const id of [off.id, off.organization.id]) {
    const answer = await scene.service.browser().get(`/auth/sso/${id}/start`);
    expect(String(answer.headers.location)).toMatch(failed);
  }
  expect((await scene.service.browser().get('/auth/sso/nonsense/start')).status).toBe(400);
});

test('a connection that is switched off, or changed, during a sign-in lets nobody in', async () => {
  for (const change of [{ enabled: false }, { name: 'Another name' }]) {
    const connection = await scene.connection('google', { provisioning: 'jit' });
    const browser = scene.service.browser();
    const callback = await scene.toProvider(connection, scene.account(connection), browser);
    const admin = await scene.admin(connection.organization);
    await admin.patch(`/organizations/${connection.organization.id}/sso-connections/${connection.id}`, change);
    expect(String((await browser.get(callback)).headers.location)).toMatch(/^\/sign-in\?error=sso_expired/);
  }
});

describe('trying a connection', () => {
  async function tried(
    options: Parameters<SsoScene['connection']>[1],
    changes = {},
    tampering: Tampering | null = null,
  ) {
    const connection = await scene.connection('google', { enabled: false, ...options });
    const admin = await scene.admin(connection.organization);
    const path = `/organizations/${connection.organization.id}/sso-connections/${connection.id}/test`;
    expect((await admin.get(path)).body).toEqual({ result: null });
    const started = await admin.post(path, { returnTo: '/settings/sso/try' });
    expect(started.status).toBe(200);
    connection.issuer.tampering = tampering;
    const account = scene.account(connection, changes);
    const landing = await admin.get(await scene.through(connection, account, started.body.url));
    const { result } = (await admin.get(path)).body;
    return { connection, admin, path, account, location: String(landing.headers.location), landing, result };
  }

  test('works before it is enabled, shows what came and what it would do, and signs nobody in', async () => {
    const { account, admin, connection, landing, location, path, result } = await tried({ provisioning: 'jit' });
    expect(location).toBe(`/settings/sso/try?tested=${connection.id}`);
    expect(landing.cookies).toEqual([]);
    expect(result).toMatchObject({
      outcome: 'success',
      current: true,
      faults: [],
      received: expect.arrayContaining([
        { name: 'email', values: [account.email] },
        { name: 'hd', values: [connection.domain] },
      ]),
      account: {
        issuer: 'https://accounts.google.com',
        subject: account.sub,
        email: account.email,
        multiFactor: false,
        effect: `Creates ${account.email} as a read-only member, and signs it in.`,
      },
    });
    expect(await scene.service.db.user.count({ where: { email: String(account.email) } })).toBe(0);
    await admin.patch(path.replace('/test', ''), { name: 'Changed' });
    expect((await admin.get(path)).body.result.current).toBe(false);
  });

  test('says in words what is wrong, with what the provider sent', async () => {
    const wrong = await tried({}, { hd: 'other.example' });
    expect(wrong.location).toMatch(/^\/settings\/sso\/try\?tested=[\w-]+&error=sso_failed&requestId=/);
    expect(wrong.result).toMatchObject({
      outcome: 'failure',
      faults: [expect.stringContaining('Workspace domain')],
      received: expect.arrayContaining([{ name: 'hd', values: ['other.example'] }]),
      account: null,
    });
    const forged = await tried({}, {}, { signature: 'foreign' });
    expect(forged.result.faults[0]).toContain('not valid');
    const refused = await tried({});
    expect(refused.result.account.effect).toMatch(/^Is refused\. No user has the address/);
  });

  test('says what is wrong with the client secret', async () => {
    const connection = await scene.connection('google', { config: { clientSecret: 'a wrong one' } });
    const admin = await scene.admin(connection.organization);
    const path = `/organizations/${connection.organization.id}/sso-connections/${connection.id}/test`;
    const { url } = (await admin.post(path, {})).body;
    await admin.get(await scene.through(connection, scene.account(connection), url));
    expect((await admin.get(path)).body.result.faults[0]).toContain('invalid_client');
  });

  test('says so when the provider cannot be asked at all', async () => {
    scene.providers.state.brokenness = 'html';
    const connection = await brokenConnection();
    const admin = await scene.admin(connection.organization);
    const path = `/organizations/${connection.organization.id}/sso-connections/${connection.id}/test`;
    expect(await admin.post(path, {})).toMatchObject({ status: 502, body: { code: 'provider_unavailable' } });
    expect((await admin.get(path)).body.result).toMatchObject({ outcome: 'failure', received: [] });
    const user = await scene.service.signIn(await scene.service.user({ organization: connection.organization }));
    const link = await user.post(`/me/identities/${connection.id}/link`, { password: GOOD_PASSWORD });
    expect(link).toMatchObject({ status: 502, body: { code: 'provider_unavailable' } });
  });
});
