import type { Profile } from '@node-saml/node-saml';
import { readAssertion } from './assertion.ts';
import { decryptAssertion } from './encryption.ts';
import { checkEnvelope, openEnvelope } from './envelope.ts';
import { quoted, SamlFault, type SamlFaultCode } from './fault.ts';
import { nodeSaml } from './node-saml.ts';
import { checkSignatures } from './signatures.ts';
import type { ExpectedResponse, SamlConnection, VerifiedSamlAssertion } from './types.ts';
import { descendants, parseXml } from './xml.ts';

/** See `SamlAdapter.verifyResponse`. Before, by and after the library; only what it verified is read. */
export async function verifyResponse(
  connection: SamlConnection,
  samlResponse: unknown,
  { expectedRequestId }: ExpectedResponse,
  now: Date,
): Promise<VerifiedSamlAssertion> {
  const envelope = openEnvelope(samlResponse);
  const { response, assertion } = envelope;
  const signedOutside = checkSignatures(response, [response, assertion]);
  const isResponseSigned = signedOutside.includes(response);
  checkEnvelope(envelope, connection, expectedRequestId, isResponseSigned);

  let isAssertionSigned = signedOutside.includes(assertion);
  let assertionId = assertion.getAttribute('ID');
  if (assertion.localName === 'EncryptedAssertion') {
    const inside = await decryptAssertion(assertion, connection.keyPair.privateKey);
    isAssertionSigned = checkSignatures(inside, [inside]).length > 0;
    assertionId = inside.getAttribute('ID');
  }
  if (!isResponseSigned && !isAssertionSigned) {
    throw new SamlFault('unsigned', 'Neither the response nor the assertion is signed.');
  }

  const profile = await verifiedProfile(connection, envelope.xml, isResponseSigned, isAssertionSigned, now);
  const signed = parseXml(profile.getAssertionXml?.() ?? '');
  const assertions = descendants(signed).filter(({ localName }) => localName === 'Assertion');
  if (assertions.length !== 1 || signed.getAttribute('ID') !== assertionId) {
    throw new SamlFault('unexpected_structure', 'What is signed is not the assertion of the response.');
  }
  return readAssertion(signed, connection, expectedRequestId, now);
}

/** What the library says in its own words, in ours; the words are no part of its interface, so each may be missed. */
const libraryFaults: readonly [RegExp, SamlFaultCode, string][] = [
  [/audience/i, 'wrong_audience', 'The assertion is for another audience.'],
  [/not yet valid/i, 'not_yet_valid', "The assertion is not valid yet: is the provider's clock right?"],
  [/expired/i, 'expired', 'The assertion is over: the sign-in took too long, or a clock is wrong.'],
  [/signature/i, 'invalid_signature', 'The signature is by none of the certificates of this connection, or is broken.'],
];

async function verifiedProfile(
  connection: SamlConnection,
  xml: string,
  response: boolean,
  assertion: boolean,
  now: Date,
): Promise<Profile> {
  const saml = nodeSaml(connection, { signed: { response, assertion } }, now);
  const container = { SAMLResponse: Buffer.from(xml, 'utf8').toString('base64') };
  try {
    const { profile } = await saml.validatePostResponseAsync(container);
    if (profile !== null) return profile;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const known = libraryFaults.find(([words]) => words.test(message));
    const [, code, words] = known ?? [null, 'malformed_response' as const, 'The response cannot be read as SAML.'];
    const time = code === 'expired' || code === 'not_yet_valid' ? ` Here it is ${now.toISOString()}.` : '';
    throw new SamlFault(code, `${words}${time} (${quoted(message)})`, { cause });
  }
  throw new SamlFault('unexpected_structure', 'The response holds no sign-in.');
}
