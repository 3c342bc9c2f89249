import { expect, test } from 'vitest';
import {
  attributeOf,
  checkBegun,
  checkNotOver,
  children,
  descendants,
  instantOf,
  onlyChild,
  parseXml,
  requiredInstantOf,
  textOf,
} from './xml.ts';

const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion';
const attribute = (text: string) => parseXml(`<a at="${text}"/>`);

test.each([
  ['no namespace', '<a/>', 'a'],
  ['a declaration', '<?xml version="1.0"?><a/>', 'a'],
  ['space and a declaration before it', ' \n<?xml version="1.0"?>\n<a/>\n', 'a'],
])('a document with %s is read', (_, text, name) => expect(parseXml(text).localName).toBe(name));

test.each([
  ['an instruction within', '<a><?xml version="1.0"?></a>', 'forbidden_xml', '<?xml'],
  ['two declarations', '<?xml version="1.0"?><?xml version="1.0"?><a/>', 'forbidden_xml', '<?xml'],
  ['a comment', '<a><!-- b --></a>', 'forbidden_xml', '<!--'],
  ['a declaration that holds markup', '<?xml <b> ?><a/>', 'forbidden_xml', '<?xml'],
  ['an instruction of a long name', `<a><?${'p'.repeat(30)}?></a>`, 'forbidden_xml', `"<?${'p'.repeat(20)}"`],
  ['nothing', '', 'malformed_response', 'not well-formed'],
  ['a text', 'a', 'malformed_response', 'not well-formed'],
  ['an end that is missing', '<a>', 'malformed_response', 'not well-formed'],
  ['an attribute without quotes', '<a b=c/>', 'malformed_response', 'not well-formed'],
] as const)('SEC-32: a document with %s is refused', (_, text, code, words) => {
  expect(() => parseXml(text)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
});

test('comments are left out where they may be, and nothing else is', () => {
  expect(textOf(parseXml('<a>b<!-- < --->c<!-- > -->d</a>', { comments: true }))).toBe('bcd');
  const refused = (text: string) => () => parseXml(text, { comments: true });
  expect(refused('<a><!-- b</a>')).toThrow(/A comment does not end/);
  expect(refused('<a><![CDATA[b]]></a>')).toThrow(/no DTD/);
});

test('SEC-32: documents are bounded', () => {
  const elements = (count: number) => `<a>${'<b/>'.repeat(count)}</a>`;
  const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, n) => `b${n}="1"`).join(' ')}/>`;
  const quotes = (count: number) => `<a>${'"'.repeat(count)}</a>`;
  const deep = (count: number) => `${'<a>'.repeat(count)}${'</a>'.repeat(count)}`;
  for (const fits of [elements(2_498), attributes(40), quotes(8_000), deep(64)]) {
    expect(() => parseXml(fits)).not.toThrow();
  }
  const malformed = (words: RegExp) =>
    expect.objectContaining({ code: 'malformed_response', message: expect.stringMatching(words) });
  expect(() => parseXml(elements(2_499))).toThrow(malformed(/more elements or attributes/));
  expect(() => parseXml(quotes(8_001))).toThrow(malformed(/more elements or attributes/));
  expect(() => parseXml(quotes(8_001).replaceAll('"', "'"))).toThrow(malformed(/more elements or attributes/));
  expect(() => parseXml(attributes(41))).toThrow(malformed(/An element has more attributes/));
  expect(() => parseXml(`<a>${attributes(41)}</a>`)).toThrow(malformed(/An element has more attributes/));
  expect(() => parseXml(deep(65))).toThrow(malformed(/nests too deep/));
});

test('elements come in the order of the document; one of a foreign namespace is none of ours', () => {
  const root = parseXml(`<a xmlns="${assertion}"><b><c/>text</b><d/><x:d xmlns:x="urn:x"/></a>`);
  expect(descendants(root).map(({ nodeName }) => nodeName)).toEqual(['a', 'b', 'c', 'd', 'x:d']);
  expect(children(root, 'assertion', 'd').map(({ nodeName }) => nodeName)).toEqual(['d']);
  expect(onlyChild(root, 'assertion', 'b').localName).toBe('b');
  expect(() => onlyChild(root, 'assertion', 'c')).toThrow(/a has 0 elements c/);
  expect(() => onlyChild(parseXml(`<a xmlns="${assertion}"><b/><b/></a>`), 'assertion', 'b')).toThrow(/has 2 elements/);
  expect(() => textOf(root)).toThrow(/a holds elements/);
  expect(textOf(parseXml('<a> b </a>'))).toBe(' b ');
});

test('an attribute that is empty is there', () => {
  expect(attributeOf(parseXml('<a b=""/>'), 'b')).toBe('');
  expect(attributeOf(parseXml('<a/>'), 'b')).toBeNull();
});

test.each([
  ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01T12:00:00.5Z', '2026-03-01T12:00:00.500Z'],
  ['2026-03-01T12:00:00.123456789Z', '2026-03-01T12:00:00.123Z'],
  ['2026-03-01T12:00:00+01:30', '2026-03-01T10:30:00.000Z'],
  ['2026-03-01T12:00:00-01:00', '2026-03-01T13:00:00.000Z'],
])('a time is %s', (text, instant) => {
  expect(instantOf(attribute(text), 'at')?.toISOString()).toBe(instant);
  expect(requiredInstantOf(attribute(text), 'at').toISOString()).toBe(instant);
});

test.each([
  '2026-03-01T12:00:00',
  '2026-03-01',
  '12026-03-01T12:00:00Z',
  '+002026-03-01T12:00:00Z',
  '2026-03-01T12:00:00Z ',
  '2026-3-01T12:00:00Z',
  '2026-03-1T12:00:00Z',
  '2026-03-01T2:00:00Z',
  '2026-03-01T12:0:00Z',
  '2026-03-01T12:00Z',
  '2026-03-01T12:00:00.Z',
  '2026-03-01T12:00:00.1234567890Z',
  '2026-03-01T12:00:00+0100',
  '2026-03-01T12:00:00+1:00',
  '2026-13-01T12:00:00Z',
  'now',
  '',
])('SEC-32: %j is no time', (text) => {
  expect(() => instantOf(attribute(text), 'at')).toThrow(
    expect.objectContaining({ code: 'unexpected_structure', message: expect.stringContaining('at of a is no UTC') }),
  );
});

test('a time that is missing is none, and refused where it has to be there', () => {
  expect(instantOf(parseXml('<a/>'), 'at')).toBeNull();
  expect(() => requiredInstantOf(parseXml('<a/>'), 'at')).toThrow(/a has no at/);
});

test('SEC-32: clocks may differ by a minute', () => {
  const now = new Date('2026-03-01T12:00:00.000Z');
  const off = (ms: number) => new Date(now.getTime() + ms);
  expect(() => checkBegun('It', off(60_000), now)).not.toThrow();
  expect(() => checkBegun('It', off(60_001), now)).toThrow(expect.objectContaining({ code: 'not_yet_valid' }));
  expect(() => checkNotOver('It', off(-59_999), now)).not.toThrow();
  expect(() => checkNotOver('It', off(-60_000), now)).toThrow(expect.objectContaining({ code: 'expired' }));
  expect(() => checkBegun('It', null, now)).not.toThrow();
  expect(() => checkNotOver('It', null, now)).not.toThrow();
});
