import { createPrivateKey, createPublicKey, createVerify, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { Problem } from '@sallyport/core';
import { testKeyPair } from '@sallyport/testkit/saml-provider';
import { beforeAll, expect, test, vi } from 'vitest';
import { readConfig } from '../../connections/config.ts';
import { serviceProvider } from '../../urls.ts';
import type { SamlConfig } from '../schemas.ts';
import { certificateWarnings, configFaults } from './identity-provider.ts';
import { authnRequestUrl, newRequestId, newSpKeyPair, type SamlConnection, spMetadata } from './service-provider.ts';

vi.setConfig({ testTimeout: 60_000 });

const now = new Date('2026-03-01T12:00:00.000Z');
const base = 'https://login.example.com/api/v1/auth/sso/019ab3f0-7c00-7000-8000-000000000001';
let connection: SamlConnection;

beforeAll(async () => {
  const keyPair = await testKeyPair('service-provider');
  connection = {
    config: {
      idpEntityId: 'https://idp.example/metadata',
      ssoUrl: 'https://idp.example/sso?tenant=a%20b',
      certificates: [keyPair.certificate],
      subject: { source: 'name_id', format: 'persistent' },
    },
    serviceProvider: { entityId: `${base}/metadata`, acsUrl: `${base}/acs` },
    keyPair,
  };
}, 60_000);

const configured = (config: Partial<SamlConfig>): SamlConnection => ({
  ...connection,
  config: { ...connection.config, ...config },
});
const request = { requestId: '_0123456789', relayState: 'relay_State-1' };
const requestXml = (url: URL) =>
  inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString('utf8');

test('entity id and ACS come from PUBLIC_URL', () => {
  const publicUrl = new URL('https://login.example.com');
  expect(serviceProvider(publicUrl, '019ab3f0-7c00-7000-8000-000000000001')).toEqual({
    entityId: `${base}/metadata`,
    acsUrl: `${base}/acs`,
  });
});

test('an AuthnRequest asks for nothing that is not configured, with our id and our time', async () => {
  const url = await authnRequestUrl(connection, request, now);
  expect(`${url.origin}${url.pathname}`).toBe('https://idp.example/sso');
  expect(url.searchParams.get('tenant')).toBe('a b');
  expect(url.searchParams.get('RelayState')).toBe('relay_State-1');
  const xml = requestXml(url);
  expect(xml).toContain('ID="_0123456789"');
  expect(xml).toContain('IssueInstant="2026-03-01T12:00:00.000Z"');
  expect(xml).toContain(`AssertionConsumerServiceURL="${base}/acs"`);
  expect(xml).toContain(`>${base}/metadata</saml:Issuer>`);
  expect(xml).not.toMatch(/NameIDPolicy|RequestedAuthnContext|ForceAuthn|IsPassive/);
});

test('an AuthnRequest asks for what is configured', async () => {
  const context = 'urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken';
  const asking = configured({ requestNameIdFormat: 'persistent', requestedAuthnContext: [context], forceAuthn: true });
  const xml = requestXml(await authnRequestUrl(asking, request, now));
  expect(xml).toMatch(/NameIDPolicy[^>]*Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"/);
  expect(xml).toMatch(/RequestedAuthnContext[^>]*Comparison="exact"/);
  expect(xml).toContain(`>${context}</saml:AuthnContextClassRef>`);
  expect(xml).toContain('ForceAuthn="true"');
});

test('SEC-32: an AuthnRequest is signed with RSA-SHA256 over the query as SAML Bindings 3.4.4.1 orders it', async () => {
  const url = await authnRequestUrl(connection, request, now);
  expect(url.searchParams.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
  const part = (name: string) =>
    url.search
      .slice(1)
      .split('&')
      .find((each) => each.startsWith(`${name}=`));
  const text = [part('SAMLRequest'), part('RelayState'), part('SigAlg')].join('&');
  const { publicKey } = new X509Certificate(connection.keyPair.certificate);
  const signature = Buffer.from(url.searchParams.get('Signature') ?? '', 'base64');
  expect(createVerify('RSA-SHA256').update(text).verify(publicKey, signature)).toBe(true);
  const plain = await authnRequestUrl(configured({ signRequests: false }), request, now);
  expect([...plain.searchParams.keys()]).toEqual(['tenant', 'SAMLRequest', 'RelayState']);
});

test.each(['', 'https://evil.example/', 'a b', 'x'.repeat(81)])(
  'SEC-32: RelayState is opaque and short, never %o',
  async (relayState) => {
    const refusal = authnRequestUrl(connection, { ...request, relayState }, now);
    await expect(refusal).rejects.toMatchObject({ code: 'invalid_configuration' });
  },
);

test('a request id is an NCName that comes once', () => {
  const ids = new Set(Array.from({ length: 100 }, newRequestId));
  expect(ids.size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^_[0-9a-f]{40}$/);
});

test('our metadata names keys and ACS, never the private key, and is the same each time', () => {
  const xml = spMetadata(connection);
  expect(xml).toContain(`entityID="${base}/metadata"`);
  expect(xml).toContain(`Location="${base}/acs"`);
  expect(xml).toContain('ID="_metadata"');
  expect(xml).toContain('AuthnRequestsSigned="true" WantAssertionsSigned="true"');
  expect(xml).toMatch(/KeyDescriptor use="signing"[\s\S]*KeyDescriptor use="encryption"/);
  expect(xml).not.toContain('PRIVATE');
  expect(xml).not.toContain(connection.keyPair.privateKey.split('\n')[1]);
  expect(spMetadata(connection)).toBe(xml);
  expect(spMetadata(configured({ signRequests: false }))).toContain('AuthnRequestsSigned="false"');
  expect(xml).toContain('<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>');
  const byAttribute = spMetadata(configured({ subject: { source: 'attribute', name: 'uid' } }));
  expect(byAttribute).not.toContain('NameIDFormat');
});

test('a new key pair is RSA 3072 with a certificate of its own for ten years', async () => {
  const { privateKey, certificate } = await newSpKeyPair('login.example.com', now);
  const x509 = new X509Certificate(certificate);
  expect(x509.subject).toBe('CN=login.example.com');
  expect(x509.verify(x509.publicKey)).toBe(true);
  expect(x509.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
  expect(createPublicKey(certificate).asymmetricKeyDetails?.modulusLength).toBe(3072);
  expect(new Date(x509.validTo)).toEqual(new Date('2036-03-01T12:00:00.000Z'));
});

test('certificates are warned of 30 days before they are over', () => {
  const notAfter = new Date(new X509Certificate(connection.keyPair.certificate).validTo);
  const notBefore = new Date(new X509Certificate(connection.keyPair.certificate).validFrom);
  const day = 24 * 60 * 60_000;
  const kindsAt = (time: number) => certificateWarnings(connection.config, new Date(time)).map(({ kind }) => kind);
  expect(kindsAt(notAfter.getTime() - 31 * day)).toEqual([]);
  expect(kindsAt(notAfter.getTime() - 30 * day)).toEqual(['expires_soon']);
  expect(kindsAt(notAfter.getTime())).toEqual(['expired']);
  expect(kindsAt(notBefore.getTime() - 1)).toEqual(['not_yet_valid']);
  expect(kindsAt(notBefore.getTime())).toEqual([]);
  const wordsAt = (time: number) => certificateWarnings(connection.config, new Date(time)).map(({ words }) => words)[0];
  const [begins, ends] = [notBefore, notAfter].map((date) => date.toISOString().slice(0, 10));
  expect(wordsAt(notBefore.getTime() - 1)).toContain(`valid only from ${begins}.`);
  expect(wordsAt(notAfter.getTime())).toContain(`expired on ${ends}:`);
  expect(wordsAt(notAfter.getTime() - day)).toContain(`expires on ${ends}:`);
});

test('the schema takes what metadata gives and nothing beside it', () => {
  expect(readConfig('saml', connection.config)).toEqual({ kind: 'saml', config: connection.config });
  for (const wrong of [
    { ...connection.config, certificates: [] },
    { ...connection.config, ssoUrl: 'javascript:alert(1)' },
    { ...connection.config, subject: { source: 'name_id', format: 'transient' } },
    { ...connection.config, subject: { source: 'attribute' } },
    { ...connection.config, privateKey: 'x' },
  ]) {
    expect(() => readConfig('saml', wrong)).toThrow(Problem);
  }
});

/** A certificate with a P-256 key. */
const ec = `-----BEGIN CERTIFICATE-----
MIIBejCCASGgAwIBAgIUB271utw3FZcoqxVjhHdGGJf5zfMwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHZWMudGVzdDAgFw0yNjExMjQxNTExMTZaGA8yMTI2MTAzMTE1
MTExNlowEjEQMA4GA1UEAwwHZWMudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABMKxCaEgf6cutBS85DIe+jsPSxteQOp3W2r1UtqFgNGFVNMIyV4qTQzZxSy4
Z5THmbkVMyQjd4vhWjXCATNsG2ijUzBRMB0GA1UdDgQWBBQ7PKeS/aRS2QZq1dAW
jorCoKirbTAfBgNVHSMEGDAWgBQ7PKeS/aRS2QZq1dAWjorCoKirbTAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIAXNDAW1rQgMhnBowELuUAG/tDJ6
1UcGxRpdEJ4UagwfAiBkhqg+CnPZmyqOAs/l27xpSNZrbQM9aQ9sDx43Rxt+FA==
-----END CERTIFICATE-----`;

/** A certificate with an RSA key of 1024 bits. */
const short = `-----BEGIN CERTIFICATE-----
MIICCDCCAXGgAwIBAgIUSLaEWyS7vsMc1CeSS1kptYKxWQ4wDQYJKoZIhvcNAQEL
BQAwFTETMBEGA1UEAwwKc2hvcnQudGVzdDAgFw0yNjExMjkxNzM2MzNaGA8yMTI2
MTEwNTE3MzYzM1owFTETMBEGA1UEAwwKc2hvcnQudGVzdDCBnzANBgkqhkiG9w0B
AQEFAAOBjQAwgYkCgYEAuZZ/OmDARQ6XbFyOAAEzefL+sh3i/lsmrQ/mG4M0OFHg
OPwV0S6A4zWb0oWdMclNkeOWow98wZxKriWAvO8FyxyO7jJ6RhrkJqzVhn90iSXG
Jatz9z0lE3lfQxkv45A+8Mcb1W+qkhhKQGZxtlTvlHG0T/L0IbPcuGahKQXNU1cC
AwEAAaNTMFEwHQYDVR0OBBYEFBsdJ7A9ElswQW36G9kRB9J5SMkkMB8GA1UdIwQY
MBaAFBsdJ7A9ElswQW36G9kRB9J5SMkkMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZI
hvcNAQELBQADgYEAji1qesQew+I8nhcyWHDSeRf8vmH9Z0KxyOy9FDKxJUTmY8iD
kLgUcqmd/aDdXJC6OWJ8ox7acVaWFThXwCxRCAhMgUtpdNQOJmAjZIPA090Om27/
m1Cfmca3v1O4ZFxoaxrn5Iao8Ek+Ffiyj9MSsElxtXe2pZGsjWWsxPz0Dew=
-----END CERTIFICATE-----`;

test('what a schema cannot see is said with its pointer', () => {
  const faults = (config: Partial<SamlConfig>, options = {}) =>
    configFaults({ ...connection.config, ...config }, options).map(({ pointer }) => pointer);
  expect(faults({})).toEqual([]);
  expect(faults({ ssoUrl: 'http://idp.example/sso' })).toEqual(['/ssoUrl']);
  expect(faults({ ssoUrl: 'https://user@idp.example/sso' })).toEqual(['/ssoUrl']);
  expect(faults({ ssoUrl: 'https://idp.example/sso?SAMLRequest=x' })).toEqual(['/ssoUrl']);
  expect(faults({ ssoUrl: 'http://127.0.0.1:80/sso' })).toEqual(['/ssoUrl']);
  expect(faults({ ssoUrl: 'http://127.0.0.1:80/sso' }, { allowLoopback: true })).toEqual([]);
  expect(faults({ ssoUrl: 'http://localhost/sso' }, { allowLoopback: true })).toEqual([]);
  expect(faults({ ssoUrl: 'http://[::1]/sso' }, { allowLoopback: true })).toEqual([]);
  expect(faults({ ssoUrl: 'http://idp.example/sso' }, { allowLoopback: true })).toEqual(['/ssoUrl']);
  expect(faults({ ssoUrl: 'nonsense' })).toEqual(['/ssoUrl']);
  expect(faults({ certificates: [connection.keyPair.certificate, 'nonsense', ec] })).toEqual([
    '/certificates/1',
    '/certificates/2',
  ]);
});

test('of a certificate that cannot be used it is said why', () => {
  const certificates = [ec, short, 'nonsense'];
  const faults = configFaults({ ...connection.config, certificates });
  expect(faults.map(({ message }) => message)).toEqual([
    'The key of this certificate is not RSA.',
    'The RSA key of this certificate is under 2048 bits.',
    'This is no X.509 certificate in PEM.',
  ]);
});
