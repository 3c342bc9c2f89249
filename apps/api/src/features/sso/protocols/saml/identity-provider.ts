import { X509Certificate } from 'node:crypto';
import { certificateValidity, type Fault } from '@sallyport/core';
import type { Element } from '@xmldom/xmldom';
import type { SamlConfig } from '../schemas.ts';
import { quoted, SamlFault } from './fault.ts';
import { attributeOf, children, descendants, isNamed, namespaces, parseXml } from './xml.ts';

const maxBytes = 1024 * 1024;
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

interface ImportedCertificate {
  pem: string;
  /** SHA-256 of the DER, upper-case hex pairs with colons: what the admin compares. */
  fingerprint: string;
  /** Of a certificate that names nobody, its serial number. */
  subject: string;
  notBefore: Date;
  notAfter: Date;
}

/** A provider's metadata, for the admin to confirm. */
interface ImportedIdpMetadata {
  entityId: string;
  /** HTTP-Redirect binding. */
  ssoUrl: string;
  /** For signing, in the order of the document, each once. */
  certificates: ImportedCertificate[];
  /** URIs, as they are named. */
  nameIdFormats: string[];
  wantAuthnRequestsSigned: boolean;
}

const invalid = (words: string, cause?: unknown) => new SamlFault('invalid_metadata', words, { cause });

/**
 * Reads a provider's metadata (SAML Metadata 2.4.3): no DTD, exactly one IDPSSODescriptor, at most 1 MiB. The document is
 * not trusted for being signed: the admin confirms the fingerprints.
 *
 * @throws SamlFault `invalid_metadata`
 */
export function importIdpMetadata(xml: string): ImportedIdpMetadata {
  if (Buffer.byteLength(xml) > maxBytes) throw invalid('The metadata is over 1 MiB.');
  const all = descendants(parsed(xml));
  const [provider, ...more] = all.filter((element) => isNamed(element, 'metadata', 'IDPSSODescriptor'));
  if (provider === undefined || more.length > 0) {
    throw invalid(
      `The metadata has ${more.length === 0 ? 'no' : 'more than one'} IDPSSODescriptor: import that of one provider.`,
    );
  }
  if (!(provider.getAttribute('protocolSupportEnumeration') ?? '').split(/\s+/).includes(namespaces.protocol)) {
    throw invalid('The provider does not speak SAML 2.0.');
  }
  return {
    entityId: entityIdOf(provider),
    ssoUrl: ssoUrlOf(provider),
    certificates: certificatesOf(provider),
    nameIdFormats: children(provider, 'metadata', 'NameIDFormat').map((format) => (format.textContent ?? '').trim()),
    wantAuthnRequestsSigned: /^(true|1)$/.test(provider.getAttribute('WantAuthnRequestsSigned') ?? ''),
  };
}

function parsed(xml: string): Element {
  try {
    return parseXml(xml.replace(/^\uFEFF/, ''), { comments: true });
  } catch (cause) {
    throw invalid(cause instanceof SamlFault ? cause.message : 'This is no XML.', cause);
  }
}

function entityIdOf(provider: Element): string {
  const entity = provider.parentElement;
  const entityId =
    entity !== null && isNamed(entity, 'metadata', 'EntityDescriptor') ? attributeOf(entity, 'entityID') : null;
  if (entityId === null || !/^\S{1,1024}$/.test(entityId)) {
    throw invalid(`The entityID is ${quoted(entityId)}; a URI of at most 1024 characters is expected.`);
  }
  return entityId;
}

function ssoUrlOf(provider: Element): string {
  const services = children(provider, 'metadata', 'SingleSignOnService');
  const service = services.find((each) => each.getAttribute('Binding') === redirectBinding);
  const location = service?.getAttribute('Location') ?? '';
  if (!URL.canParse(location)) throw invalid('The provider names no SingleSignOnService with HTTP-Redirect.');
  return location;
}

