import { deflateRawSync } from 'node:zlib';
import { samlProviderObstacle } from '@sallyport/testkit/saml-provider';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { encoded, encryptedFor } from '../../../../testing/providers/saml/forge.ts';
import { type Genuine, SamlScene } from '../../../../testing/providers/saml/scene.ts';
import { verifyResponse } from './answer.ts';

vi.setConfig({ testTimeout: 30_000 });
const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

let scene: SamlScene;
let genuine: Genuine;
let encrypted: Genuine;

beforeAll(async () => {
  if (obstacle !== null) return;
  scene = await SamlScene.open();
  genuine = await scene.signIn('alice');
  scene.treat({ encrypt: true });
  encrypted = await scene.signIn('alice');
}, 60_000);
afterAll(() => scene?.close());

const verify = (field: unknown) =>
  verifyResponse(scene.connection, field, { expectedRequestId: genuine.requestId }, genuine.now);

const texts: [string, (xml: string) => string][] = [
  ['a DOCTYPE', (xml) => `<!DOCTYPE samlp:Response>${xml}`],
  ['a DOCTYPE after a declaration', (xml) => `<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd">${xml}`],
  [
    'entities that grow',
    (xml) => `<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>${xml}`,
  ],
  ['an external entity', (xml) => `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml}`],
  ['a comment in the NameID', (xml) => xml.replace('</saml:NameID>', '<!---->.evil.example</saml:NameID>')],
  ['a comment that cuts the NameID', (xml) => xml.replace(/(<saml:NameID[^>]*>.{5})/, '$1<!-- cut -->')],
  ['a comment in an attribute value', (xml) => xml.replace('alice@acme', 'alice<!-- -->@acme')],
  ['a comment before everything', (xml) => `<!-- hello -->${xml}`],
  ['CDATA in the NameID', (xml) => xml.replace(/(<saml:NameID[^>]*>)([^<]*)/, '$1<![CDATA[$2]]>')],
  ['a processing instruction', (xml) => xml.replace('<saml:Subject>', '<?php echo 1 ?><saml:Subject>')],
  ['a stylesheet', (xml) => `<?xml-stylesheet href="evil.xsl"?>${xml}`],
];

test.each(texts)('SEC-32: XML with %s is refused', async (_, change) => {
  const hostile = change(genuine.xml);
  expect(hostile).not.toBe(genuine.xml);
  await expect(verify(encoded(hostile))).rejects.toMatchObject({ code: 'forbidden_xml' });
});

const repeated = (times: number, make: (n: number) => string) =>
  Array.from({ length: times }, (_, n) => make(n)).join('');
/** The answer with more in the assertion, its signature broken by that, which takes verifying to be found. */
const inside = (more: string) => encoded(genuine.xml.replace('</saml:Assertion>', `${more}</saml:Assertion>`));

const junk: [string, () => unknown][] = [
  ['nothing', () => undefined],
  ['an empty text', () => ''],
  ['two fields', () => [encoded(genuine.xml), encoded(genuine.xml)]],
  ['an object', () => ({ SAMLResponse: encoded(genuine.xml) })],
  ['XML that is not encoded', () => genuine.xml],
  ['base64 with other signs between', () => `${encoded(genuine.xml).slice(0, 100)}!${encoded(genuine.xml).slice(100)}`],
  ['base64url', () => Buffer.from(`${genuine.xml}\u00ff\u00fe`, 'latin1').toString('base64url')],
  ['base64 with something behind', () => `${encoded('<a/>')}AAAA=====`],
  ['compressed XML', () => deflateRawSync(genuine.xml).toString('base64')],
  [
    'bytes that are not UTF-8',
    () => Buffer.from(genuine.xml.replace('Alice', 'Alic\u00e9'), 'latin1').toString('base64'),
  ],
  ['UTF-16', () => Buffer.from(genuine.xml, 'utf16le').toString('base64')],
  ['half of it', () => encoded(genuine.xml.slice(0, genuine.xml.length / 2))],
  ['two documents', () => encoded(genuine.xml + genuine.xml)],
  ['text behind', () => encoded(`${genuine.xml}text`)],
  ['an entity nobody declared', () => encoded(genuine.xml.replace('Alice', '&alice;'))],
  ['a NUL', () => encoded(genuine.xml.replace('Alice', 'Al\0ice'))],
  ['a NUL by reference', () => encoded(genuine.xml.replace('Alice', 'Al&#0;ice'))],
  ['an attribute twice', () => encoded(genuine.xml.replace('Version="2.0"', 'Version="2.0" Version="2.0"'))],
  ['a prefix nobody bound', () => encoded(genuine.xml.replace('<saml:Subject>', '<evil:Subject>'))],
  ['more than 256 KiB', () => encoded(`${genuine.xml}${' '.repeat(300_000)}`)],
  ['100,000 elements deep', () => encoded('<a>'.repeat(60_000))],
  ['deep and well-formed', () => encoded(`${'<a>'.repeat(30_000)}${'</a>'.repeat(30_000)}`)],
  ['many attributes', () => encoded(`<a ${Array.from({ length: 15_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`)],
  ['many namespaces', () => inside(repeated(1_500, (n) => `<b xmlns:n${n}="u"/>`))],
  ['many namespaces of one', () => inside(`<b ${repeated(1_900, (n) => `xmlns:n${n}="u" `)}/>`)],
  ['many elements', () => inside(repeated(45_000, () => '<b/>'))],
  ['as many elements as are taken', () => inside(repeated(2_300, () => '<b/>'))],
  ['many ids', () => inside(repeated(2_300, (n) => `<b ID="i${n}"/>`))],
  ['much text', () => inside('&amp;'.repeat(45_000))],
  ['base64 of nothing', () => '='.repeat(300_000)],
];

