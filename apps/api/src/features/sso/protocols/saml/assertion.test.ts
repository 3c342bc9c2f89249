import { describe, expect, test } from 'vitest';
import type { SamlConfig } from '../schemas.ts';
import { readAssertion } from './assertion.ts';
import type { SamlFaultCode } from './fault.ts';
import type { SamlConnection } from './service-provider.ts';
import { parseXml } from './xml.ts';

/* What a signed assertion says, each statement written by hand; that only a signed one is read is said elsewhere. */

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
const IDP = 'https://idp.example/metadata';
const serviceProvider = { entityId: 'https://login.example/metadata', acsUrl: 'https://login.example/acs' };
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const EMAIL_ADDRESS = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';

const connection = (config: Partial<SamlConfig> = {}): SamlConnection => ({
  config: {
    idpEntityId: IDP,
    ssoUrl: 'https://idp.example/sso',
    certificates: [],
    subject: { source: 'name_id', format: 'persistent' },
    attributes: { email: 'mail', name: 'displayName' },
    ...config,
  },
  serviceProvider,
  keyPair: { privateKey: '', certificate: '' },
});

const data = (recipient = serviceProvider.acsUrl, more = '') =>
  `<SubjectConfirmationData Recipient="${recipient}" InResponseTo="_request" NotOnOrAfter="${at(120)}" ${more}/>`;
const confirmation = (inside = data(), method = BEARER) =>
  `<SubjectConfirmation Method="${method}">${inside}</SubjectConfirmation>`;
const persistentFormat = `Format="${PERSISTENT}"`;
const nameId = (text = 'somebody', attributes = persistentFormat) => `<NameID ${attributes}>${text}</NameID>`;
const subject = (inside = nameId() + confirmation()) => `<Subject>${inside}</Subject>`;
const audience = (...entityIds: string[]) =>
  `<AudienceRestriction>${entityIds.map((id) => `<Audience>${id}</Audience>`).join('')}</AudienceRestriction>`;
const conditions = (inside = audience(serviceProvider.entityId), attributes = `NotOnOrAfter="${at(180)}"`) =>
  `<Conditions ${attributes}>${inside}</Conditions>`;
const statement = (attributes = '', context = `<AuthnContextClassRef>${PASSWORD}</AuthnContextClassRef>`) =>
  `<AuthnStatement AuthnInstant="${at(-30)}" ${attributes}><AuthnContext>${context}</AuthnContext></AuthnStatement>`;
const attribute = (name: string, ...values: string[]) =>
  `<Attribute Name="${name}">${values.map((value) => `<AttributeValue>${value}</AttributeValue>`).join('')}</Attribute>`;
const attributes = (inside: string) => `<AttributeStatement>${inside}</AttributeStatement>`;

const parts = {
  issuer: `<Issuer>${IDP}</Issuer>`,
  subject: subject(),
  conditions: conditions(),
  statement: statement(),
};
const opening = `ID="_a" Version="2.0" IssueInstant="${at(0)}"`;

function read(
  change: Partial<typeof parts> & { more?: string; opening?: string; config?: Partial<SamlConfig> } = {},
  requestId: string | null = '_request',
) {
  const all = { ...parts, more: '', opening, ...change };
  const xml = `<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ${all.opening}>
    ${all.issuer}${all.subject}${all.conditions}${all.statement}${all.more}</Assertion>`;
  return readAssertion(parseXml(xml), connection(change.config), requestId, now);
}

test('an assertion that says no more than it has to', () => {
  expect(read()).toEqual({
    assertionId: '_a',
    // Of the confirmation, the first of the three ends, and twice the skew.
    expiresAt: new Date(at(120 + 120)),
    issuer: IDP,
    subject: 'somebody',
    authnInstant: new Date(at(-30)),
    authnContextClassRef: PASSWORD,
    attributes: [],
  });
});

test('an assertion that says all that is understood', () => {
  const friendly = '<Attribute Name="uid" FriendlyName="User"><AttributeValue>7</AttributeValue></Attribute>';
  const structured =
    '<Attribute Name="x"><AttributeValue><a/></AttributeValue><AttributeValue>y</AttributeValue></Attribute>';
  const verified = read({
    statement: statement(`SessionIndex="s" SessionNotOnOrAfter="${at(60)}"`),
    more:
      attributes(attribute('mail', 'a@b.example', 'second') + friendly) +
      attributes(attribute('displayName', 'Max') + structured),
  });
  expect(verified).toMatchObject({
    email: 'a@b.example',
    name: 'Max',
    sessionIndex: 's',
    sessionNotOnOrAfter: new Date(at(60)),
    attributes: [
      { name: 'mail', values: ['a@b.example', 'second'] },
      { name: 'uid', friendlyName: 'User', values: ['7'] },
      { name: 'displayName', values: ['Max'] },
      { name: 'x', values: ['y'] },
    ],
  });
  expect(verified.attributes[0]).not.toHaveProperty('friendlyName');
});

