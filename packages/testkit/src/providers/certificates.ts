// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

export interface ThrowAwayCertificates {
  /** PEM of the authority, for NODE_EXTRA_CA_CERTS and the trust of a browser. */
  ca: string;
  /** PEM, for the server. */
  certificate: string;
  privateKey: string;
}

/** A certificate for these hosts under an authority that exists for a day. */
export async function throwAwayCertificates(hosts: readonly string[]): Promise<ThrowAwayCertificates> {
  const authorityKeys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const serverKeys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) };
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Throw-away authority for tests',
    keys: authorityKeys,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
    ...validity,
  });
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${hosts[0]}`,
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))],
    ...validity,
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey);
  return {
    ca: authority.toString('pem'),
    certificate: certificate.toString('pem'),
    privateKey: PemConverter.encode(privateKey, PemConverter.PrivateKeyTag),
  };
}
