import { describe, expect, test } from 'vitest';
import { SsoFault } from '../identity.ts';
import type { ConfigOf } from '../schemas.ts';
import { assertSoundToken, type Claims, entraIdentity, googleIdentity, kindOfIssuer, oidcIdentity } from './claims.ts';

const DIRECTORY = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa';
const OTHER_DIRECTORY = 'bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb';
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const OBJECT = 'cccccccc-3333-4333-8333-cccccccccccc';

const faultOf = (judge: () => unknown): string => {
  try {
    judge();
  } catch (fault) {
    if (fault instanceof SsoFault) return fault.message;
    throw fault;
  }
  return '';
};

test.each([
  ['https://accounts.google.com', 'google'],
  ['https://ACCOUNTS.google.com/', 'google'],
  ['https://accounts.google.com./', 'google'],
  ['accounts.google.com', 'google'],
  ['http://accounts.google.com', 'google'],
  ['HTTPS://accounts.google.com', 'google'],
  ['https://login.microsoftonline.com/common/v2.0', 'entra'],
  ['https://login.microsoftonline.com:443/organizations/v2.0', 'entra'],
  ['https://login.microsoftonline.us/common/v2.0', 'entra'],
  ['https://sts.windows.net/aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa/', 'entra'],
  ['https://google.com.evil.example', null],
  ['https://accounts.google.com.evil.example', null],
  ['https://evil.example/?https://accounts.google.com', null],
  ['https://id.example.org', null],
  ['https://', null],
  ['', null],
  [undefined, null],
])('SEC-36: an issuer of another kind is known under every spelling: %s', (issuer, kind) => {
  expect(kindOfIssuer(issuer)).toBe(kind);
});

describe('SEC-30: a token is sound', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const seconds = now.getTime() / 1000;
  const sound = { iat: seconds, sub: 'a' };

  test.each<[string, Claims]>([
    ['issued now', sound],
    ['issued by a clock that is a minute ahead', { ...sound, iat: seconds + 60 }],
    ['issued long ago: when it ends is said elsewhere', { ...sound, iat: 0 }],
    ['with the longest subject', { ...sound, sub: '~'.repeat(255) }],
    ['with a space within the subject', { ...sound, sub: ' a b ' }],
  ])('%s', (_, claims) => expect(faultOf(() => assertSoundToken(claims, now))).toBe(''));

  test.each<[string, Claims, RegExp]>([
    ['issued more than a minute ahead', { ...sound, iat: seconds + 61 }, /in the future/],
    ['that does not say when it was issued', { sub: 'a' }, /in the future/],
    ['issued at a text', { ...sound, iat: String(seconds) }, /in the future/],
    ['without a subject', { iat: seconds }, /no subject/],
    ['with an empty one', { ...sound, sub: '' }, /no subject/],
    ['with one of spaces', { ...sound, sub: '  ' }, /no subject/],
    ['with one that is too long', { ...sound, sub: 'a'.repeat(256) }, /no subject/],
    ['with a letter beyond ASCII', { ...sound, sub: 'ä' }, /no subject/],
    ['with a line break', { ...sound, sub: 'a\nb' }, /no subject/],
    ['with one that ends in a control character', { ...sound, sub: 'a\u007f' }, /no subject/],
    ['with a number for a subject', { ...sound, sub: 7 }, /no subject/],
  ])('and refused %s', (_, claims, words) => {
    expect(faultOf(() => assertSoundToken(claims, now))).toMatch(words);
  });
});

const entra = { clientId: 'c', tenantIds: [DIRECTORY], allowGuests: false, allowPersonalAccounts: false };
const member = {
  iss: `https://login.microsoftonline.com/${DIRECTORY}/v2.0`,
  tid: DIRECTORY,
  oid: OBJECT,
  sub: 'pairwise',
  preferred_username: 'Max@Acme.example',
  email: 'other@acme.example',
  name: 'Max',
};
const ofDirectory = (tid: string) => ({ ...member, tid, iss: `https://login.microsoftonline.com/${tid}/v2.0` });