/** A KeyDescriptor without `use` is for both. */
function certificatesOf(provider: Element): ImportedCertificate[] {
  const signing = children(provider, 'metadata', 'KeyDescriptor').filter(
    (descriptor) => (attributeOf(descriptor, 'use') ?? 'signing') === 'signing',
  );
  const elements = signing.flatMap(descendants).filter((element) => isNamed(element, 'signature', 'X509Certificate'));
  const certificates = new Map<string, ImportedCertificate>();
  for (const element of elements) {
    const certificate = certificateIn(element);
    certificates.set(certificate.fingerprint, certificate);
  }
  if (certificates.size === 0) throw invalid('The provider names no certificate that it signs with.');
  if (certificates.size > 10) throw invalid('The provider names more than 10 certificates.');
  return [...certificates.values()];
}

function certificateIn(element: Element): ImportedCertificate {
  try {
    return describeCertificate((element.textContent ?? '').replaceAll(/\s+/g, ''));
  } catch (cause) {
    throw invalid('A certificate of the provider cannot be read.', cause);
  }
}

/**
 * @param text PEM, or the base64 of the DER as metadata has it
 * @throws SamlFault `invalid_configuration`
 */
export function readCertificate(text: string): X509Certificate {
  const pem = text.includes('-----') ? text : `-----BEGIN CERTIFICATE-----\n${text.trim()}\n-----END CERTIFICATE-----`;
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new SamlFault('invalid_configuration', 'This is no X.509 certificate in PEM.', { cause });
  }
}

/** Node has none where the certificate names nobody, though its types do not say so (RFC 5280 section 4.1.2.6). */
const subjectOf = ({ subject, serialNumber }: { subject?: string; serialNumber: string }): string =>
  subject?.replaceAll('\n', ', ') ?? `serial number ${serialNumber}`;

/** What an admin compares with what the provider shows. As {@link readCertificate}. */
export function describeCertificate(text: string): ImportedCertificate {
  const certificate = readCertificate(text);
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
    subject: subjectOf(certificate),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

/** The verifying library knows RSA alone; below 2048 bits a key is no secret for long (NIST SP 800-131A). */
function certificateFault(certificate: X509Certificate): string | null {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa') return 'The key of this certificate is not RSA.';
  return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048
    ? 'The RSA key of this certificate is under 2048 bits.'
    : null;
}

/**
 * The provider's certificates an admin should look at, with a sentence for each. A certificate that is over still
 * verifies: SAML trusts the key that the admin confirmed, and many providers keep an old self-signed one.
 */
export function certificateWarnings({ certificates }: SamlConfig, now: Date) {
  return certificates.map(describeCertificate).flatMap(({ subject, notBefore, notAfter }) => {
    const kind = certificateValidity({ notBefore, notAfter }, now);
    if (kind === 'valid') return [];
    const [from, until] = [notBefore, notAfter].map((date) => date.toISOString().slice(0, 10));
    const words = {
      not_yet_valid: `is valid only from ${from}.`,
      expired: `expired on ${until}: import the provider's new one.`,
      expires_soon: `expires on ${until}: add the provider's next one before.`,
    };
    return [{ kind, words: `The certificate ${subject} ${words[kind]}` }];
  });
}

/** What is wrong with a configuration that fits the schema. `allowLoopback`: http://127.0.0.1 too, for tests only. */
export function configFaults(config: SamlConfig, { allowLoopback = false } = {}): Fault[] {
  const certificates = config.certificates.map((text, index) => ({
    pointer: `/certificates/${index}`,
    message: certificateMessage(text),
  }));
  const faults = [{ pointer: '/ssoUrl', message: ssoUrlMessage(config.ssoUrl, allowLoopback) }, ...certificates];
  return faults.flatMap(({ pointer, message }) => (message === null ? [] : [{ pointer, message }]));
}

function certificateMessage(text: string): string | null {
  try {
    return certificateFault(readCertificate(text));
  } catch (error) {
    if (error instanceof SamlFault) return error.message;
    throw error;
  }
}

function ssoUrlMessage(text: string, allowLoopback: boolean): string | null {
  if (!URL.canParse(text)) return 'This is no address.';
  const { protocol, hostname, username, searchParams } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol !== 'https:' && !(allowLoopback && isLoopback)) return 'The address has to begin with https://.';
  if (username !== '') return 'The address must not hold a user name.';
  const ours = ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature'];
  return ours.some((name) => searchParams.has(name)) ? 'The address must not hold a SAML request of its own.' : null;
}
