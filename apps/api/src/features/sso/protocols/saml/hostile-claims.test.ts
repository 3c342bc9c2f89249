import { samlProviderObstacle } from '@sallyport/testkit/saml-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Draft } from '../../../../testing/providers/saml/forge.ts';
import { type Genuine, SamlScene } from '../../../../testing/providers/saml/scene.ts';
import type { SamlFaultCode } from './fault.ts';

vi.setConfig({ testTimeout: 30_000 });
const obstacle = samlProviderObstacle();
beforeEach(({ skip }) => skip(obstacle !== null, obstacle ?? ''));

let scene: SamlScene;
let genuine: Genuine;
let unasked: Genuine;

beforeAll(async () => {
  if (obstacle !== null) return;
  scene = await SamlScene.open();
  genuine = await scene.signIn('alice');
  unasked = await scene.with({ allowUnsolicited: true }).signInUnasked('alice');
}, 60_000);
afterAll(() => scene?.close());

type Change = (draft: Draft) => void;
type Refusal = readonly [title: string, code: SamlFaultCode, change: Change];

const set =
  (element: string, attribute: string, value: string): Change =>
  (draft) =>
    draft.the(element).setAttribute(attribute, value);
const unset =
  (element: string, attribute: string): Change =>
  (draft) =>
    draft.the(element).removeAttribute(attribute);
const without =
  (...elements: string[]): Change =>
  (draft) =>
    draft.remove(...elements);
const write =
  (element: string, text: string): Change =>
  (draft) => {
    draft.the(element).textContent = text;
  };
const minutes = (count: number): string => new Date(genuine.now.getTime() + count * 60_000).toISOString();
const at =
  (element: string, attribute: string, count: number): Change =>
  (draft) =>
    draft.the(element).setAttribute(attribute, minutes(count));