describe('SEC-30, SEC-31: Microsoft Entra ID', () => {
  test('an account is its object in its directory, and vouched for by its user principal name', () => {
    expect(entraIdentity(entra, member)).toMatchObject({
      issuer: member.iss,
      subject: OBJECT,
      tenantId: DIRECTORY,
      email: 'max@acme.example',
      mayMatchAddress: true,
      name: 'Max',
    });
  });

  test.each<[string, Claims, RegExp]>([
    ['no directory', { ...member, tid: undefined }, /no directory/],
    ['a directory that is no identifier', ofDirectory(`${DIRECTORY}/../${OTHER_DIRECTORY}`), /no directory/],
    ['something around its identifier', ofDirectory(`x${DIRECTORY}`), /no directory/],
    ['something behind its identifier', ofDirectory(`${DIRECTORY}x`), /no directory/],
    ['another issuer', { ...member, iss: ofDirectory(OTHER_DIRECTORY).iss }, /not the one that issued it/],
    ['a directory that is not on the list', ofDirectory(OTHER_DIRECTORY), /not among the tenant ids/],
    ['no object', { ...member, oid: undefined }, /no object id/],
    ['an object that is no identifier', { ...member, oid: `${OBJECT}0` }, /no object id/],
    ['the mark of a guest in its name', { ...member, preferred_username: 'max_x.example#EXT#@acme' }, /guest/],
    ['a home elsewhere', { ...member, idp: 'https://sts.windows.net/elsewhere/' }, /guest/],
    ['the account type of a guest', { ...member, acct: 1 }, /guest/],
    ['the account type of a guest as a text', { ...member, acct: '1' }, /guest/],
    ['a personal account', ofDirectory(PERSONAL), /personal/],
  ])('an account with %s is refused, and what it sent is kept', (_, claims, words) => {
    expect(faultOf(() => entraIdentity(entra, claims))).toMatch(words);
    expect(() => entraIdentity(entra, claims)).toThrow(
      expect.objectContaining({ received: expect.arrayContaining([{ name: 'name', values: ['Max'] }]) }),
    );
  });

  test('a personal account is refused by the list too, where only that names the directory', () => {
    const listed = { ...entra, tenantIds: [PERSONAL] };
    expect(faultOf(() => entraIdentity(listed, ofDirectory(PERSONAL)))).toMatch(/personal/);
  });

  test.each<[string, Claims, boolean]>([
    ['a member is no guest for naming its own issuer', { ...member, idp: member.iss }, true],
    ['a member is no guest for its account type', { ...member, acct: 0 }, true],
    ['a guest vouches for no address', { ...member, acct: 1 }, false],
    ['a personal account vouches for no address', ofDirectory(PERSONAL), false],
    ['nobody vouches for an address that there is not', { ...member, preferred_username: 'max' }, false],
  ])('%s', (_, claims, mayMatchAddress) => {
    const open = { ...entra, allowGuests: true, allowPersonalAccounts: true };
    expect(entraIdentity(open, claims)).toMatchObject({ subject: OBJECT, mayMatchAddress });
  });

  test.each([
    [true, 'other@acme.example'],
    [1, 'other@acme.example'],
    ['1', 'other@acme.example'],
    [false, 'max@acme.example'],
    [0, 'max@acme.example'],
    ['0', 'max@acme.example'],
    ['true', 'max@acme.example'],
    [undefined, 'max@acme.example'],
  ])('the e-mail claim counts where its domain has a known owner: %j', (xms_edov, email) => {
    expect(entraIdentity(entra, { ...member, xms_edov }).email).toBe(email);
  });

  test('the name of the account stands in for an e-mail claim that is missing', () => {
    expect(entraIdentity(entra, { ...member, xms_edov: true, email: undefined }).email).toBe('max@acme.example');
    expect(entraIdentity(entra, { ...member, preferred_username: undefined }).email).toBeNull();
  });
});

describe('SEC-30, SEC-31: Google', () => {
  const google = { clientId: 'c', hostedDomains: ['acme.example'] };
  const account = { iss: 'https://accounts.google.com', sub: '1', hd: 'acme.example', email: 'Max@Acme.example' };

  test('an account is its subject; its address is vouched for where Google says that it is verified', () => {
    expect(googleIdentity(google, { ...account, email_verified: true, name: ' Max ' })).toMatchObject({
      subject: '1',
      tenantId: null,
      email: 'max@acme.example',
      mayMatchAddress: true,
      name: 'Max',
    });
    expect(googleIdentity(google, { ...account, email_verified: 'true' }).mayMatchAddress).toBe(false);
    expect(googleIdentity(google, { ...account, email: 'max', email_verified: true })).toMatchObject({
      email: null,
      mayMatchAddress: false,
      name: null,
    });
  });

  test.each<[string, unknown, RegExp]>([
    ['none', undefined, /outside of any Workspace domain/],
    ['a list', ['acme.example'], /outside of any Workspace domain/],
    ['another', 'sub.acme.example', /not among those/],
  ])('an account of %s is refused', (_, hd, words) => {
    expect(faultOf(() => googleIdentity(google, { ...account, hd }))).toMatch(words);
  });
});

