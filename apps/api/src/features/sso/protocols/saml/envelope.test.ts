import { expect, test } from 'vitest';
import type { SamlConfig } from '../schemas.ts';
import { checkEnvelope, openEnvelope } from './envelope.ts';
import type { SamlFaultCode } from './fault.ts';
import type { SamlConnection } from './service-provider.ts';

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const acsUrl = 'https://login.example/acs';
const IDP = 'https://idp.example/metadata';

const status = (value = SUCCESS, inside = '') =>
  `<p:Status><p:StatusCode Value="${value}">${inside}</p:StatusCode></p:Status>`;
const response = (inside = `${status()}<a:Assertion/>`, attributes = 'Version="2.0"') =>
  `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ${attributes}>${inside}</p:Response>`;
const encoded = (text: string | Buffer) => Buffer.from(text).toString('base64');
const open = (xml: string) => openEnvelope(encoded(xml));

test.each(['Assertion', 'EncryptedAssertion'])('a response with one %s is opened', (name) => {
  const xml = response(`${status()}<a:${name}/>`);
  const envelope = open(xml);
  expect(envelope.xml).toBe(xml);
  expect(envelope.response.localName).toBe('Response');
  expect(envelope.assertion.localName).toBe(name);
});

const refused: [string, SamlFaultCode, () => unknown][] = [
  ['no text', 'malformed_response', () => [encoded(response())]],
  ['an empty text', 'malformed_response', () => ''],
  ['line breaks alone', 'malformed_response', () => '\r\n'],
  ['a sign that is not base64', 'malformed_response', () => `${encoded(response())}!`],
  ['a space', 'malformed_response', () => encoded(response()).replace(/^.{4}/, '$& ')],
  ['bytes that are not UTF-8', 'malformed_response', () => encoded(Buffer.from([0xff]))],
  ['a request', 'unexpected_structure', () => encoded(response().replaceAll('Response', 'AuthnRequest'))],
  [
    'a response of another namespace',
    'unexpected_structure',
    () => encoded(response().replace('SAML:2.0:protocol', 'x')),
  ],
  ['no assertion', 'unexpected_structure', () => encoded(response(status()))],
  ['two assertions', 'unexpected_structure', () => encoded(response(`${status()}<a:Assertion/><a:Assertion/>`))],
  ['one of each', 'unexpected_structure', () => encoded(response(`${status()}<a:Assertion/><a:EncryptedAssertion/>`))],
  [
    'an assertion further inside',
    'unexpected_structure',
    () => encoded(response(`${status()}<p:X><a:Assertion/></p:X>`)),
  ],
  ['an assertion of another namespace', 'unexpected_structure', () => encoded(response(`${status()}<p:Assertion/>`))],
  ['a response inside', 'unexpected_structure', () => encoded(response(`${status()}<a:Assertion/><p:Response/>`))],
  ['no status', 'unexpected_structure', () => encoded(response('<a:Assertion/>'))],
  [
    'a status that is no success',
    'provider_refused',
    () => encoded(response(`${status(`${SUCCESS}ful`)}<a:Assertion/>`)),
  ],
];

test.each(refused)('SEC-32: a form with %s is refused', (_, code, field) => {
  expect(() => openEnvelope(field())).toThrow(expect.objectContaining({ name: 'SamlFault', code }));
});

test('what is no text is called so', () => {
  expect(() => openEnvelope(encoded(Buffer.from([0xff])))).toThrow(/is not UTF-8/);
  expect(() => openEnvelope('')).toThrow(/is not base64/);
});

test('base64 may come in lines', () => {
  for (const end of ['\n', '\r\n']) {
    expect(openEnvelope(encoded(response()).replaceAll(/.{64}/g, `$&${end}`)).xml).toBe(response());
  }
});

