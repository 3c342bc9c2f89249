import type { Profile } from '@node-saml/node-saml';
import { emailDomain, isEmailAddress, normalizeEmail } from '@sallyport/core';
import { type Element, XMLSerializer } from '@xmldom/xmldom';
import { decrypt } from 'xml-encryption';
import { SsoFault, saysMultiFactor, type VerifiedIdentity } from '../identity.ts';
import type { SamlConfig } from '../schemas.ts';
import { readAssertion, type VerifiedSamlAssertion } from './assertion.ts';
import { checkEnvelope, openEnvelope } from './envelope.ts';
import { quoted, SamlFault, type SamlFaultCode } from './fault.ts';
import { nodeSaml, type SamlConnection } from './service-provider.ts';
import { checkSignatures } from './signatures.ts';
import { descendants, isNamed, parseXml } from './xml.ts';

/**
 * What the provider signed, checked whole (SEC-32): before, by and after the library, and only what it verified is read.
 * The caller then, in one transaction, spends the pending request and writes the assertion id into its replay table. A
 * refused response spends nothing: anybody can post junk.
 *
 * @param samlResponse the form's one field `SAMLResponse`, base64; anything else than one string is refused
 * @param expectedRequestId of the pending request, or null for a sign-in that began at the provider
 * @throws SamlFault with the cause, for the log and the admin
 */
export async function verifyResponse(
  connection: SamlConnection,
  samlResponse: unknown,
  { expectedRequestId }: { expectedRequestId: string | null },
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

/** Where Entra says in SAML what `amr` says in OIDC. */
const METHODS_ATTRIBUTE = 'http://schemas.microsoft.com/claims/authnmethodsreferences';

/**
 * What a signed assertion says, in the words that every protocol shares.
 *
 * @throws SsoFault for an e-mail NameID outside of the verified domains, and for a session that is over
 */
export function samlIdentity(
  config: SamlConfig,
  assertion: VerifiedSamlAssertion,
  verifiedDomains: readonly string[],
  now: Date,
): VerifiedIdentity {
  const { issuer, sessionNotOnOrAfter, authnContextClassRef } = assertion;
  const received = [
    { name: 'Issuer', values: [issuer] },
    { name: 'Subject', values: [assertion.subject] },
    ...(authnContextClassRef === undefined ? [] : [{ name: 'AuthnContextClassRef', values: [authnContextClassRef] }]),
    ...assertion.attributes.slice(0, 50).map(({ name, values }) => ({
      name: name.slice(0, 200),
      values: values.slice(0, 20).map((value) => value.slice(0, 500)),
    })),
  ];
  const byAddress = config.subject.source === 'name_id' && config.subject.format === 'email_address';
  if (byAddress) assertVerified(verifiedDomains, assertion.subject, received);
  if (sessionNotOnOrAfter && sessionNotOnOrAfter <= now)
    throw new SsoFault('sso_expired', 'The session at the provider is over (SessionNotOnOrAfter).', { received });

  const methods = assertion.attributes.find(({ name }) => name === METHODS_ATTRIBUTE)?.values;
  const address = assertion.email ?? (byAddress ? assertion.subject : undefined);
  const email = address !== undefined && isEmailAddress(address) ? normalizeEmail(address) : null;
  return {
    issuer,
    subject: byAddress ? normalizeEmail(assertion.subject) : assertion.subject,
    tenantId: null,
    email,
    // The provider that the organisation itself chose signed it; the verified domains bound what it may speak for.
    mayMatchAddress: email !== null,
    name: assertion.name ?? null,
    multiFactor: saysMultiFactor(methods, authnContextClassRef),
    federation: {
      ...(methods ? { amr: [...methods].slice(0, 20) } : {}),
      ...(authnContextClassRef === undefined ? {} : { acr: authnContextClassRef }),
      ...(sessionNotOnOrAfter ? { sessionNotOnOrAfter: sessionNotOnOrAfter.toISOString() } : {}),
    },
    authenticatedAtMs: assertion.authnInstant.getTime(),
    received,
  };
}

/** An address that can be given to somebody else identifies only where the organisation controls who has it. */
function assertVerified(
  verifiedDomains: readonly string[],
  subject: string,
  received: VerifiedIdentity['received'],
): void {
  const domain = emailDomain(subject);
  if (verifiedDomains.includes(domain)) return;
  throw new SsoFault('sso_failed', `The NameID is an address outside of the verified domains (${domain}).`, {
    received,
  });
}
