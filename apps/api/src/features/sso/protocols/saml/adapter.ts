import type { Profile } from '@node-saml/node-saml';
import { type Element, XMLSerializer } from '@xmldom/xmldom';
import { decrypt } from 'xml-encryption';
import { readAssertion } from './assertion.ts';
import { checkEnvelope, openEnvelope } from './envelope.ts';
import { certificateWarnings, configFaults, importIdpMetadata } from './identity-provider.ts';
import {
  authnRequestUrl,
  newRequestId,
  newSpKeyPair,
  nodeSaml,
  serviceProvider,
  spMetadata,
} from './service-provider.ts';
import { checkSignatures } from './signatures.ts';
import {
  type ExpectedResponse,
  quoted,
  type SamlConnection,
  SamlFault,
  type SamlFaultCode,
  type VerifiedSamlAssertion,
} from './types.ts';
import { descendants, isNamed, parseXml } from './xml.ts';

/**
 * SAML 2.0, web browser SSO profile, as a service provider: no database, no HTTP, no clock of its own. Requests go by
 * HTTP-Redirect, answers come by HTTP-POST.
 */
export const samlAdapter = {
  serviceProvider,
  newRequestId,
  authnRequestUrl,
  verifyResponse,
  spMetadata,
  importIdpMetadata,
  configFaults,
  certificateWarnings,
  newSpKeyPair,
};

/**
 * What the provider signed, checked whole (SEC-32): before, by and after the library, and only what it verified is read.
 * The caller then, in one transaction, spends the pending request and writes the assertion id into its replay table. A
 * refused response spends nothing: anybody can post junk.
 *
 * @param samlResponse the form's one field `SAMLResponse`, base64; anything else than one string is refused
 * @throws SamlFault with the cause, for the log and the admin
 */
async function verifyResponse(
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

/** By what is encrypted; PKCS #1 v1.5 is left out (Bleichenbacher), and so is Triple DES. */
const methods: Readonly<Record<string, readonly string[]>> = {
  EncryptedData: [
    'http://www.w3.org/2009/xmlenc11#aes128-gcm',
    'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
    'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  ],
  EncryptedKey: ['http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p'],
};

/**
 * The assertion inside of an EncryptedAssertion, for the checks that go before the verification; what was in there is
 * not trusted for being encrypted.
 *
 * @param privateKey PEM
 * @throws SamlFault `decryption_failed`, `weak_algorithm`, `unexpected_structure` or as parseXml
 */
async function decryptAssertion(encrypted: Element, privateKey: string): Promise<Element> {
  const all = descendants(encrypted);
  for (const [parent, count] of [
    ['EncryptedData', 1],
    ['EncryptedKey', 1],
    ['CipherValue', 2],
    ['EncryptionMethod', 2],
  ] as const) {
    if (all.filter(({ localName }) => localName === parent).length === count) continue;
    throw new SamlFault('unexpected_structure', 'The encrypted assertion has to hold one key and one text.');
  }
  for (const method of all.filter(({ localName }) => localName === 'EncryptionMethod')) {
    const algorithm = method.getAttribute('Algorithm') ?? '';
    if (methods[method.parentNode?.localName ?? '']?.includes(algorithm)) continue;
    const words = `The encryption ${quoted(algorithm)} is not accepted: AES (GCM or CBC) with RSA-OAEP is.`;
    throw new SamlFault('weak_algorithm', words);
  }
  const assertion = parseXml(await decrypted(new XMLSerializer().serializeToString(encrypted), privateKey));
  if (!isNamed(assertion, 'assertion', 'Assertion')) {
    throw new SamlFault('unexpected_structure', 'What is encrypted is no assertion.');
  }
  return assertion;
}

const decrypted = (xml: string, privateKey: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const words = 'The assertion cannot be decrypted: does the provider have the certificate of our metadata?';
    decrypt(xml, { key: privateKey, disallowDecryptionWithInsecureAlgorithm: true }, (cause, text) =>
      cause === null ? resolve(text) : reject(new SamlFault('decryption_failed', words, { cause })),
    );
  });
