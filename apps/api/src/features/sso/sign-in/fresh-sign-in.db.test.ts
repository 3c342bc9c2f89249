import { PROOF_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GOOD_PASSWORD } from '../../../testing/app.ts';
import type { Browser } from '../../../testing/browser.ts';
import { SsoScene, type TestConnection } from '../../../testing/sso.ts';

let scene: SsoScene;
beforeAll(async () => {
  scene = await SsoScene.start();
});
afterAll(() => scene.stop());

/** An admin without a password, signed in through the connection, whose sign-in is too old by now. */
async function staleAdmin(connection: TestConnection) {
  const account = scene.account(connection);
  const user = await scene.invited(connection, account);
  await scene.service.db.user.update({ where: { id: user.id }, data: { role: 'admin', access: 'read_write' } });
  const { browser } = await scene.signIn(connection, account);
  await age(browser);
  return { account, browser, user };
}

/** The proof gets old; the clock stays where the provider's is. */
async function age(browser: Browser) {
  const { id } = (await browser.get('/me')).body.session;
  const createdAt = new Date(scene.service.clock.now().getTime() - (PROOF_SECONDS + 1) * 1000);
  await scene.service.db.session.update({ where: { id }, data: { createdAt } });
}

const change = (browser: Browser, { organization }: TestConnection) =>
  browser.patch(`/organizations/${organization.id}`, { name: 'Changed' });

async function begin(browser: Browser, connection: TestConnection): Promise<URL> {
  const started = await browser.get(`/auth/sso/${connection.id}/start?fresh=true&returnTo=%2Fusers`);
  return new URL(String(started.headers.location));
}

describe('SEC-43: a fresh sign-in through the provider', () => {
  test.each(['oidc', 'entra'] as const)('is the proof of who has no password: %s', async (kind) => {
    const connection = await scene.connection(kind);
    const { account, browser, user } = await staleAdmin(connection);
    const refused = await change(browser, connection);
    expect(refused).toMatchObject({
      status: 401,
      body: { code: 'reauthentication_required', next: { action: 'use_sso', connectionId: connection.id } },
    });
    const url = await begin(browser, connection);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
    const landing = await browser.get(await scene.through(connection, account, url.href));
    expect(landing.headers.location).toBe('/users');
    expect((await browser.get('/me')).body.id).toBe(user.id);
    expect((await change(browser, connection)).status).toBe(200);
  });

  test('Google is asked for what it offers', async () => {
    const connection = await scene.connection('google');
    const { account, browser } = await staleAdmin(connection);
    const url = await begin(browser, connection);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ prompt: 'select_account' });
    expect(url.searchParams.has('max_age')).toBe(false);
    await browser.get(await scene.through(connection, account, url.href));
    expect((await change(browser, connection)).status).toBe(200);
  });

  test.each([
    ['is over', -120],
    ['is not told', undefined],
  ])('none where the time of the proof at the provider %s', async (_, seconds) => {
    const connection = await scene.connection('oidc');
    const { account, browser } = await staleAdmin(connection);
    const url = await begin(browser, connection);
    const authTime = seconds === undefined ? undefined : Math.floor(Date.now() / 1000) + seconds;
    connection.issuer.tampering = { claims: { auth_time: authTime } };
    const landing = await browser.get(await scene.through(connection, account, url.href));
    expect(landing.headers.location).toMatch(/^\/sign-in\?error=sso_failed/);
    expect(await scene.causeOf(connection)).toContain('auth_time');
    expect((await change(browser, connection)).status).toBe(401);
  });

  test('an old session at the provider is enough for a sign-in that asks for no more', async () => {
    const connection = await scene.connection('oidc');
    const { account } = await staleAdmin(connection);
    connection.issuer.tampering = { claims: { auth_time: 1 } };
    expect((await scene.signIn(connection, account)).location).toBe('/');
  });

  test('whoever has an authenticator here gives its code too, whatever the provider is trusted with', async () => {
    const connection = await scene.connection('oidc');
    const rights = { role: 'admin', access: 'read_write' } as const;
    const enrolled = await scene.service.enrolledUser({ organization: connection.organization, ...rights });
    scene.service.clock.advance({ seconds: -30 });
    const account = scene.account(connection);
    const proofs = () => ({ password: GOOD_PASSWORD, code: scene.service.code(enrolled.secret, 1) });
    const { url: link } = (await enrolled.browser.post(`/me/identities/${connection.id}/link`, proofs())).body;
    await enrolled.browser.get(await scene.through(connection, account, link));
    const { id } = connection.organization;
    await scene.service.db.organization.update({ where: { id }, data: { localSignInEnabled: false } });

    const { browser } = await scene.signIn(connection, account);
    expect((await browser.get('/me')).body.session).toMatchObject({ method: 'sso', aal: 1 });
    expect((await change(browser, connection)).body).toMatchObject({ next: { action: 'use_sso' } });
    const url = await begin(browser, connection);
    const landing = await browser.get(await scene.through(connection, account, url.href));
    expect(landing.headers.location).toMatch(/^\/sign-in\/verify\?.*returnTo=%2Fusers$/);
    scene.service.clock.advance({ seconds: 60 });
    const code = scene.service.code(enrolled.secret);
    expect((await browser.post('/auth/login/mfa', { method: 'totp', code })).status).toBe(200);
    scene.service.clock.advance({ seconds: -60 });
    expect((await change(browser, connection)).status).toBe(200);
  });
});