/** All of this the provider signed: a provider may be careless, or serve others beside us. */
const refusals: Refusal[] = [
  ['for another audience', 'wrong_audience', write('Audience', 'https://other.example/metadata')],
  [
    'for our audience and more',
    'wrong_audience',
    (d) => {
      const other = d.add(d.the('Conditions'), 'saml:AudienceRestriction');
      d.add(other, 'saml:Audience', {}, 'https://other.example/metadata');
    },
  ],
  ['for no audience', 'wrong_audience', without('AudienceRestriction')],
  ['without conditions', 'wrong_audience', without('Conditions')],
  ['with a condition nobody knows', 'unexpected_structure', (d) => void d.add(d.the('Conditions'), 'saml:Condition')],
  [
    'for another recipient',
    'wrong_recipient',
    set('SubjectConfirmationData', 'Recipient', 'http://localhost:3000/acs'),
  ],
  ['for no recipient', 'wrong_recipient', unset('SubjectConfirmationData', 'Recipient')],
  ['for another destination', 'wrong_destination', set('Response', 'Destination', 'https://other.example/acs')],
  [
    'by another issuer inside',
    'wrong_issuer',
    (d) => {
      const [issuer] = d.assertion.getElementsByTagName('saml:Issuer');
      if (issuer !== undefined) issuer.textContent = 'https://other-idp.example';
    },
  ],
  ['by another issuer outside', 'wrong_issuer', write('Issuer', 'https://other-idp.example')],
  [
    'by an issuer with space around',
    'wrong_issuer',
    (d) => {
      const [issuer] = d.assertion.getElementsByTagName('saml:Issuer');
      if (issuer !== undefined) issuer.textContent = ` ${issuer.textContent} `;
    },
  ],
  ['to another request inside', 'wrong_in_response_to', set('SubjectConfirmationData', 'InResponseTo', '_other')],
  ['to no request inside', 'wrong_in_response_to', unset('SubjectConfirmationData', 'InResponseTo')],
  ['to another request outside', 'wrong_in_response_to', set('Response', 'InResponseTo', '_other')],
  ['to no request outside', 'wrong_in_response_to', unset('Response', 'InResponseTo')],
  [
    'with a status that is no success',
    'provider_refused',
    set('StatusCode', 'Value', 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed'),
  ],
  ['without a status', 'unexpected_structure', without('Status')],
  [
    'confirmed by a key',
    'no_bearer_confirmation',
    set('SubjectConfirmation', 'Method', 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key'),
  ],
  ['confirmed by nothing', 'no_bearer_confirmation', without('SubjectConfirmation')],
  ['confirmed without data', 'unexpected_structure', without('SubjectConfirmationData')],
  ['without a subject', 'unexpected_structure', without('Subject')],
  ['without a NameID', 'invalid_subject', without('NameID')],
  [
    'with an attribute nameID in its place',
    'invalid_subject',
    (d) => {
      d.remove('NameID');
      const attribute = d.add(d.the('AttributeStatement'), 'saml:Attribute', { Name: 'nameID' });
      d.add(attribute, 'saml:AttributeValue', {}, 'somebody');
    },
  ],
  [
    'with two NameIDs',
    'invalid_subject',
    (d) => {
      d.the('Subject').appendChild(d.the('NameID').cloneNode(true));
    },
  ],
  [
    'with a NameID of the confirmation',
    'invalid_subject',
    (d) => {
      d.the('SubjectConfirmation').appendChild(d.the('NameID').cloneNode(true));
    },
  ],
  [
    'with a transient NameID',
    'invalid_subject',
    set('NameID', 'Format', 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'),
  ],
  ['with a NameID of no format', 'invalid_subject', unset('NameID', 'Format')],
  ['with an empty NameID', 'invalid_subject', write('NameID', '')],
  ['with a NameID of spaces', 'invalid_subject', write('NameID', '  ')],
  ['with a NameID with space around', 'invalid_subject', write('NameID', 'somebody\n')],
  ['with a NameID with a zero-width space', 'invalid_subject', write('NameID', 'some\u200bbody')],
  ['with a NameID that is too long', 'invalid_subject', write('NameID', 'a'.repeat(257))],
  ['with a NameID for another service', 'invalid_subject', set('NameID', 'SPNameQualifier', 'https://other.example')],
  ['with a NameID of another provider', 'invalid_subject', set('NameID', 'NameQualifier', 'https://other-idp.example')],
  ['with an element in the NameID', 'unexpected_structure', (d) => void d.add(d.the('NameID'), 'saml:Issuer')],
  ['without AuthnStatement', 'no_authn_statement', without('AuthnStatement')],
  [
    'with two AuthnStatements',
    'no_authn_statement',
    (d) => {
      d.assertion.appendChild(d.the('AuthnStatement').cloneNode(true));
    },
  ],
  ['of a session that is over', 'expired', (d) => at('AuthnStatement', 'SessionNotOnOrAfter', -2)(d)],
  ['of a sign-in to come', 'not_yet_valid', (d) => at('AuthnStatement', 'AuthnInstant', 3)(d)],
  ['of SAML 1.1', 'unexpected_structure', set('Assertion', 'Version', '1.1')],
  ['confirmed until a minute ago and more', 'expired', (d) => at('SubjectConfirmationData', 'NotOnOrAfter', -2)(d)],
  ['confirmed without end', 'malformed_response', unset('SubjectConfirmationData', 'NotOnOrAfter')],
  ['confirmed from later on', 'not_yet_valid', (d) => at('SubjectConfirmationData', 'NotBefore', 3)(d)],
  ['over', 'expired', (d) => at('Conditions', 'NotOnOrAfter', -2)(d)],
  ['not begun', 'not_yet_valid', (d) => at('Conditions', 'NotBefore', 3)(d)],
  ['issued in the future', 'not_yet_valid', (d) => at('Assertion', 'IssueInstant', 3)(d)],
  [
    'issued long ago and said to live long',
    'expired',
    (d) => {
      at('Assertion', 'IssueInstant', -7)(d);
      at('Conditions', 'NotOnOrAfter', 600)(d);
      at('SubjectConfirmationData', 'NotOnOrAfter', 600)(d);
    },
  ],
  [
    'issued at a time without zone',
    'unexpected_structure',
    (d) => d.assertion.setAttribute('IssueInstant', minutes(0).replace('Z', '')),
  ],
];

test.each(refusals)('SEC-32: refused though the provider signed it: %s', async (_, code, change) => {
  const { xml, ...known } = genuine;
  await expect(scene.verify(scene.resigned(xml, change), known)).rejects.toMatchObject({ name: 'SamlFault', code });
});

test('SEC-32: what was asked for of the sign-in has to be what came, whatever the provider makes of it', async () => {
  const passwordClass = 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password';
  const smartcard = 'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI';
  const either = scene.with({ requestedAuthnContext: [smartcard, passwordClass] });
  await expect(either.verify(genuine.xml, genuine)).resolves.toEqual(genuine.verified);
  // SimpleSAMLphp answers as if nothing had been asked.
  await expect(scene.with({ requestedAuthnContext: [smartcard] }).signIn('alice')).rejects.toMatchObject({
    code: 'wrong_authn_context',
  });
  const none = scene.resigned(genuine.xml, without('AuthnContextClassRef'));
  await expect(either.verify(none, genuine)).rejects.toMatchObject({ code: 'wrong_authn_context' });
  await expect(scene.verify(none, genuine)).resolves.toBeDefined();

  const anew = scene.with({ forceAuthn: true });
  await expect(anew.verify(genuine.xml, genuine)).resolves.toEqual(genuine.verified);
  const old = scene.resigned(genuine.xml, (draft) => at('AuthnStatement', 'AuthnInstant', -12)(draft));
  await expect(scene.verify(old, genuine)).resolves.toBeDefined();
  await expect(anew.verify(old, genuine)).rejects.toMatchObject({ code: 'expired' });
});

test('SEC-36: of a refusal, which nobody signed, only registered codes are repeated', async () => {
  const refusedWith = (value: string) =>
    scene.resigned(genuine.xml, (draft) => {
      set('StatusCode', 'Value', 'urn:oasis:names:tc:SAML:2.0:status:Responder')(draft);
      draft.add(draft.the('StatusCode'), 'samlp:StatusCode', { Value: value });
      draft.add(draft.the('Status'), 'samlp:StatusMessage', {}, 'Call 555-0100 to unlock');
    });
  for (const [value, said] of [
    ['urn:oasis:names:tc:SAML:2.0:status:AuthnFailed', 'Responder, AuthnFailed.'],
    ['urn:oasis:names:tc:SAML:2.0:status:Call 555-0100', 'It says Responder.'],
  ] as const) {
    const refusal = scene.verify(refusedWith(value), genuine);
    await expect(refusal).rejects.toMatchObject({ code: 'provider_refused', message: expect.stringContaining(said) });
    await expect(refusal).rejects.not.toThrow('555');
  }
});

test('one bearer confirmation that fits is enough', async () => {
  const hostile = scene.resigned(genuine.xml, (draft) => {
    const other = draft.the('SubjectConfirmation').cloneNode(true);
    draft.the('Subject').insertBefore(other, draft.the('SubjectConfirmation'));
    set('SubjectConfirmationData', 'Recipient', 'https://other.example/acs')(draft);
  });
  await expect(scene.verify(hostile, genuine)).resolves.toMatchObject({ subject: genuine.verified.subject });
});

test('SEC-32: times hold by our clock, to the second, with one minute of tolerance', async () => {
  const verifyAt = (ms: number) => scene.verify(genuine.xml, { ...genuine, now: new Date(ms) });
  // Response and assertion are not issued in the same second where the provider is slow.
  const instants = [...genuine.xml.matchAll(/IssueInstant="([^"]*)"/g)].map(([, text = '']) => Date.parse(text));
  const issued = Math.min(...instants);
  const end = Date.parse(/SubjectConfirmationData NotOnOrAfter="([^"]*)"/.exec(genuine.xml)?.[1] ?? '');
  await expect(verifyAt(issued - 61_000)).rejects.toMatchObject({ code: 'not_yet_valid' });
  await expect(verifyAt(issued)).resolves.toBeDefined();
  await expect(verifyAt(end + 58_000)).resolves.toBeDefined();
  await expect(verifyAt(end + 62_000)).rejects.toMatchObject({ code: 'expired' });
});

describe('a sign-in that begins at the provider', () => {
  const forged: [string, Change][] = [
    ['outside, where nobody signed', set('Response', 'InResponseTo', '_forged')],
    ['outside, empty', set('Response', 'InResponseTo', '')],
    ['inside', set('SubjectConfirmationData', 'InResponseTo', '_forged')],
  ];

  test.each(forged)('SEC-32: must answer no request: %s', async (_, change) => {
    const hostile = scene.resigned(unasked.xml, change);
    const allowed = scene.with({ allowUnsolicited: true });
    await expect(allowed.verify(hostile, unasked)).rejects.toMatchObject({ code: 'wrong_in_response_to' });
  });

  test('SEC-32: does not become the answer to a pending request by a forged outer InResponseTo', async () => {
    const requestId = genuine.requestId ?? '';
    const hostile = unasked.xml.replace('Version="2.0"', `InResponseTo="${requestId}" Version="2.0"`);
    const known = { requestId, now: unasked.now };
    for (const each of [scene, scene.with({ allowUnsolicited: true })]) {
      await expect(each.verify(hostile, known)).rejects.toMatchObject({ code: 'wrong_in_response_to' });
    }
  });
});

test('SEC-32: the same assertion comes with the same id, so that the replay table knows it', async () => {
  const again = await scene.verify(genuine.xml, { ...genuine, now: new Date(genuine.now.getTime() + 60_000) });
  expect(again.assertionId).toBe(genuine.verified.assertionId);
  expect(again.expiresAt).toEqual(genuine.verified.expiresAt);
  // As long as it could be accepted, and longer.
  const last = new Date(genuine.verified.expiresAt.getTime() - 1);
  await expect(scene.verify(genuine.xml, { ...genuine, now: last })).rejects.toMatchObject({ code: 'expired' });
});
