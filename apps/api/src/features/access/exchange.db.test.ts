import { createPublicKey, verify } from 'node:crypto';
import { ACCESS_TOKEN_SECONDS } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, type TestUser } from '../../testing/app.ts';
import type { Browser } from '../../testing/browser.ts';

const AUDIENCE = 'https://reports.acme.example';

let service: TestApp;
let admin: TestUser;
let browser: Browser;
beforeAll(async () => {
  service = await TestApp.start();
  admin = await service.user({ role: 'admin', access: 'read_write' });
  browser = await service.signIn(admin);
});
afterAll(() => service.stop());

const parsed = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());

/** Header and claims, once the signature is that of a published key: as a back end does it. */
async function verified(token: string) {
  const [header, claims, signature = ''] = token.split('.');
  const { keys } = (await service.app.inject('/.well-known/jwks.json')).json();
  const jwk = keys.find(({ kid }: { kid: string }) => kid === parsed(header).kid);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const isSigned = verify(null, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'));
  expect(isSigned).toBe(true);
  return { header: parsed(header), claims: parsed(claims) };
}

async function key(rights: object): Promise<{ id: string; key: string }> {
  const path = `/organizations/${admin.organization.id}/service-accounts`;
  return (await browser.post(path, { name: 'Reports', ...rights })).body;
}

describe('a token for another service', () => {
  test('tells who the user is, for five minutes, and is verified by the published keys', async () => {
    const { status, body } = await browser.post('/tokens', { audience: AUDIENCE });
    expect(status).toBe(200);
    const { accessToken, ...rest } = body;
    const issuedTokenType = 'urn:ietf:params:oauth:token-type:access_token';
    expect(rest).toEqual({ issuedTokenType, tokenType: 'Bearer', expiresIn: ACCESS_TOKEN_SECONDS });
    const iat = Math.floor(service.clock.now().getTime() / 1000);
    const { header, claims } = await verified(accessToken);
    expect(header).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
    expect(claims).toEqual({
      ...{ iss: service.config.publicUrl.origin, aud: AUDIENCE, sub: admin.id, kind: 'user' },
      ...{ org: admin.organization.id, role: 'admin', access: 'read_write', iat, exp: iat + ACCESS_TOKEN_SECONDS },
    });
  });

  test('tells which program it is, and its rights, not those of its maker', async () => {
    const account = await key({ role: 'member', access: 'read_only' });
    const program = service.browser({ headers: { authorization: `Bearer ${account.key}` } });
    const { accessToken } = (await program.post('/tokens', { audience: AUDIENCE })).body;
    expect((await verified(accessToken)).claims).toMatchObject({
      ...{ sub: account.id, kind: 'service_account', org: admin.organization.id, role: 'member', access: 'read_only' },
    });
  });

  test('SEC-20: opens nothing here, as a cookie or as a Bearer', async () => {
    const { accessToken } = (await browser.post('/tokens', { audience: AUDIENCE })).body;
    const thief = service.browser();
    thief.jar.set('sallyport_access', accessToken);
    expect((await thief.get('/me')).body.code).toBe('unauthenticated');
    const authorization = `Bearer ${accessToken}`;
    expect((await service.browser().get('/users', { authorization })).body.code).toBe('unauthenticated');
  });

  test.each(['sallyport', '', 'reports', 'https://', `https://x.example/${'x'.repeat(300)}`, 'https://x.example/ y'])(
    'is for the URL of a service alone, not for %j',
    async (audience) => {
      expect((await browser.post('/tokens', { audience })).body.code).toBe('invalid_request');
    },
  );

  test('is for those who are signed in, and for keys that are not over', async () => {
    expect((await service.browser().post('/tokens', { audience: AUDIENCE })).status).toBe(401);
    const account = await key({ role: 'member', access: 'read_only' });
    await browser.delete(`/organizations/${admin.organization.id}/service-accounts/${account.id}`);
    const program = service.browser({ headers: { authorization: `Bearer ${account.key}` } });
    expect((await program.post('/tokens', { audience: AUDIENCE })).status).toBe(401);
  });
});