test('SEC-32: a response may have 256 KiB', () => {
  const kib256 = 256 * 1024;
  const filled = (bytes: number) => response(`${status()}<a:Assertion/>`.padEnd(bytes - response('').length));
  const inLines = encoded(filled(kib256)).replaceAll(/.{64}/g, '$&\r\n');
  expect(openEnvelope(encoded(filled(kib256))).xml).toHaveLength(kib256);
  expect(openEnvelope(inLines).xml).toHaveLength(kib256);
  expect(() => open(filled(kib256 + 1))).toThrow(/over 256 KiB/);
  // Refused for its length alone, before anything is made of it.
  expect(() => openEnvelope('!'.repeat(kib256 * 2))).toThrow(/over 256 KiB/);
});

test('SEC-36: of a refusal the registered codes are repeated', () => {
  const code = (name: string) => `urn:oasis:names:tc:SAML:2.0:status:${name}`;
  const inner = (value: string) => `<p:StatusCode Value="${value}"/>`;
  const said =
    (value: string, inside = '') =>
    () =>
      open(response(status(value, inside)));
  expect(said(code('Responder'), inner(code('NoPassive')))).toThrow(/It says Responder, NoPassive\.$/);
  for (const other of [`x${code('Responder')}`, `${code('Responder')}x`, code('Other'), '']) {
    expect(said(other)).toThrow(/It says a status that is not registered\.$/);
  }
});

const connection = (config: Partial<SamlConfig> = {}): SamlConnection => ({
  config: {
    idpEntityId: IDP,
    ssoUrl: 'https://idp.example/sso',
    certificates: [],
    subject: { source: 'name_id', format: 'persistent' },
    ...config,
  },
  serviceProvider: { entityId: 'https://login.example/metadata', acsUrl },
  keyPair: { privateKey: '', certificate: '' },
});
const body = `<a:Issuer>${IDP}</a:Issuer>${status()}<a:Assertion/>`;
const check = (
  attributes: string,
  { inside = body, requestId = '_request' as string | null, isSigned = false, config = {} as Partial<SamlConfig> } = {},
) => checkEnvelope(open(response(inside, attributes)), connection(config), requestId, isSigned);
const answer = `Version="2.0" InResponseTo="_request"`;

test.each([
  ['without a destination, where it is not signed', answer, {}],
  ['for us', `${answer} Destination="${acsUrl}"`, { isSigned: true }],
  ['without an issuer', answer, { inside: `${status()}<a:Assertion/>` }],
  [
    'that nobody asked for, where that is allowed',
    'Version="2.0"',
    { requestId: null, config: { allowUnsolicited: true } },
  ],
])('an outer element is taken %s', (_, attributes, more) => {
  expect(() => check(attributes, more)).not.toThrow();
});

test.each([
  ['of another version', 'InResponseTo="_request" Version="1.1"', {}, 'unexpected_structure'],
  ['of another issuer', answer, { inside: body.replace(IDP, 'urn:other') }, 'wrong_issuer'],
  ['of a second issuer', answer, { inside: `<a:Issuer>urn:other</a:Issuer>${body}` }, 'wrong_issuer'],
  ['signed for nobody', answer, { isSigned: true }, 'wrong_destination'],
  ['for others', `${answer} Destination="urn:other"`, {}, 'wrong_destination'],
  ['to another request', answer, { requestId: '_other' }, 'wrong_in_response_to'],
  ['to no request, where one is open', 'Version="2.0"', {}, 'wrong_in_response_to'],
  ['that nobody asked for', 'Version="2.0"', { requestId: null }, 'unsolicited'],
  [
    'that nobody asked for, and says so wrongly',
    answer,
    { requestId: null, config: { allowUnsolicited: true } },
    'wrong_in_response_to',
  ],
])('SEC-32: an outer element is refused %s', (_, attributes, more, code) => {
  expect(() => check(attributes, more)).toThrow(expect.objectContaining({ name: 'SamlFault', code }));
});

test('it is said whether a request is open', () => {
  expect(() => check(answer, { requestId: '_other' })).toThrow(/answers request "_request"; another is open\.$/);
});
