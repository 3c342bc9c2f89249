import { describe, expect, test } from 'vitest';
import { bodyOf, type Certificate, changesOf, draftOf, emptyDraft, rebase } from './draft.ts';
import type { Connection } from './queries.ts';

const certificate: Certificate = {
  pem: 'PEM',
  subject: 'CN=idp',
  fingerprint: 'AA:BB',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
};

function connection(changed: Partial<Connection>): Connection {
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    organizationId: '0190a000-0000-7000-8000-000000000002',
    name: 'Contoso',
    kind: 'entra',
    enabled: true,
    domains: ['contoso.example'],
    unverifiedDomains: [],
    provisioning: 'jit',
    mfaPolicy: 'require_local',
    config: { clientId: 'client', tenantIds: ['t'], allowGuests: false, allowPersonalAccounts: false },
    hasClientSecret: true,
    urls: { start: 'https://x.example/start' },
    certificates: [],
    warnings: [],
    working: true,
    lastSignInAt: null,
    lastFailure: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    ...changed,
  };
}

const saml = connection({
  kind: 'saml',
  certificates: [{ ...certificate }],
  config: {
    idpEntityId: 'https://idp.example',
    ssoUrl: 'https://idp.example/sso',
    certificates: ['PEM'],
    subject: { source: 'attribute', name: 'oid' },
    attributes: { email: 'mail' },
    requestedAuthnContext: ['urn:x'],
  },
});

describe('what a form of a connection sends', () => {
  test('nothing when nothing was edited, for every kind', () => {
    const oidc = connection({
      kind: 'oidc',
      config: { issuer: 'https://idp.example', clientId: 'c', nameClaim: null },
    });
    for (const { kind, ...rest } of [connection({}), saml, oidc]) {
      const draft = draftOf({ kind, ...rest });
      expect(changesOf(kind, draft, { ...draft })).toEqual({});
    }
  });

  test('the secret only where one was typed', () => {
    const base = draftOf(connection({}));
    expect(changesOf('entra', base, { ...base, name: 'New' })).toEqual({ name: 'New' });
    expect(changesOf('entra', base, { ...base, clientSecret: 's3cret' }).config).toMatchObject({
      clientId: 'client',
      clientSecret: 's3cret',
    });
  });

  test('no secret of a public client', () => {
    const draft = { ...emptyDraft('oidc'), clientAuthentication: 'none', clientSecret: 'typed before' };
    expect(bodyOf('oidc', draft).config).toMatchObject({ clientSecret: null });
  });

  test('what identifies a person, as SAML has it', () => {
    const draft = draftOf(saml);
    expect(bodyOf('saml', draft).config).toMatchObject({
      certificates: ['PEM'],
      subject: { source: 'attribute', name: 'oid' },
      attributes: { email: 'mail' },
      requestedAuthnContext: ['urn:x'],
    });
    const config = bodyOf('saml', { ...draft, subject: 'email_address', requestNameIdFormat: true }).config;
    expect(config).toMatchObject({
      subject: { source: 'name_id', format: 'email_address' },
      requestNameIdFormat: 'email_address',
    });
  });
});

test('a newer version keeps what was edited and takes the rest', () => {
  const base = draftOf(connection({}));
  const newer = draftOf(connection({ name: 'Renamed', enabled: false }));
  const merged = rebase(base, { ...base, enabled: true, domains: [] }, newer);
  expect(merged).toMatchObject({ name: 'Renamed', domains: [], enabled: false });
});
