import { type Element, XMLSerializer } from '@xmldom/xmldom';
import { decrypt } from 'xml-encryption';
import { quoted, SamlFault } from './fault.ts';
import { descendants, isNamed, parseXml } from './xml.ts';

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
export async function decryptAssertion(encrypted: Element, privateKey: string): Promise<Element> {
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