describe('any other provider', () => {
  const oidc: ConfigOf<'oidc'> = {
    issuer: 'https://id.example.org',
    clientId: 'c',
    clientAuthentication: 'client_secret_basic',
    signingAlgorithm: 'RS256',
    scopes: [],
    nameClaim: null,
  };
  const account = { iss: 'https://id.example.org', sub: '1', name: 'Max', nickname: 'M' };

  test('SEC-36: those that have a kind of their own are refused', () => {
    const issuer = ofDirectory(DIRECTORY).iss;
    expect(faultOf(() => oidcIdentity(oidc, { ...account, iss: issuer }))).toMatch(/kind entra/);
    expect(faultOf(() => oidcIdentity(oidc, { ...account, iss: 'accounts.google.com' }))).toMatch(/kind google/);
  });

  test('the name is where the connection says', () => {
    expect(oidcIdentity(oidc, account).name).toBe('Max');
    expect(oidcIdentity({ ...oidc, nameClaim: 'nickname' }, account).name).toBe('M');
    expect(oidcIdentity(oidc, { ...account, name: ` ${'n'.repeat(201)}` }).name).toBe('n'.repeat(200));
    expect(oidcIdentity(oidc, { ...account, name: '\u0000 ' }).name).toBeNull();
  });

  test.each([
    ['an amr', { amr: ['pwd', 'mfa'] }, true, { amr: ['pwd', 'mfa'] }],
    ['an acr', { acr: 'https://refeds.org/profile/mfa' }, true, { acr: 'https://refeds.org/profile/mfa' }],
    ['neither', {}, false, {}],
    ['an amr of other things', { amr: ['pwd', 7, ''], acr: 'urn:other' }, false, { amr: ['pwd'], acr: 'urn:other' }],
    ['an amr that is no list', { amr: 'mfa' }, false, {}],
  ])('whether several factors were asked for is said by %s', (_, claims, multiFactor, federation) => {
    expect(oidcIdentity(oidc, { ...account, ...claims })).toMatchObject({ multiFactor });
    expect(oidcIdentity(oidc, { ...account, ...claims }).federation).toEqual(federation);
  });

  test('of methods twenty are kept', () => {
    const amr = Array.from({ length: 21 }, (_, index) => `method-${index}`);
    expect(oidcIdentity(oidc, { ...account, amr }).federation.amr).toEqual(amr.slice(0, 20));
  });

  test('when the person proved itself is told in seconds, or not at all', () => {
    expect(oidcIdentity(oidc, { ...account, auth_time: 1_700_000_000 }).authenticatedAtMs).toBe(1_700_000_000_000);
    expect(oidcIdentity(oidc, { ...account, auth_time: '1700000000' }).authenticatedAtMs).toBeNull();
  });

  test('SEC-50: what came is kept for the page of a test, in bounds, without what only protocols understand', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`claim-${index}`, index]));
    const { received } = oidcIdentity(oidc, {
      ...{ nonce: 'n', at_hash: 'h', sid: 's', jti: 'j' },
      groups: Array.from({ length: 21 }, (_, index) => `g${index}`),
      address: { city: 'Ulm' },
      nothing: undefined,
      long: 'x'.repeat(501),
      ['n'.repeat(201)]: 'a\u0000b',
      ...many,
    });
    expect(received.slice(0, 5)).toEqual([
      { name: 'groups', values: Array.from({ length: 20 }, (_, index) => `g${index}`) },
      { name: 'address', values: ['{"city":"Ulm"}'] },
      { name: 'nothing', values: [''] },
      { name: 'long', values: ['x'.repeat(500)] },
      { name: 'n'.repeat(200), values: ['a b'] },
    ]);
    expect(received).toHaveLength(50);
  });
});
