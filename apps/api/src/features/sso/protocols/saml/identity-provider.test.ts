// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import { testKeyPair } from '@sallyport/testkit/saml-provider';
import { beforeAll, expect, test, vi } from 'vitest';
import { importIdpMetadata, readCertificate } from './identity-provider.ts';
import type { SpKeyPair } from './service-provider.ts';

vi.setConfig({ testTimeout: 30_000 });

let first: SpKeyPair;
let second: SpKeyPair;
let many: { certificate: string }[];
beforeAll(async () => {
  [first, second] = await Promise.all([testKeyPair('provider-first'), testKeyPair('provider-second')]);
  many = await Promise.all(Array.from({ length: 11 }, smallCertificate));
}, 60_000);

async function smallCertificate() {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
  });
  return { certificate: certificate.toString('pem') };
}

const base64 = ({ certificate }: { certificate: string }) => certificate.replaceAll(/-----[A-Z ]+-----/g, '');
const key = (keyPair: { certificate: string }, use = 'use="signing"') =>
  `<KeyDescriptor ${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:KeyName>2026</ds:KeyName><ds:X509Data><ds:X509Certificate>
  ${base64(keyPair)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`;
const service =
  '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>';
const descriptor = (inside: string) =>
  `<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${inside}</IDPSSODescriptor>`;
const entity = (inside: string, entityId = 'https://idp.example/metadata') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">${inside}</EntityDescriptor>`;

test('metadata gives entity id, address, certificates for signing and NameID formats', () => {
  const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
  const inside = `<!-- made by hand -->${key(first)}${key(second, '')}${key(first)}${key(second, 'use="encryption"')}
    <NameIDFormat> ${persistent} </NameIDFormat>
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/post"/>${service}`;
  const imported = importIdpMetadata(`\uFEFF${entity(descriptor(inside))}`);
  expect(imported).toEqual({
    entityId: 'https://idp.example/metadata',
    ssoUrl: 'https://idp.example/sso',
    nameIdFormats: [persistent],
    wantAuthnRequestsSigned: false,
    certificates: [first, second].map(({ certificate }, index) => ({
      pem: readCertificate(certificate).toString(),
      fingerprint: readCertificate(certificate).fingerprint256,
      subject: `CN=provider-${['first', 'second'][index]}.test`,
      notBefore: expect.any(Date),
      notAfter: expect.any(Date),
    })),
  });
  expect(imported.certificates[0]?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
});

test('metadata of a federation with one provider among services is taken', () => {
  const sp =
    '<EntityDescriptor entityID="https://sp.example"><SPSSODescriptor protocolSupportEnumeration="x"/></EntityDescriptor>';
  const idp = entity(descriptor(key(first) + service)).replace(/<\?xml[^>]*\?>/, '');
  const all = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${sp}${idp}</EntitiesDescriptor>`;
  expect(importIdpMetadata(all).entityId).toBe('https://idp.example/metadata');
});

const refused: [string, () => string][] = [
  ['a DTD', () => entity(descriptor(key(first) + service)).replace('?>', '?><!DOCTYPE EntityDescriptor>')],
  ['entities', () => `<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>${entity('&a;')}`],
  ['a DTD behind a comment', () => `<!-- --><!DOCTYPE r>${entity(descriptor(key(first) + service))}`],
  ['two providers', () => entity(descriptor(key(first) + service) + descriptor(key(second) + service))],
  ['no provider', () => entity('')],
  [
    'a provider of SAML 1.1 alone',
    () => entity(descriptor(key(first) + service).replace(/SAML:2.0:protocol/, 'SAML:1.1:protocol')),
  ],
  [
    'a provider whose parent is no entity',
    () => entity(descriptor(key(first) + service)).replaceAll('EntityDescriptor', 'Entity'),
  ],
  ['no address for redirects', () => entity(descriptor(key(first)))],
  ['an address that is none', () => entity(descriptor(key(first) + service.replace('https://idp.example/sso', 'sso')))],
  ['no certificate', () => entity(descriptor(service))],
  ['a certificate for encryption alone', () => entity(descriptor(key(first, 'use="encryption"') + service))],
  ['a certificate that is none', () => entity(descriptor(key(first).replace('MII', 'AAA') + service))],
  ['an empty entity id', () => entity(descriptor(key(first) + service), '')],
  ['an entity id that is too long', () => entity(descriptor(key(first) + service), `https://${'a'.repeat(1_025)}`)],
  ['more than ten certificates', () => entity(descriptor(many.map((each) => key(each)).join('') + service))],
  ['more than 1 MiB', () => entity(`${descriptor(key(first) + service)}${' '.repeat(1024 * 1024)}`)],
  ['a comment that does not end', () => entity(`${descriptor(key(first) + service)}${'<!--'.repeat(200_000)}`)],
  ['more elements than any provider has', () => entity(descriptor(key(first) + service + '<a/>'.repeat(100_000)))],
  ['HTML', () => '<!doctype html><title>Sign in</title>'],
  ['JSON', () => '{}'],
  ['nothing', () => ''],
];

test.each(refused)('SEC-32: metadata with %s is refused', (_, metadata) => {
  expect(() => importIdpMetadata(metadata())).toThrow(
    expect.objectContaining({ name: 'SamlFault', code: 'invalid_metadata' }),
  );
});

test('it is said whether there is no provider or more than one', () => {
  const one = descriptor(key(first) + service);
  expect(() => importIdpMetadata(entity(''))).toThrow(/has no IDPSSODescriptor/);
  expect(() => importIdpMetadata(entity(one + one))).toThrow(/has more than one IDPSSODescriptor/);
});

test('ten certificates are taken; one that names nobody is called by its serial number', () => {
  const keys = many.slice(1).map((each) => key(each));
  const { certificates } = importIdpMetadata(entity(descriptor(keys.join('') + service)));
  expect(certificates).toHaveLength(10);
  for (const { subject, pem } of certificates)
    expect(subject).toBe(`serial number ${new X509Certificate(pem).serialNumber}`);
});

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
  ['untrue', false],
  ['true story', false],
])('whether requests are to be signed: %s', (text, wanted) => {
  const provider = descriptor(key(first) + service).replace(' protocol', ` WantAuthnRequestsSigned="${text}" protocol`);
  expect(importIdpMetadata(entity(provider)).wantAuthnRequestsSigned).toBe(wanted);
});
