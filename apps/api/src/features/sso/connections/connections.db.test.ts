import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../platform/crypto/ids.ts';
import { TestApp, type TestOrganization } from '../../../testing/app.ts';
import type { Browser } from '../../../testing/browser.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start();
});
afterAll(() => service.stop());

const google = {
  name: 'Google',
  kind: 'google',
  config: { clientId: 'client', clientSecret: 'the-very-secret', hostedDomains: ['Acme.Example'] },
};

async function tenant() {
  const partner = await service.partner();
  const organization = await service.customer(partner);
  const admin = await adminOf(organization);
  return { partner, organization, admin, path: `/organizations/${organization.id}/sso-connections` };
}

const adminOf = async (organization: TestOrganization): Promise<Browser> =>
  service.signIn(await service.user({ organization, role: 'admin', access: 'read_write' }));

describe('managing connections', () => {
  test('a secret is written and never read', async () => {
    const { admin, path } = await tenant();
    const created = await admin.post(path, google);
    expect(created).toMatchObject({
      status: 201,
      body: {
        enabled: false,
        provisioning: 'invite_only',
        mfaPolicy: 'trust_provider',
        config: { clientId: 'client', hostedDomains: ['acme.example'] },
        hasClientSecret: true,
        working: false,
        urls: { redirectUri: `http://localhost:3000/api/v1/auth/sso/${created.body.id}/callback` },
      },
    });
    expect(created.headers.etag).toBe('"1"');
    const own = `${path}/${created.body.id}`;
    const answers = [created, await admin.get(path), await admin.get(own), await admin.patch(own, { name: 'Other' })];
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain('the-very-secret');
    const row = await service.db.ssoConnection.findUniqueOrThrow({ where: { id: created.body.id } });
    expect(Buffer.from(row.secrets).includes('the-very-secret')).toBe(false);
    const events = await service.db.auditEvent.findMany({ where: { action: { startsWith: 'sso.connection' } } });
    expect(JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain(
      'the-very-secret',
    );
  });

  test('SEC-38: the admins of the organization hear of every change', async () => {
    const { organization, path, partner } = await tenant();
    const own = await service.user({ organization, role: 'admin', access: 'read_write' });
    const above = await adminOf(partner);
    const { id } = (await above.post(path, google)).body;
    await above.patch(`${path}/${id}`, { mfaPolicy: 'require_local' });
    await above.patch(`${path}/${id}`, { mfaPolicy: 'require_local' });
    await above.delete(`${path}/${id}`);
    expect(await service.mailsTo(own.email)).toEqual(Array(3).fill('Single sign-on was changed'));
    const [added, changed, removed] = await service.mailTextsTo(own.email);
    expect([added, changed, removed].map((text) => /was (added|changed|removed) by/.exec(text ?? '')?.[1])).toEqual([
      'added',
      'changed',
      'removed',
    ]);
  });

  test('a secret that is left out stays; null takes it away', async () => {
    const { admin, path } = await tenant();
    const { id } = (await admin.post(path, google)).body;
    const { clientSecret: _, ...config } = google.config;
    expect((await admin.patch(`${path}/${id}`, { config })).body.hasClientSecret).toBe(true);
    const without = { config: { ...config, clientSecret: null } };
    expect((await admin.patch(`${path}/${id}`, without)).body.hasClientSecret).toBe(false);
  });

  test('If-Match keeps two admins from overwriting each other', async () => {
    const { admin, path } = await tenant();
    const { id } = (await admin.post(path, google)).body;
    const stale = { 'if-match': '"1"' };
    expect((await admin.patch(`${path}/${id}`, { name: 'First' }, stale)).headers.etag).toBe('"2"');
    expect((await admin.patch(`${path}/${id}`, { name: 'Second' }, stale)).body.code).toBe('precondition_failed');
    expect((await admin.delete(`${path}/${id}`, stale)).body.code).toBe('precondition_failed');
    expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
    expect((await admin.get(`${path}/${id}`)).status).toBe(404);
  });

  test('SEC-40: members and read-only admins, and who is outside', async () => {
    const { admin, organization, partner, path } = await tenant();
    const { id } = (await admin.post(path, google)).body;
    const member = await service.signIn(await service.user({ organization }));
    const reader = await service.signIn(await service.user({ organization, role: 'admin', access: 'read_only' }));
    const above = await adminOf(partner);
    const outside = (await tenant()).admin;
    const status = async (browser: Browser) => [
      (await browser.get(path)).status,
      (await browser.get(`${path}/${id}`)).status,
      (await browser.get(`${path}/${id}/test`)).status,
      (await browser.post(path, google)).status,
      (await browser.patch(`${path}/${id}`, { name: 'x' })).status,
      (await browser.post(`${path}/${id}/test`, {})).status,
    ];
    expect(await status(member)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await status(reader)).toEqual([200, 200, 200, 403, 403, 403]);
    expect(await status(outside)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await status(above)).slice(0, 5)).toEqual([200, 200, 200, 201, 200]);
    const mixed = `/organizations/${partner.id}/sso-connections/${id}`;
    expect((await above.get(mixed)).status).toBe(404);
    expect((await service.browser().get(path)).status).toBe(401);
  });

  test('domains that are new are claimed, and count once they are proved', async () => {
    const { admin, organization, path } = await tenant();
    const domain = `d-${newId()}.example`;
    const created = await admin.post(path, { ...google, domains: [domain.toUpperCase()] });
    expect(created.body).toMatchObject({ domains: [domain], unverifiedDomains: [domain] });
    const { items } = (await admin.get(`/organizations/${organization.id}/domains`)).body;
    expect(items).toMatchObject([{ name: domain, verifiedAt: null }]);
    expect((await admin.delete(`/organizations/${organization.id}/domains/${domain}`)).status).toBe(204);
    expect((await admin.get(`${path}/${created.body.id}`)).body.domains).toEqual([]);
  });

  const entra = { clientId: 'c', tenantIds: ['aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'] };
  const oidc = { clientId: 'c', issuer: 'https://id.example.org' };
  test.each([
    ['entra', entra, { ...entra, allowGuests: false, allowPersonalAccounts: false }],
    ['google', { clientId: 'c', hostedDomains: ['Acme.Example'] }, { clientId: 'c', hostedDomains: ['acme.example'] }],
    [
      'oidc',
      oidc,
      {
        ...oidc,
        clientAuthentication: 'client_secret_basic',
        signingAlgorithm: 'RS256',
        scopes: ['profile', 'email'],
        nameClaim: null,
      },
    ],
  ])('%s is read back with its defaults, and as it is read it can be sent', async (kind, config, whole) => {
    const { admin, path } = await tenant();
    const { id, config: created } = (await admin.post(path, { name: 'X', kind, config })).body;
    expect(created).toEqual(whole);
    expect((await admin.patch(`${path}/${id}`, { config: whole })).headers.etag).toBe('"1"');
    expect((await admin.patch(`${path}/${id}`, { config })).body).toMatchObject({ kind, config: whole });
  });

  test.each([
    ['entra', { clientId: 'c' }, '/config/tenantIds'],
    ['entra', { ...entra, tenantIds: [] }, '/config/tenantIds'],
    ['entra', { ...entra, tenantIds: ['contoso.onmicrosoft.com'] }, '/config/tenantIds/0'],
    ['entra', { ...entra, hostedDomains: ['a.example'] }, '/config/hostedDomains'],
    ['google', { clientId: 'c', hostedDomains: ['no domain'] }, '/config/hostedDomains/0'],
    ['google', { clientId: 'c', hostedDomains: [] }, '/config/hostedDomains'],
    ['oidc', { ...oidc, issuer: 'http://id.example.org' }, '/config/issuer'],
    ['oidc', { ...oidc, issuer: 'https://user@id.example.org' }, '/config/issuer'],
    ['oidc', { ...oidc, issuer: 'https://accounts.google.com' }, '/config/issuer'],
    ['oidc', { ...oidc, issuer: 'https://login.microsoftonline.com/common/v2.0' }, '/config/issuer'],
    ['oidc', { ...oidc, signingAlgorithm: 'none' }, '/config/signingAlgorithm'],
    ['oidc', { ...oidc, signingAlgorithm: 'HS256' }, '/config/signingAlgorithm'],
    ['saml', { clientId: 'c' }, '/config/idpEntityId'],
  ])('%s with %j is refused at %s, when it is made and when it is changed', async (kind, config, pointer) => {
    const { admin, path, organization } = await tenant();
    const id = newId();
    const row = { name: 'X', enabled: false, provisioning: 'invite_only', mfaPolicy: 'trust_provider' } as const;
    const now = service.clock.now();
    const secrets = service.resources.keyring.seal(Buffer.from('{}'), `sso-connection:${id}`);
    await service.db.ssoConnection.create({
      data: {
        ...row,
        id,
        organizationId: organization.id,
        kind: kind as 'saml',
        config: { certificates: [] },
        secrets,
        createdAt: now,
        updatedAt: now,
      },
    });
    for (const answer of [
      await admin.post(path, { name: 'X', kind, config }),
      await admin.patch(`${path}/${id}`, { config }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
    }
  });

  test.each([
    [{ name: 'X', config: entra }, 'must be one of entra, google, oidc, saml'],
    [{ name: 'X', kind: 'ldap', config: entra }, 'must be one of entra, google, oidc, saml'],
  ])('%j is of no kind', async (body, message) => {
    const { admin, path } = await tenant();
    expect((await admin.post(path, body)).body.errors).toEqual([{ pointer: '/kind', message }]);
  });

  test('the kind of a connection does not change', async () => {
    const { admin, path } = await tenant();
    const { id } = (await admin.post(path, google)).body;
    expect((await admin.patch(`${path}/${id}`, { kind: 'oidc' })).status).toBe(400);
  });
});
