import { ENTRA_PERSONAL, ENTRA_TENANT_A, ENTRA_TENANT_B, type Tampering } from '@sallyport/testkit/providers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SsoScene, type TestConnection } from '../../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

const errorOf = (location: string) => new URL(location, 'http://localhost').searchParams.get('error');

describe.each(['entra', 'google', 'oidc'] as const)('%s', (kind) => {
  let connection: TestConnection;
  beforeAll(async () => {
    connection = await scene.connection(kind);
  });

  test('an invited user signs in, and from then on by subject, whatever the address becomes', async () => {
    const account = scene.account(connection);
    const user = await scene.invited(connection, account);
    const first = await scene.signIn(connection, account, { returnTo: '/users?q=a' });
    expect(first.landing.status).toBe(303);
    expect(first.location).toBe('/users?q=a');
    const me = await first.browser.get('/me');
    expect(me.body).toMatchObject({
      id: user.id,
      status: 'active',
      hasPassword: false,
      session: { method: 'sso', aal: 1 },
      mfa: { enabled: false, canEnroll: false },
    });

    const renamed = { ...account, email: 'new@elsewhere.example', preferred_username: 'new@elsewhere.example' };
    const again = await scene.signIn(connection, renamed);
    expect((await again.browser.get('/me')).body).toMatchObject({ id: user.id, email: user.email });
    expect((await again.browser.get('/me')).body.session.id).not.toBe(me.body.session.id);
  });

  test('SEC-30: what is asked for has PKCE, state, nonce and the exact redirect URI', async () => {
    const started = await scene.service
      .browser({ headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
      .get(`/auth/sso/${connection.id}/start`);
    const asked = new URL(String(started.headers.location)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      redirect_uri: `http://localhost:3000/api/v1/auth/sso/${connection.id}/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{20,}$/),
    });
    const cookie = started.cookies.find(({ name }) => name === 'sallyport_sso');
    expect(cookie).toMatchObject({ path: '/api/v1/auth', httpOnly: true, sameSite: 'Lax', maxAge: 600 });
  });

  test('SEC-30: the answer is taken once, and only in the browser that asked', async () => {
    const account = scene.account(connection);
    await scene.invited(connection, account);
    const browser = scene.service.browser();
    const callback = await scene.toProvider(connection, account, browser);
    const stolen = await scene.service.browser().get(callback);
    expect(errorOf(String(stolen.headers.location))).toBe('sso_expired');
    expect(stolen.cookies.some(({ name }) => name === 'sallyport_access')).toBe(false);
    // Junk burns nothing: the one who asked comes in.
    expect((await browser.get(callback)).headers.location).toBe('/');
    expect(errorOf(String((await browser.get(callback)).headers.location))).toBe('sso_expired');
  });

  test('SEC-30: an attempt is over after ten minutes', async () => {
    const account = scene.account(connection);
    await scene.invited(connection, account);
    const browser = scene.service.browser();
    const callback = await scene.toProvider(connection, account, browser);
    scene.service.clock.advance({ minutes: 10 });
    expect(errorOf(String((await browser.get(callback)).headers.location))).toBe('sso_expired');
    scene.service.clock.advance({ minutes: -10 });
  });

  test('SEC-30: a planted cookie binds no attempt; tabs of one browser share one', async () => {
    const start = (value: string) => {
      const browser = scene.service.browser();
      browser.jar.set('sallyport_sso', value);
      return browser.get(`/auth/sso/${connection.id}/start`);
    };
    const tokenOf = ({ cookies }: Awaited<ReturnType<typeof start>>) =>
      cookies.find(({ name }) => name === 'sallyport_sso')?.value;
    const planted = 'p'.repeat(43);
    const given = tokenOf(await start(planted)) ?? '';
    expect(given).toMatch(/^[\w-]{43}$/);
    expect(given).not.toBe(planted);
    expect(tokenOf(await start(given))).toBe(given);
  });

  const hostile: [string, Tampering][] = [
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a past expiry', { claims: { exp: 1_700_000_000 } }],
    ['an issue in the future', { claims: { iat: Math.floor(Date.now() / 1000) + 3600 } }],
    ['an empty subject', { claims: { sub: '' } }],
    ['a subject that is no text', { claims: { sub: 'a\u0000b' } }],
    ['no subject', { claims: { sub: undefined } }],
    ['a signature of a foreign key', { signature: 'foreign' }],
    ['no signature', { signature: 'none' }],
    ['a signature with the client secret', { signature: 'hmac-with-client-secret' }],
  ];
  test.each(hostile)('SEC-30: an ID token with %s is refused', async (_what, tampering) => {
    const account = scene.account(connection);
    await scene.invited(connection, account);
    connection.issuer.tampering = tampering;
    const { browser, landing, location } = await scene.signIn(connection, account);
    expect(connection.issuer.tampering).toBeNull();
    expect(errorOf(location)).toBe('sso_failed');
    expect(landing.cookies.some(({ name }) => name === 'sallyport_access')).toBe(false);
    expect((await browser.get('/me')).status).toBe(401);
    expect(await scene.causeOf(connection)).not.toBe('');
  });

  test('SEC-50: what is no text in a name or a claim does no harm', async () => {
    const account = scene.account(connection, { name: 'Pat\u0000 \ud800Person', amr: ['p\u0000wd'] });
    await scene.invited(connection, account);
    connection.issuer.tampering = { claims: { 'x\u0000': '\u0000', amr: ['p\u0000wd'], name: 'Pat\u0000Person' } };
    expect((await scene.signIn(connection, account)).location).toBe('/');
  });

  test('SEC-32: returnTo never leads off site', async () => {
    for (const evil of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/a\r\nb',
      '/api/v1/me',
      '/\t/evil.example',
    ]) {
      const account = scene.account(connection);
      await scene.invited(connection, account);
      expect((await scene.signIn(connection, account, { returnTo: evil })).location).toBe('/');
    }
  });
});

describe('entra', () => {
  test('SEC-30: a directory that is not on the list is refused, and so is a tid that is not the issuer’s', async () => {
    const connection = await scene.connection('entra', {
      config: { tenantIds: [ENTRA_TENANT_A, '12345678-1234-4234-8234-123456789012'] },
      provisioning: 'jit',
    });
    const asked = await scene.service.browser().get(`/auth/sso/${connection.id}/start`);
    expect(String(asked.headers.location)).toContain(`https://login.microsoftonline.com/${ENTRA_TENANT_A}/`);
    expect((await scene.signIn(connection, scene.account(connection))).location).toBe('/');

    const { providers } = scene;
    providers.state.chosenTenant = providers.tenantB;
    const other = { ...connection, issuer: providers.tenantB };
    // The endpoints were read before: a change has them read again.
    await scene.service.db.ssoConnection.update({ where: { id: connection.id }, data: { version: { increment: 1 } } });
    expect(errorOf((await scene.signIn(other, scene.account(other))).location)).toBe('sso_failed');
    expect(await scene.causeOf(connection)).toContain(ENTRA_TENANT_B);
    const liar = scene.account(other, { tid: ENTRA_TENANT_A });
    expect(errorOf((await scene.signIn(other, liar)).location)).toBe('sso_failed');
    providers.state.chosenTenant = providers.tenantA;
  });

  test('guests are refused unless the connection allows them, and even then match no address', async () => {
    for (const marks of [{ acct: 1 }, { idp: 'https://sts.windows.net/elsewhere/' }]) {
      const strict = await scene.connection('entra', { provisioning: 'jit' });
      expect(errorOf((await scene.signIn(strict, scene.account(strict, marks))).location)).toBe('sso_failed');
      expect(await scene.causeOf(strict)).toContain('guest');
      const open = await scene.connection('entra', {
        provisioning: 'jit',
        config: { tenantIds: [ENTRA_TENANT_A], allowGuests: true },
      });
      const guest = scene.account(open, marks);
      await scene.invited(open, guest);
      expect(errorOf((await scene.signIn(open, guest)).location)).toBe('sso_account_unknown');
    }
  });

  test('personal accounts are refused unless the connection allows them', async () => {
    const { providers } = scene;
    const asPersonal = (connection: TestConnection) => ({ ...connection, issuer: providers.personal });
    providers.state.chosenTenant = providers.personal;
    const strict = await scene.connection('entra', { config: { tenantIds: [ENTRA_PERSONAL, ENTRA_TENANT_A] } });
    expect(errorOf((await scene.signIn(asPersonal(strict), scene.account(asPersonal(strict)))).location)).toBe(
      'sso_failed',
    );
    expect(await scene.causeOf(strict)).toContain('personal');
    const open = asPersonal(
      await scene.connection('entra', { config: { tenantIds: [ENTRA_TENANT_A], allowPersonalAccounts: true } }),
    );
    expect(errorOf((await scene.signIn(open, scene.account(open))).location)).toBe('sso_account_unknown');
    providers.state.chosenTenant = providers.tenantA;
  });

  test('SEC-31: an e-mail claim alone finds nobody', async () => {
    const connection = await scene.connection('entra');
    const victim = await scene.invited(connection, scene.account(connection), 'active');
    const attacker = scene.account(connection, { email: victim.email });
    expect(errorOf((await scene.signIn(connection, attacker)).location)).toBe('sso_account_unknown');
    const owned = scene.account(connection, { email: victim.email, xms_edov: true });
    expect((await scene.signIn(connection, owned)).location).toBe('/');
  });
});

describe('google', () => {
  test.each([
    ['no Workspace domain', undefined],
    ['another one', 'other.example'],
    ['one that only ends alike', 'prefix-$'],
    ['another spelling', 'UPPER'],
  ])('SEC-30: an account of %s is refused', async (_what, hd) => {
    const connection = await scene.connection('google', { provisioning: 'jit' });
    const value = hd === 'UPPER' ? connection.domain.toUpperCase() : hd?.replace('$', connection.domain);
    const { location } = await scene.signIn(connection, scene.account(connection, { hd: value }));
    expect(errorOf(location)).toBe('sso_failed');
    expect(await scene.causeOf(connection)).toContain('hd');
  });

  test.each([false, 'true', 1, undefined])(
    'SEC-30: email_verified %j vouches for no address',
    async (email_verified) => {
      const connection = await scene.connection('google', { provisioning: 'jit' });
      const account = scene.account(connection, { email_verified });
      await scene.invited(connection, account);
      expect(errorOf((await scene.signIn(connection, account)).location)).toBe('sso_account_unknown');
    },
  );
});

describe('SEC-36: an address and the mark that it is verified', () => {
  test.each([
    ['of the ID token, the mark of the userinfo', { email_verified: undefined, name: undefined }, true],
    ['of the userinfo, the mark of the ID token', { email: undefined, email_verified: true }, false],
  ])('the address %s: nobody comes in as another', async (_, claims, verifiedInUserInfo) => {
    const connection = await scene.connection('oidc');
    const victim = await scene.invited(connection, scene.account(connection));
    const account = scene.account(connection, { email_verified: verifiedInUserInfo });
    const tampered = verifiedInUserInfo ? { ...claims, email: victim.email } : claims;
    connection.issuer.tampering = { claims: tampered };
    const { browser, location } = await scene.signIn(
      connection,
      verifiedInUserInfo ? account : { ...account, email: victim.email },
    );
    expect(errorOf(location)).toBe('sso_account_unknown');
    expect((await browser.get('/me')).status).toBe(401);
  });

  test.each(['id_token', 'userinfo'])('both of the %s: the person comes in', async (source) => {
    const connection = await scene.connection('oidc');
    const account = scene.account(connection);
    const user = await scene.invited(connection, account);
    const gone = { email: undefined, email_verified: undefined };
    const own = { email: account.email, email_verified: true, name: undefined };
    connection.issuer.tampering = { claims: source === 'userinfo' ? gone : own };
    const { browser } = await scene.signIn(connection, account);
    expect((await browser.get('/me')).body).toMatchObject({ id: user.id });
  });
});

test('SEC-36: a connection of kind oidc that was made for Google before lets nobody in', async () => {
  const connection = await scene.connection('google', { provisioning: 'jit' });
  const account = scene.account(connection, { hd: undefined });
  const config = {
    issuer: 'https://accounts.google.com',
    clientId: ((await row(connection)).config as { clientId: string }).clientId,
    clientAuthentication: 'client_secret_post',
    signingAlgorithm: 'RS256',
    scopes: ['profile', 'email'],
    nameClaim: null,
  };
  await scene.service.db.ssoConnection.update({ where: { id: connection.id }, data: { kind: 'oidc', config } });
  const { location } = await scene.signIn(connection, account);
  expect(errorOf(location)).toBe('sso_failed');
  expect(await scene.causeOf(connection)).toContain('kind google');
});

const row = ({ id }: TestConnection) => scene.service.db.ssoConnection.findUniqueOrThrow({ where: { id } });
