import { expect, test } from 'vitest';
import type { SamlFaultCode } from './fault.ts';
import { checkSignatures } from './signatures.ts';
import { descendants, parseXml } from './xml.ts';

/* Where a signature may stand and what it may hold; whether it is right is for the verification to say. */

const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

const transform = (algorithm: string) => `<Transform Algorithm="${algorithm}"/>`;
const reference = (uri: string, transforms = transform(ENVELOPED) + transform(EXCLUSIVE), digest = SHA256) =>
  `<Reference URI="${uri}"><Transforms>${transforms}</Transforms><DigestMethod Algorithm="${digest}"/></Reference>`;
const signature = (inside = reference('#_a'), method = RSA_SHA256, more = '<KeyInfo/>') =>
  `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><SignatureMethod Algorithm="${method}"/>${inside}</SignedInfo>
  <SignatureValue>x</SignatureValue>${more}</Signature>`;

/** The names of the elements that have a signature, of those that may: the response and the assertions right in it. */
function signedIn(assertion: string, { outside = '', id = 'ID="_a"' } = {}): string[] {
  const root = parseXml(`<Response ID="_r">${outside}<Assertion ${id}>${assertion}</Assertion></Response>`);
  const [owner] = descendants(root).filter(({ localName }) => localName === 'Assertion');
  if (!owner) throw new Error('no assertion');
  return checkSignatures(root, [root, owner]).map(({ localName }) => String(localName));
}

test('those that have a signature are told', () => {
  expect(signedIn('')).toEqual([]);
  expect(signedIn(signature())).toEqual(['Assertion']);
  expect(signedIn('', { outside: signature(reference('#_r')) })).toEqual(['Response']);
  expect(signedIn(signature(), { outside: signature(reference('#_r')) })).toEqual(['Response', 'Assertion']);
});

test.each([
  ['RSA with SHA-512', signature(undefined, 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512')],
  ['RSA-PSS', signature(undefined, 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1')],
  ['a digest of SHA-512', signature(reference('#_a', undefined, 'http://www.w3.org/2001/04/xmlenc#sha512'))],
  ['canonicalization with comments', signature(reference('#_a', transform(`${EXCLUSIVE}WithComments`)))],
  ['no transforms', signature(reference('#_a', ''))],
  ['no key information', signature(undefined, undefined, '')],
])('a signature with %s is taken', (_, assertion) => expect(signedIn(assertion)).toEqual(['Assertion']));

const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const mask = (parents: readonly string[]) =>
  parents.reduceRight((inside, name) => `<${name}>${inside}</${name}>`, `<DigestMethod Algorithm="${SHA1}"/>`);

test('the mask of RSA-OAEP may be SHA-1, and nothing else that looks like it', () => {
  expect(signedIn(mask(['EncryptedKey', 'EncryptionMethod']) + signature())).toEqual(['Assertion']);
  for (const parents of [
    ['EncryptionMethod'],
    ['EncryptedData', 'EncryptionMethod'],
    ['EncryptedKey', 'Other'],
    ['EncryptedKey'],
    [],
  ]) {
    expect(() => signedIn(mask(parents) + signature())).toThrow(expect.objectContaining({ code: 'weak_algorithm' }));
  }
});

const refused: [string, SamlFaultCode, string, Parameters<typeof signedIn>[1]?][] = [
  ['of RSA with SHA-1', 'weak_algorithm', signature(undefined, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1')],
  ['of no method', 'weak_algorithm', signature().replace(`Algorithm="${RSA_SHA256}"`, '')],
  ['of a digest of SHA-1', 'weak_algorithm', signature(reference('#_a', undefined, SHA1))],
  ['of no digest', 'weak_algorithm', signature().replace(`Algorithm="${SHA256}"`, '')],
  ['further inside', 'unexpected_structure', `<Subject>${signature()}</Subject>`],
  ['twice', 'unexpected_structure', signature() + signature()],
  ['of another namespace', 'unexpected_structure', signature().replace('xmlns="http', 'xmlns="https')],
  ['without what is signed', 'unexpected_structure', signature(reference('#_a')).replaceAll(/<\/?SignedInfo>/g, '')],
  ['of nothing', 'unexpected_structure', signature('')],
  ['of two things', 'unexpected_structure', signature(reference('#_a') + reference('#_a'))],
  ['of the whole document', 'unexpected_structure', signature(reference(''))],
  ['of the other element', 'unexpected_structure', signature(reference('#_r'))],
  ['of what has no id', 'unexpected_structure', signature(reference('#')), { id: '' }],
  ['of an id without its sign', 'unexpected_structure', signature(reference('_a'))],
  ['with an object', 'unexpected_structure', signature(undefined, undefined, '<Object/>')],
  ['with two values', 'unexpected_structure', signature(undefined, undefined, '<SignatureValue/>')],
  ['without a value', 'unexpected_structure', signature().replace('<SignatureValue>x</SignatureValue>', '')],
  [
    'with a reference in its key',
    'unexpected_structure',
    signature(undefined, undefined, '<KeyInfo><Reference/></KeyInfo>'),
  ],
  [
    'with a signature in its key',
    'unexpected_structure',
    signature(undefined, undefined, '<KeyInfo><SignedInfo/></KeyInfo>'),
  ],
  ['with a transform that is foreign', 'unexpected_structure', signature(reference('#_a', transform('urn:xslt')))],
  ['with a transform of no algorithm', 'unexpected_structure', signature(reference('#_a', '<Transform/>'))],
];

test.each(refused)('SEC-32: a signature is refused %s', (_, code, assertion, more) => {
  expect(() => signedIn(assertion, more)).toThrow(expect.objectContaining({ name: 'SamlFault', code }));
});

test.each(['ID', 'Id', 'id'])('SEC-32: an id occurs once, however it is spelled: %s', (name) => {
  expect(() => signedIn(`<Subject ${name}="_a"/>`)).toThrow(/The ID "_a" occurs twice/);
  expect(() => signedIn(`<Subject x${name}="_a"/>`)).not.toThrow();
});