describe('how long the replay table has to know it', () => {
  test.each([
    ['the conditions', { conditions: conditions(undefined, `NotOnOrAfter="${at(60)}"`) }, 60],
    ['the confirmation, without an end of the conditions', { conditions: conditions(undefined, '') }, 120],
    ['five minutes after it was issued', { opening: opening.replace(at(0), at(-240)) }, 60],
  ])('is said by %s', (_, change, seconds) => {
    expect(read(change).expiresAt).toEqual(new Date(at(seconds + 120)));
  });
});

const refused: [string, SamlFaultCode, Parameters<typeof read>[0]][] = [
  ['of no version', 'unexpected_structure', { opening: opening.replace('Version="2.0"', '') }],
  ['without an id', 'unexpected_structure', { opening: opening.replace('ID="_a"', '') }],
  ['with an id that begins with a digit', 'unexpected_structure', { opening: opening.replace('_a', '1a') }],
  ['with an id that holds space', 'unexpected_structure', { opening: opening.replace('_a', '_a b') }],
  ['with an id that ends in a bracket', 'unexpected_structure', { opening: opening.replace('_a', '_a)') }],
  ['with an id that is too long', 'unexpected_structure', { opening: opening.replace('_a', `_${'a'.repeat(256)}`) }],
  ['of another issuer', 'wrong_issuer', { issuer: '<Issuer>https://other.example</Issuer>' }],
  ['issued more than a minute ahead', 'not_yet_valid', { opening: opening.replace(at(0), at(61)) }],
  ['issued six minutes ago', 'expired', { opening: opening.replace(at(0), at(-360)) }],
  [
    'for two audiences at once, one of them another',
    'wrong_audience',
    { conditions: conditions(audience(serviceProvider.entityId) + audience('urn:other')) },
  ],
  ['for whomever', 'wrong_audience', { conditions: conditions('') }],
  ['for no audience by name', 'wrong_audience', { conditions: conditions(audience()) }],
  [
    'with a condition of another namespace',
    'unexpected_structure',
    { conditions: conditions(`${audience(serviceProvider.entityId)}<OneTimeUse xmlns="urn:x"/>`) },
  ],
  ['that begins in two minutes', 'not_yet_valid', { conditions: conditions(undefined, `NotBefore="${at(120)}"`) }],
  ['that was over a minute ago', 'expired', { conditions: conditions(undefined, `NotOnOrAfter="${at(-60)}"`) }],
  ['of a session that was over a minute ago', 'expired', { statement: statement(`SessionNotOnOrAfter="${at(-60)}"`) }],
  ['of a context that was not asked for', 'wrong_authn_context', { config: { requestedAuthnContext: ['urn:other'] } }],
  [
    'of no context, where one was asked for',
    'wrong_authn_context',
    { statement: statement('', ''), config: { requestedAuthnContext: [PASSWORD] } },
  ],
  [
    'of a sign-in that is too old, where it was to be anew',
    'expired',
    { statement: statement().replace(at(-30), at(-660)), config: { forceAuthn: true } },
  ],
  ['with a base id', 'invalid_subject', { subject: subject(`<BaseID/>${confirmation()}`) }],
  [
    'with an encrypted id beside',
    'invalid_subject',
    { subject: subject(`${nameId()}<EncryptedID/>${confirmation()}`) },
  ],
  [
    'with a NameID that is a character too long',
    'invalid_subject',
    { subject: subject(nameId('a'.repeat(257)) + confirmation()) },
  ],
  [
    'of an address where a persistent NameID is wanted',
    'invalid_subject',
    { subject: subject(nameId('a@b.example', `Format="${EMAIL_ADDRESS}"`) + confirmation()) },
  ],
  ['of an attribute that is missing', 'invalid_subject', { config: { subject: { source: 'attribute', name: 'uid' } } }],
  [
    'of an attribute with two values',
    'invalid_subject',
    { more: attributes(attribute('uid', '7', '8')), config: { subject: { source: 'attribute', name: 'uid' } } },
  ],
  [
    'of an attribute with space around',
    'invalid_subject',
    { more: attributes(attribute('uid', ' 7')), config: { subject: { source: 'attribute', name: 'uid' } } },
  ],
  [
    'confirmed by a key alone',
    'no_bearer_confirmation',
    { subject: subject(nameId() + confirmation(data(), 'urn:key')) },
  ],
  [
    'confirmed for others, twice',
    'wrong_recipient',
    { subject: subject(nameId() + confirmation(data('urn:other')) + confirmation('')) },
  ],
  [
    'confirmed from two minutes on',
    'not_yet_valid',
    { subject: subject(nameId() + confirmation(data(undefined, `NotBefore="${at(120)}"`))) },
  ],
];

