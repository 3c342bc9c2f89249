// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { BasicConstraintsExtension, X509Certificate as ParsedCertificate } from '@peculiar/x509';
import type { PasskeyModels } from '@sallyport/core';
import {
  convertAAGUIDToString,
  decodeAttestationObject,
  isoBase64URL,
  isoCBOR,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers';
import { ModelFault } from './faults.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Formats whose statement a certificate signs and that say a model (WebAuthn Level 3, sections 8.2 and 8.3). Of the others
 * `fido-u2f` says none, and for those of Android and Apple the library would ask hosts that certificates name for lists of
 * revocations: whoever makes the certificate would choose whom we call.
 */
const FORMATS: readonly string[] = ['packed', 'tpm'];
/** Far longer than any chain of a maker. */
const LONGEST_CHAIN = 8;

/** Keeps nothing of an attestation that nobody asked for, so that nothing of it is judged. @param object base64url */
export function withoutStatement(object: string): string {
  const authData = decodeAttestationObject(isoBase64URL.toBuffer(object)).get('authData');
  const entries: [string, unknown][] = [
    ['fmt', 'none'],
    ['attStmt', new Map()],
    ['authData', authData],
  ];
  return isoBase64URL.fromBuffer(isoCBOR.encode(new Map(entries) as Parameters<typeof isoCBOR.encode>[0]));
}

/**
 * Finds that an attestation says one of the models, by a certificate that ends at one of the roots (WebAuthn Level 3,
 * section 7.1, steps 22 to 24). That the certificate signed it is for the library to verify. Revocation is not asked for.
 *
 * @param object base64url
 * @throws ModelFault; Error where it cannot be read
 */
export function assertTaken(object: string, { models, roots }: PasskeyModels, now: Date): void {
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(object));
  const x5c: unknown = decoded.get('attStmt').get('x5c');
  const { aaguid } = parseAuthenticatorData(decoded.get('authData'));
  if (!FORMATS.includes(decoded.get('fmt')) || !isChain(x5c) || !aaguid) throw new ModelFault('untold');
  const model = convertAAGUIDToString(aaguid);
  if (!models.some((taken) => taken.aaguid === model)) throw new ModelFault('other_model');
  const anchors = roots.map((pem) => new X509Certificate(pem)).filter((root) => isValid(root, now));
  const chain = x5c.map((der) => new X509Certificate(der));
  if (!endsAt(anchors, chain, now)) throw new ModelFault('unvouched');
}

const isChain = (x5c: unknown): x5c is Bytes[] =>
  Array.isArray(x5c) &&
  x5c.length > 0 &&
  x5c.length <= LONGEST_CHAIN &&
  x5c.every((each) => each instanceof Uint8Array);

/**
 * Whether each certificate is issued by the next, up to one that is an anchor or is issued by one (RFC 5280, section 6.1,
 * without policies and revocation). An anchor is trusted as it is: makers publish leaves as anchors, too.
 */
function endsAt(anchors: readonly X509Certificate[], chain: readonly X509Certificate[], now: Date): boolean {
  for (const [depth, certificate] of chain.entries()) {
    if (!isValid(certificate, now)) return false;
    if (anchors.some((anchor) => anchor.raw.equals(certificate.raw) || isIssuedBy(certificate, anchor))) return true;
    const issuer = chain[depth + 1];
    if (issuer && (!mayIssue(issuer, depth) || !isIssuedBy(certificate, issuer))) return false;
  }
  return false;
}

const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isValid = ({ validFrom, validTo }: X509Certificate, now: Date): boolean =>
  new Date(validFrom) <= now && now < new Date(validTo);

/** @param below how many authorities stand between it and the leaf */
function mayIssue(authority: X509Certificate, below: number): boolean {
  const constraints = new ParsedCertificate(Uint8Array.from(authority.raw)).getExtension(BasicConstraintsExtension);
  return authority.ca && below <= (constraints?.pathLength ?? below);
}
