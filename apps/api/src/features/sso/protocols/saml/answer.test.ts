import { expect, test } from 'vitest';
import { SsoFault } from '../identity.ts';
import type { SamlConfig } from '../schemas.ts';
import { samlIdentity } from './answer.ts';
import type { VerifiedSamlAssertion } from './assertion.ts';
import { SamlFault, samlFault } from './fault.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const persistent: SamlConfig = {
  idpEntityId: 'https://idp.example/metadata',
  ssoUrl: 'https://idp.example/sso',
  certificates: [],
  subject: { source: 'name_id', format: 'persistent' },
};
const byAddress: SamlConfig = { ...persistent, subject: { source: 'name_id', format: 'email_address' } };
const byAttribute: SamlConfig = { ...persistent, subject: { source: 'attribute', name: 'uid' } };

const assertion: VerifiedSamlAssertion = {
  assertionId: '_a',
  expiresAt: now,
  issuer: persistent.idpEntityId,
  subject: 'Max@Acme.example',
  authnInstant: new Date('2026-03-01T11:59:00.000Z'),
  attributes: [],
};
const said = (more: Partial<VerifiedSamlAssertion>, config = persistent) =>
  samlIdentity(config, { ...assertion, ...more }, ['acme.example'], now);
const faultOf = (judge: () => unknown): unknown => {
  try {
    return judge();
  } catch (fault) {
    return fault;
  }
};

test('SEC-31: a subject is taken as it came, and vouches for no address that is not there', () => {
  expect(said({})).toEqual({
    issuer: persistent.idpEntityId,
    subject: 'Max@Acme.example',
    tenantId: null,
    email: null,
    mayMatchAddress: false,
    name: null,
    multiFactor: false,
    federation: {},
    authenticatedAtMs: assertion.authnInstant.getTime(),
    received: [
      { name: 'Issuer', values: [persistent.idpEntityId] },
      { name: 'Subject', values: ['Max@Acme.example'] },
    ],
  });
});

test('SEC-31: the address of an attribute is vouched for by the provider; what is none is nobody’s', () => {
  const named = { email: 'Max@Acme.example', name: 'Max' };
  expect(said(named)).toMatchObject({ email: 'max@acme.example', mayMatchAddress: true, name: 'Max' });
  expect(said({ email: 'max' })).toMatchObject({ email: null, mayMatchAddress: false });
});

test('SEC-31: a NameID that is an address counts within the verified domains', () => {
  expect(said({}, byAddress)).toMatchObject({ subject: 'max@acme.example', email: 'max@acme.example' });
  expect(said({ email: 'other@acme.example' }, byAddress).email).toBe('other@acme.example');
  const outside = { subject: 'max@evil.example' };
  expect(faultOf(() => said(outside, byAddress))).toMatchObject({
    code: 'sso_failed',
    message: expect.stringContaining('outside of the verified domains (evil.example)'),
    received: expect.arrayContaining([{ name: 'Subject', values: ['max@evil.example'] }]),
  });
  // An identifier that only looks like one is bound to no domain.
  expect(said(outside).subject).toBe('max@evil.example');
  expect(said(outside, byAttribute)).toMatchObject({ subject: 'max@evil.example', email: null });
});

test('a session that is over at the provider begins none here', () => {
  const until = (ms: number) => ({ sessionNotOnOrAfter: new Date(now.getTime() + ms) });
  expect(faultOf(() => said(until(0)))).toMatchObject({
    code: 'sso_expired',
    received: expect.arrayContaining([{ name: 'Issuer', values: [persistent.idpEntityId] }]),
  });
  expect(said(until(1)).federation).toEqual({ sessionNotOnOrAfter: '2026-03-01T12:00:00.001Z' });
});

test('whether several factors were asked for is said by the context, or by the methods of Microsoft', () => {
  const name = 'http://schemas.microsoft.com/claims/authnmethodsreferences';
  const context = 'https://refeds.org/profile/mfa';
  const values = ['http://schemas.microsoft.com/claims/multipleauthn', ...Array.from({ length: 20 }, String)];
  const byContext = said({ authnContextClassRef: context });
  expect(byContext).toMatchObject({ multiFactor: true, federation: { acr: context } });
  expect(byContext.received).toContainEqual({ name: 'AuthnContextClassRef', values: [context] });
  const { multiFactor, federation } = said({ attributes: [{ name, values }] });
  expect(multiFactor).toBe(true);
  expect(federation).toEqual({ amr: values.slice(0, 20) });
  expect(said({ attributes: [{ name: 'amr', values }] })).toMatchObject({ multiFactor: false, federation: {} });
});

test('SEC-50: of what came as much is kept as a page shows', () => {
  const long = { name: 'n'.repeat(201), values: Array.from({ length: 21 }, () => 'v'.repeat(501)) };
  const attributes = [long, ...Array.from({ length: 60 }, (_, index) => ({ name: `a${index}`, values: [] }))];
  const { received } = said({ attributes });
  expect(received).toHaveLength(52);
  expect(received[2]).toEqual({ name: 'n'.repeat(200), values: Array.from({ length: 20 }, () => 'v'.repeat(500)) });
});

test('what the adapter refuses is a sign-in that failed, or one that took too long; a fault of ours stays one', () => {
  const expired = new SamlFault('expired', 'It is over.');
  expect(samlFault(expired)).toBeInstanceOf(SsoFault);
  expect(samlFault(expired)).toMatchObject({ code: 'sso_expired', message: 'It is over.', cause: expired });
  expect(samlFault(new SamlFault('unsigned', 'Nobody signed.'))).toMatchObject({ code: 'sso_failed' });
  const ours = new TypeError('x');
  expect(samlFault(ours)).toBe(ours);
});
