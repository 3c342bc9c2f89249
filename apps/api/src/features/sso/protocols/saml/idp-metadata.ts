import type { Element } from '@xmldom/xmldom';
import { describeCertificate, readCertificate } from './certificates.ts';
import { quoted, SamlFault } from './fault.ts';
import type { ImportedCertificate, ImportedIdpMetadata } from './types.ts';
import { attributeOf, children, descendants, isNamed, namespaces, parseXml } from './xml.ts';

const maxBytes = 1024 * 1024;
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

const invalid = (words: string, cause?: unknown) => new SamlFault('invalid_metadata', words, { cause });

/** See `SamlAdapter.importIdpMetadata` (SAML Metadata 2.4.3). */
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
    const certificate = describeCertificate(certificateIn(element));
    certificates.set(certificate.fingerprint, certificate);
  }
  if (certificates.size === 0) throw invalid('The provider names no certificate that it signs with.');
  if (certificates.size > 10) throw invalid('The provider names more than 10 certificates.');
  return [...certificates.values()];
}

function certificateIn(element: Element) {
  try {
    return readCertificate((element.textContent ?? '').replaceAll(/\s+/g, ''));
  } catch (cause) {
    throw invalid('A certificate of the provider cannot be read.', cause);
  }
}
