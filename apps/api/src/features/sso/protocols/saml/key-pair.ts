// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import type { SpKeyPair } from './types.ts';

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
