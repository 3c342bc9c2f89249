// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';

/** RSA with a self-signed certificate, as SAML providers and services have it; both PEM. */
export interface TestKeyPair {
  /** PKCS #8. */
  readonly privateKey: string;
  readonly certificate: string;
}

const folder = join(import.meta.dirname, '../../../../../.cache/test-keys');

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A key pair for tests by its name, the same each time on one machine: making RSA keys takes seconds. */
export async function testKeyPair(name: string): Promise<TestKeyPair> {
  const file = join(folder, `${name}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestKeyPair;
  } catch {
    const keyPair = await newKeyPair(name);
    mkdirSync(folder, { recursive: true });
    // Others may be making it too; each writes it whole.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(keyPair), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    return JSON.parse(readFileSync(file, 'utf8')) as TestKeyPair;
  }
}

async function newKeyPair(name: string): Promise<TestKeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`${name}.test`] }],
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2120-01-01'),
    signingAlgorithm: algorithm,
    keys,
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    privateKey: PemConverter.encode(privateKey, PemConverter.PrivateKeyTag),
    certificate: certificate.toString('pem'),
  };
}