test.each(refused)('SEC-32: an assertion is refused %s', (_, code, change) => {
  expect(() => read(change)).toThrow(expect.objectContaining({ name: 'SamlFault', code }));
});

const taken: [string, Parameters<typeof read>[0]][] = [
  ['with the longest id', { opening: opening.replace('_a', `_${'a'.repeat(255)}`) }],
  ['with an id of letters, digits, dots and dashes', { opening: opening.replace('_a', 'Aa.1-_') }],
  ['issued five minutes ago', { opening: opening.replace(at(0), at(-300)) }],
  ['for us among others', { conditions: conditions(audience('urn:other', serviceProvider.entityId)) }],
  [
    'with the conditions that are understood',
    { conditions: conditions(`${audience(serviceProvider.entityId)}<OneTimeUse/><ProxyRestriction/>`) },
  ],
  ['of a context that was asked for', { config: { requestedAuthnContext: ['urn:other', PASSWORD] } }],
  [
    'of a sign-in ten minutes ago, where it was to be anew',
    { statement: statement().replace(at(-30), at(-600)), config: { forceAuthn: true } },
  ],
  ['of an old sign-in, where it was not', { statement: statement().replace(at(-30), at(-86_400)) }],
  ['with the longest NameID', { subject: subject(nameId('a'.repeat(256)) + confirmation()) }],
  [
    'with the qualifiers of the two',
    {
      subject: subject(
        nameId('a', `${persistentFormat} NameQualifier="${IDP}" SPNameQualifier="${serviceProvider.entityId}"`) +
          confirmation(),
      ),
    },
  ],
  [
    'without a NameID, where an attribute is the subject',
    {
      subject: subject(confirmation()),
      more: attributes(attribute('uid', '7')),
      config: { subject: { source: 'attribute', name: 'uid' } },
    },
  ],
  [
    'confirmed for us, after others',
    { subject: subject(nameId() + confirmation('') + confirmation(data('urn:other')) + confirmation()) },
  ],
];

test.each(taken)('an assertion is taken %s', (_, change) => expect(() => read(change)).not.toThrow());

test('qualifiers of others matter to a persistent NameID alone', () => {
  const config: Partial<SamlConfig> = { subject: { source: 'name_id', format: 'email_address' }, attributes: {} };
  const address = `Format="${EMAIL_ADDRESS}" SPNameQualifier="urn:other"`;
  const verified = read({ subject: subject(nameId('a@b.example', address) + confirmation()), config });
  expect(verified).toMatchObject({ subject: 'a@b.example', email: 'a@b.example' });
  // An identifier that is no address is none for being the subject.
  expect(read({ config: { attributes: {} } })).not.toHaveProperty('email');
});

test('SEC-32: what it answers is the request that is open, or none', () => {
  expect(() => read({}, '_other')).toThrow(expect.objectContaining({ code: 'wrong_in_response_to' }));
  expect(() => read({}, null)).toThrow(/a sign-in that begins at the provider answers none/);
  const unasked = subject(nameId() + confirmation(data().replace('InResponseTo="_request"', '')));
  expect(read({ subject: unasked }, null).subject).toBe('somebody');
});

test('a refusal quotes what came', () => {
  expect(() => read({ conditions: conditions(audience('urn:a', 'urn:b')) })).toThrow(/audience "urn:a, urn:b"/);
  expect(() => read({ statement: '' })).toThrow(/has no AuthnStatement/);
  expect(() => read({ statement: statement() + statement() })).toThrow(/has more than one AuthnStatement/);
  expect(() => read({ subject: subject(nameId() + confirmation('', 'urn:a') + confirmation('', 'urn:b')) })).toThrow(
    /by "urn:a, urn:b"/,
  );
  expect(() => read({ config: { requestedAuthnContext: ['urn:a', 'urn:b'] } })).toThrow(/asks for urn:a or urn:b/);
});

test('of several attributes the named one is the subject', () => {
  const more = attributes(attribute('mail', 'a@b.example') + attribute('uid', '7') + attribute('group', 'x', 'y'));
  expect(read({ more, config: { subject: { source: 'attribute', name: 'uid' } } }).subject).toBe('7');
});
