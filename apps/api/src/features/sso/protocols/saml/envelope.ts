import type { Element } from '@xmldom/xmldom';
import { quoted, SamlFault } from './fault.ts';
import type { SamlConnection } from './service-provider.ts';
import { attributeOf, children, descendants, isNamed, onlyChild, parseXml, textOf } from './xml.ts';

const maxBytes = 256 * 1024;

/** The response before anything is verified: what it claims, and where its one assertion is. */
interface Envelope {
  /** The document, for the verification. */
  readonly xml: string;
  readonly response: Element;
  /** `Assertion` or `EncryptedAssertion`. */
  readonly assertion: Element;
}

/**
 * Decodes and parses the form field.
 *
 * @param field base64 of at most 256 KiB of UTF-8, line breaks allowed (RFC 2045)
 * @throws SamlFault `malformed_response`, `forbidden_xml` or `unexpected_structure`
 */
export function openEnvelope(field: unknown): Envelope {
  if (typeof field !== 'string') {
    throw new SamlFault('malformed_response', 'The form has to bring exactly one SAMLResponse.');
  }
  const xml = decode(field);
  const response = parseXml(xml);
  if (!isNamed(response, 'protocol', 'Response')) {
    throw new SamlFault('unexpected_structure', `A SAML Response is expected, not ${quoted(response.localName)}.`);
  }
  // Whatever its namespace: the verifying library finds them by local name.
  const all = descendants(response);
  const count = (name: RegExp) => all.filter(({ localName }) => name.test(localName ?? '')).length;
  const [assertion, ...more] = all.filter(({ localName }) => /^(Encrypted)?Assertion$/.test(localName ?? ''));
  checkStatus(response);
  if (assertion === undefined) throw new SamlFault('unexpected_structure', 'The response holds no assertion.');
  const inPlace = assertion.parentNode === response && isNamed(assertion, 'assertion', assertion.localName ?? '');
  if (more.length > 0 || !inPlace || count(/^Response$/) > 1) {
    throw new SamlFault('unexpected_structure', 'The response has to hold exactly one assertion, right inside of it.');
  }
  return { xml, response, assertion };
}

function decode(field: string): string {
  // Base64 is longer by a third, and a little more with line breaks.
  if (field.length > maxBytes * 1.4) throw new SamlFault('malformed_response', 'The response is over 256 KiB.');
  const base64 = field.replaceAll(/\r?\n/g, '');
  const bytes = Buffer.from(base64, 'base64');
  // Node ignores what is not base64; what it read has to be all there was.
  if (base64 === '' || bytes.toString('base64') !== base64) {
    throw new SamlFault('malformed_response', 'SAMLResponse is not base64.');
  }
  if (bytes.length > maxBytes) throw new SamlFault('malformed_response', 'The response is over 256 KiB.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SamlFault('malformed_response', 'The response is not UTF-8.', { cause });
  }
}

const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';
/** SAML Core 3.2.2.2. */
const statusCode =
  /^urn:oasis:names:tc:SAML:2\.0:status:(Requester|Responder|VersionMismatch|AuthnFailed|InvalidAttrNameOrValue|InvalidNameIDPolicy|NoAuthnContext|NoAvailableIDP|NoPassive|NoSupportedIDP|PartialLogout|ProxyCountExceeded|RequestDenied|RequestUnsupported|RequestVersionDeprecated|RequestVersionTooHigh|RequestVersionTooLow|ResourceNotRecognized|TooManyResponses|UnknownAttrProfile|UnknownPrincipal|UnsupportedBinding)$/;

function checkStatus(response: Element): void {
  const status = onlyChild(response, 'protocol', 'Status');
  const code = onlyChild(status, 'protocol', 'StatusCode');
  if (code.getAttribute('Value') === success) return;
  // It came through a browser and is not signed, so anybody may have written it: only registered codes are repeated.
  const said = [code, ...children(code, 'protocol', 'StatusCode')].map(
    (element) => element.getAttribute('Value') ?? '',
  );
  const registered = said.filter((value) => statusCode.test(value)).map((value) => value.split(':').at(-1));
  const words = registered.length > 0 ? registered.join(', ') : 'a status that is not registered';
  throw new SamlFault('provider_refused', `The provider did not sign the user in. It says ${words}.`);
}

/**
 * Checks the outer element, which often is not signed: it can only make a response worse.
 *
 * @param expectedRequestId null for a sign-in that began at the provider: then nothing may be answered
 * @param isSigned whether the response has a signature of its own; then Destination has to be there (Bindings 3.5.5.2)
 * @throws SamlFault with what is wrong
 * @see SAML Profiles 4.1.4.2 and 4.1.5
 */
export function checkEnvelope(
  { response }: Envelope,
  { config, serviceProvider }: SamlConnection,
  expectedRequestId: string | null,
  isSigned: boolean,
): void {
  if (response.getAttribute('Version') !== '2.0') {
    throw new SamlFault('unexpected_structure', 'The response is not of SAML 2.0.');
  }
  for (const issuer of children(response, 'assertion', 'Issuer')) checkIssuer('response', issuer, config.idpEntityId);
  const destination = attributeOf(response, 'Destination');
  if (destination === null ? isSigned : destination !== serviceProvider.acsUrl) {
    const words = `The response is meant for ${quoted(destination)}; the Destination has to be ${serviceProvider.acsUrl}.`;
    throw new SamlFault('wrong_destination', words);
  }
  if (expectedRequestId === null && config.allowUnsolicited !== true) {
    const words = 'Nobody asked for this response, and this connection takes no sign-in that begins at the provider.';
    throw new SamlFault('unsolicited', words);
  }
  checkInResponseTo('response', attributeOf(response, 'InResponseTo'), expectedRequestId);
}

/** @throws SamlFault `wrong_in_response_to` unless it names the pending request, or nothing where there is none */
export function checkInResponseTo(what: string, inResponseTo: string | null, expectedRequestId: string | null): void {
  if (inResponseTo === expectedRequestId) return;
  const expected =
    expectedRequestId === null ? 'a sign-in that begins at the provider answers none' : 'another is open';
  throw new SamlFault('wrong_in_response_to', `The ${what} answers request ${quoted(inResponseTo)}; ${expected}.`);
}

/** @throws SamlFault `wrong_issuer` unless the text is, to the character, the provider's entity id */
export function checkIssuer(what: string, issuer: Element, entityId: string): void {
  const text = textOf(issuer);
  if (text === entityId) return;
  throw new SamlFault('wrong_issuer', `The ${what} is by ${quoted(text)}; this connection trusts ${quoted(entityId)}.`);
}
