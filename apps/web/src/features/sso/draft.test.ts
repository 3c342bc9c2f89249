import { describe, expect, test } from 'vitest';
import { bodyOf, type Certificate, type ConnectionDraft, changesOf, draftOf, emptyDraft, rebase } from './draft.ts';
import type { Connection } from './queries.ts';

const certificate: Certificate = {
  pem: 'PEM',
  subject: 'CN=idp',
  fingerprint: 'AA:BB',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
};

const common = {
  id: '0190a000-0000-7000-8000-000000000001',
  organizationId: '0190a000-0000-7000-8000-000000000002',
  name: 'Contoso',
  enabled: true,
  domains: ['contoso.example'],
  unverifiedDomains: [],
  provisioning: 'jit',
  mfaPolicy: 'require_local',
  hasClientSecret: true,
  urls: { start: 'https://x.example/start' },
  certificates: [],
  warnings: [],
  pendingChange: null,
  working: true,
  lastSignInAt: null,
  lastFailure: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
} satisfies Partial<Connection>;

const entra: Connection = {
  ...common,
  kind: 'entra',
  config: { clientId: 'client', tenantIds: ['t'], allowGuests: false, allowPersonalAccounts: false },
};

const google: Connection = {
  ...common,
  kind: 'google',
  config: { clientId: 'client', hostedDomains: ['contoso.example'] },
};

const oidc: Connection = {
  ...common,
  kind: 'oidc',
  config: {
    issuer: 'https://idp.example',
    clientId: 'c',
    clientAuthentication: 'client_secret_basic',
    signingAlgorithm: 'RS256',
    scopes: [],
    nameClaim: null,
  },
};

const saml: Connection = {
  ...common,
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
};

describe('what a form of a connection sends', () => {
  test('nothing when nothing was edited, for every kind', () => {
    for (const connection of [entra, google, oidc, saml]) {
      const draft = draftOf(connection);
      expect(changesOf(draft, { ...draft })).toEqual({});
    }
  });

  test('the secret only where one was typed', () => {
    const base = draftOf(entra);
    expect(changesOf(base, { ...base, name: 'New' })).toEqual({ name: 'New' });
    expect(changesOf(base, { ...base, clientSecret: 's3cret' } as ConnectionDraft).config).toMatchObject({
      clientId: 'client',
      clientSecret: 's3cret',
    });
  });

  test('no secret of a public client', () => {
    const typed = { clientAuthentication: 'none', clientSecret: 'typed before' };
    const draft = { ...emptyDraft('oidc'), ...typed } as ConnectionDraft;
    expect(bodyOf(draft).config).toMatchObject({ clientSecret: null });
  });

  test('what identifies a person, as SAML has it', () => {
    const draft = draftOf(saml);
    expect(bodyOf(draft).config).toMatchObject({
      certificates: ['PEM'],
      subject: { source: 'attribute', name: 'oid' },
      attributes: { email: 'mail' },
      requestedAuthnContext: ['urn:x'],
    });
    const config = bodyOf({
      ...draft,
      subject: 'email_address',
      requestNameIdFormat: true,
    } as ConnectionDraft).config;
    expect(config).toMatchObject({
      subject: { source: 'name_id', format: 'email_address' },
      requestNameIdFormat: 'email_address',
    });
  });
});

test('a newer version keeps what was edited and takes the rest', () => {
  const base = draftOf(entra);
  const newer = draftOf({ ...entra, name: 'Renamed', enabled: false });
  const merged = rebase(base, { ...base, enabled: true, domains: [] }, newer);
  expect(merged).toMatchObject({ name: 'Renamed', domains: [], enabled: false });
});