test.each(junk)('SEC-32: junk is refused, soon: %s', async (_, field) => {
  const posted = field();
  // Processor time, which does not depend on what else the machine does.
  const start = process.cpuUsage();
  await expect(verify(posted)).rejects.toMatchObject({ name: 'SamlFault' });
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(3_000);
});

test('a user with a thousand groups can sign in', async () => {
  const grouped = scene.resigned(genuine.xml, (draft) => {
    const attribute = draft.add(draft.the('AttributeStatement'), 'saml:Attribute', { Name: 'groups' });
    for (let n = 0; n < 1_000; n += 1) draft.add(attribute, 'saml:AttributeValue', {}, `group-${n}`);
  });
  const { attributes } = await scene.verify(grouped, genuine);
  expect(attributes.find(({ name }) => name === 'groups')?.values).toHaveLength(1_000);
});

test('base64 in lines is base64 (RFC 2045)', async () => {
  const lines = encoded(genuine.xml).replaceAll(/.{76}/g, '$&\r\n');
  await expect(verify(lines)).resolves.toEqual(genuine.verified);
});

const replaced = (from: RegExp | string, to: string) => (xml: string) => xml.replace(from, to);

test.each([
  ['unexpected_structure', 'another key beside', replaced(/<(\w+):EncryptedKey[\s\S]*<\/\1:EncryptedKey>/, '$&$&')],
  ['weak_algorithm', 'PKCS #1 v1.5', replaced('xmlenc#rsa-oaep-mgf1p', 'xmlenc#rsa-1_5')],
  ['weak_algorithm', 'Triple DES', replaced(/xmlenc#aes128-cbc|xmlenc11#aes128-gcm/, 'xmlenc#tripledes-cbc')],
  ['decryption_failed', 'a changed key', replaced(/CipherValue>..../, 'CipherValue>AAAA')],
  ['unexpected_structure', 'no text', replaced(/<(\w+):CipherValue>[^<]*<\/\1:CipherValue>/, '')],
] as const)('SEC-32: encrypted, refused as %s: %s', async (code, _, change) => {
  const hostile = change(encrypted.xml);
  expect(hostile).not.toBe(encrypted.xml);
  await expect(scene.verify(hostile, encrypted)).rejects.toMatchObject({ code });
});

test('SEC-32: what is encrypted has to be an assertion', async () => {
  const advice = '<saml:Advice xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a"/>';
  const data = await encryptedFor(scene.connection.keyPair, advice);
  const hostile = encrypted.xml.replace(/<(\w+):EncryptedData[\s\S]*<\/\1:EncryptedData>/, () => data);
  expect(hostile).not.toBe(encrypted.xml);
  await expect(scene.verify(hostile, encrypted)).rejects.toMatchObject({
    code: 'unexpected_structure',
    message: 'What is encrypted is no assertion.',
  });
});
