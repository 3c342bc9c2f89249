// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { generateServiceProviderMetadata } from '@node-saml/node-saml';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { SamlFault } from './fault.ts';
import { nodeSaml } from './node-saml.ts';
import { nameIdFormats } from './subject.ts';
import type { AuthnRequest, SamlConnection, SpKeyPair } from './types.ts';

/** See `SamlAdapter.newRequestId`. An NCName may not begin with a digit. */
export const newRequestId = (): string => `_${randomBytes(20).toString('hex')}`;

/** See `SamlAdapter.authnRequestUrl`. */
export async function authnRequestUrl(
  connection: SamlConnection,
  { requestId, relayState }: AuthnRequest,
  now: Date,
): Promise<URL> {
  // Only what is encoded alike by everybody is signed alike.
  if (!/^[\w-]{1,80}$/.test(relayState)) {
    throw new SamlFault('invalid_configuration', 'RelayState has to be 1 to 80 characters of base64url.');
  }
  return new URL(await nodeSaml(connection, { requestId }, now).getAuthorizeUrlAsync(relayState, undefined, {}));
}

/** See `SamlAdapter.spMetadata`. The same text each time, so that it can be compared and cached. */
export function spMetadata({ config, serviceProvider, keyPair }: SamlConnection): string {
  const { subject } = config;
  return generateServiceProviderMetadata({
    issuer: serviceProvider.entityId,
    callbackUrl: serviceProvider.acsUrl,
    identifierFormat: subject.source === 'name_id' ? nameIdFormats[subject.format] : null,
    wantAssertionsSigned: true,
    decryptionPvk: keyPair.privateKey,
    decryptionCert: keyPair.certificate,
    ...(config.signRequests === false ? {} : { privateKey: keyPair.privateKey, publicCerts: keyPair.certificate }),
    generateUniqueId: () => '_metadata',
  });
}

/** RSA-PKCS1-v1.5 with SHA-256 is what every provider can check; 3072 bits are 128 of strength (NIST SP 800-57). */
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};

const years = 10;

/** See `SamlAdapter.newSpKeyPair`. Takes a second or more, off the event loop. */
export async function newSpKeyPair(commonName: string, now: Date): Promise<SpKeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Positive, as RFC 5280 4.1.2.2 wants it.
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    name: [{ CN: [commonName] }],
    notBefore: now,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    privateKey: PemConverter.encode(pkcs8, PemConverter.PrivateKeyTag),
    certificate: certificate.toString('pem'),
  };
}
