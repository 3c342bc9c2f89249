import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outbound, OutboundError, type OutboundRequest } from '../../../../platform/net/outbound.ts';
import { TestClock } from '../../../../testing/clock.ts';
import { SsoFault } from '../identity.ts';
import type { ConfigOf } from '../schemas.ts';
import { OidcAdapter } from './adapter.ts';
import type { Claims } from './claims.ts';
import { issuerOf, type OidcConnection } from './discovered-clients.ts';

/*
 * What is asked and what is made of each answer, with a provider that answers from here: those that misbehave in a
 * way that no real one can be brought to are among them.
 */

const ISSUER = 'https://id.example.org';
const DIRECTORY = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa';
const OTHER_DIRECTORY = 'bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb';
const AUTHORITY = 'https://login.microsoftonline.com';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

type Answer = Response | Error;
const json = (body: unknown, status = 200): Response => Response.json(body, { status });

/** Answers in place of the network, and keeps what was asked. */
class PlayedProvider extends Outbound {
  readonly asked: (OutboundRequest & { url: string })[] = [];
  metadata: Record<string, unknown> = {};
  /** In place of the answer that there is otherwise, by the end of the path. */
  answers: Record<string, () => Answer> = {};
  claims: Claims = {};
  userInfo: Claims = {};
  key: KeyObject = rsa.privateKey;
  algorithm: 'RS256' | 'ES256' = 'RS256';

  constructor(private readonly issuer: string) {
    super({ allowLoopback: false });
  }

  get discoveries(): string[] {
    return this.asked.map(({ url }) => url).filter((url) => url.includes('.well-known'));
  }

  /** What was sent to redeem the code. */
  get redeemed(): { authorization: string | undefined; form: Record<string, string> } {
    const request = this.asked.find(({ url }) => url.endsWith('/token'));
    return {
      authorization: new Headers(request?.headers).get('authorization') ?? undefined,
      form: Object.fromEntries(new URLSearchParams(String(request?.body))),
    };
  }

  override fetch(url: string, init: OutboundRequest = {}): Promise<Response> {
    this.asked.push({ url, ...init });
    const [, played] = Object.entries(this.answers).find(([path]) => url.endsWith(path)) ?? [];
    const answer = played?.() ?? this.answer(url);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }

  private answer(url: string): Answer {
    switch (new URL(url).pathname.split('/').at(-1)) {
      case 'openid-configuration':
        return json({
          issuer: this.issuer,
          authorization_endpoint: `${ISSUER}/authorize`,
          token_endpoint: `${ISSUER}/token`,
          userinfo_endpoint: `${ISSUER}/userinfo`,
          jwks_uri: `${ISSUER}/keys`,
          ...this.metadata,
        });
      case 'keys': {
        const keys = [rsa, ec].map(({ publicKey }, index) => ({
          ...publicKey.export({ format: 'jwk' }),
          kid: `${index}`,
        }));
        return json({ keys });
      }
      case 'token': {
        const kid = this.algorithm === 'RS256' ? '0' : '1';
        const key = this.key.export({ type: 'pkcs8', format: 'pem' });
        const sign = createSigner({ algorithm: this.algorithm, key, kid });
        return json({ access_token: 'access', token_type: 'Bearer', id_token: sign(this.claims) });
      }
      default:
        return json(this.userInfo);
    }
  }
}

const oidc = (config: Partial<ConfigOf<'oidc'>> = {}, more: Partial<OidcConnection> = {}): OidcConnection => ({
  id: 'c1',
  configuration: '1',
  provider: {
    kind: 'oidc',
    config: {
      issuer: ISSUER,
      clientId: 'client',
      clientAuthentication: 'client_secret_basic',
      signingAlgorithm: 'RS256',
      scopes: ['profile', 'email'],
      nameClaim: null,
      ...config,
    },
  },
  clientSecret: 'secret',
  ...more,
});
const google = (...hostedDomains: string[]): OidcConnection => ({
  ...oidc(),
  provider: { kind: 'google', config: { clientId: 'client', hostedDomains } },
});
const entra = (tenantIds: string[], allowPersonalAccounts = false): OidcConnection => ({
  ...oidc(),
  provider: { kind: 'entra', config: { clientId: 'client', tenantIds, allowGuests: false, allowPersonalAccounts } },
});
const member = {
  iss: `${AUTHORITY}/${DIRECTORY}/v2.0`,
  tid: DIRECTORY,
  oid: 'cccccccc-3333-4333-8333-cccccccccccc',
};

let clock: TestClock;
beforeEach(() => {
  clock = new TestClock();
  // What the library reads goes with it, until a test says otherwise.
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (seconds: number): void => {
  clock.advance({ seconds });
  vi.setSystemTime(clock.now());
};

function setUp(issuer = ISSUER) {
  const provider = new PlayedProvider(issuer);
  const adapter = new OidcAdapter({ outbound: provider, clock, publicUrl: new URL('https://login.example') });
  const start = async (connection = oidc(), fresh = false) => {
    const { url, attempt } = await adapter.start(connection, 'the-state', fresh);
    return { attempt, query: Object.fromEntries(url.searchParams), url };
  };
  /** From the start to the answer, whose ID token says `claims` beside what every one has to. */
  const signIn = async (connection = oidc(), claims: Claims = {}, answer = 'code=the-code') => {
    const { attempt } = await start(connection);
    const iat = clock.now().getTime() / 1000;
    provider.claims = {
      ...{ iss: issuer, aud: 'client', sub: 'a', nonce: attempt.nonce, iat, exp: iat + 300 },
      ...{ email: 'max@acme.example', email_verified: true, name: 'Max' },
      ...claims,
    };
    const query = new URLSearchParams(`${answer}&state=the-state`);
    return adapter.finish(connection, query, 'the-state', attempt);
  };
  return { provider, adapter, start, signIn };
}

const faultOf = async (work: Promise<unknown>): Promise<SsoFault> => {
  const [settled] = await Promise.allSettled([work]);
  if (settled.status === 'fulfilled' || !(settled.reason instanceof SsoFault)) throw new Error('There was no fault.');
  return settled.reason;
};

describe('what is asked of the browser', () => {
  test('SEC-30: the code flow with PKCE, state and nonce of its own', async () => {
    const { start } = setUp();
    const { url, query, attempt } = await start();
    expect(`${url.origin}${url.pathname}`).toBe(`${ISSUER}/authorize`);
    expect(query).toEqual({
      client_id: 'client',
      response_type: 'code',
      redirect_uri: 'https://login.example/api/v1/auth/sso/c1/callback',
      scope: 'openid profile email',
      state: 'the-state',
      nonce: attempt.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const another = await start();
    expect(another.attempt.nonce).not.toBe(attempt.nonce);
    expect(another.attempt.codeVerifier).not.toBe(attempt.codeVerifier);
  });

  test('each scope once, openid first', async () => {
    const { start } = setUp();
    expect((await start(oidc({ scopes: ['email', 'openid', 'groups'] }))).query.scope).toBe('openid email groups');
    expect((await start(google('acme.example'))).query.scope).toBe('openid profile email');
  });

  test.each([
    [['acme.example'], 'acme.example'],
    [['acme.example', 'acme.test'], '*'],
    [[], '*'],
  ])('Google offers the accounts of its Workspace domains: %j', async (domains, hd) => {
    const { start } = setUp('https://accounts.google.com');
    expect((await start(google(...domains))).query.hd).toBe(hd);
  });

  test('a person is asked again where the session there is not enough, as far as the provider can', async () => {
    const { start } = setUp();
    expect((await start(oidc(), true)).query).toMatchObject({ prompt: 'login', max_age: '0' });
    const ofGoogle = (await setUp('https://accounts.google.com').start(google('acme.example'), true)).query;
    expect(ofGoogle).toMatchObject({ prompt: 'select_account' });
    expect(ofGoogle).not.toHaveProperty('max_age');
  });

  test.each(['http://id.example.org/authorize', 'javascript:alert(1)'])('nothing at %s', async (endpoint) => {
    const { provider, start } = setUp();
    provider.metadata = { authorization_endpoint: endpoint };
    expect(await faultOf(start())).toMatchObject({
      code: 'sso_unavailable',
      message: expect.stringMatching(/only requests to HTTPS are allowed/),
    });
  });
});

describe('where a provider is read', () => {
  test.each<[string, OidcConnection, string]>([
    ['one directory', entra([DIRECTORY]), `${AUTHORITY}/${DIRECTORY}/v2.0`],
    ['several directories', entra([DIRECTORY, OTHER_DIRECTORY]), `${AUTHORITY}/organizations/v2.0`],
    ['personal accounts too', entra([DIRECTORY], true), `${AUTHORITY}/common/v2.0`],
    ['Google', google(), 'https://accounts.google.com/'],
    ['another', oidc(), `${ISSUER}/`],
  ])('%s', (_, connection, issuer) => {
    expect(issuerOf(connection.provider).href).toBe(issuer);
  });

  test('SEC-30: a directory of several answers in its own name', async () => {
    const template = setUp(`${AUTHORITY}/{tenantid}/v2.0`);
    const connection = entra([DIRECTORY, OTHER_DIRECTORY]);
    expect(await template.signIn(connection, member)).toMatchObject({ subject: member.oid, tenantId: DIRECTORY });
    expect(await faultOf(template.signIn(connection, { ...member, tid: OTHER_DIRECTORY }))).toMatchObject({
      code: 'sso_failed',
    });
  });

  test('once for those who come at the same time, and again after ten minutes', async () => {
    const { provider, start } = setUp();
    await Promise.all([start(), start(), start()]);
    pass(599);
    await start();
    expect(provider.discoveries).toEqual([`${ISSUER}/.well-known/openid-configuration`]);
    pass(1);
    await start();
    expect(provider.discoveries).toHaveLength(2);
  });

  test('again for another connection, and for another configuration of one', async () => {
    const { provider, start } = setUp();
    await start();
    await start(oidc({}, { configuration: '2' }));
    await start(oidc({}, { id: 'c2' }));
    await start();
    expect(provider.discoveries).toHaveLength(3);
  });

  test('again after a fault, so that a provider that changed its keys is known the next time', async () => {
    const { provider, signIn } = setUp();
    provider.key = foreign.privateKey;
    await faultOf(signIn());
    provider.key = rsa.privateKey;
    await signIn();
    expect(provider.discoveries).toHaveLength(2);
    expect(provider.asked.filter(({ url }) => url.endsWith('/keys'))).toHaveLength(2);
  });

  test('five hundred are kept, and the oldest goes for the next', async () => {
    const { provider, start } = setUp();
    for (let index = 0; index < 500; index += 1) await start(oidc({}, { id: `c${index}` }));
    await start(oidc({}, { id: 'c0' }));
    expect(provider.discoveries).toHaveLength(500);
    await start(oidc({}, { id: 'c500' }));
    await start(oidc({}, { id: 'c1' }));
    expect(provider.discoveries).toHaveLength(501);
    await start(oidc({}, { id: 'c0' }));
    expect(provider.discoveries).toHaveLength(502);
  });

  test.each([1, -1])('times are judged by the clock that is given, also after it was set: %j', async (direction) => {
    const { provider, signIn } = setUp();
    vi.setSystemTime(new Date(clock.now().getTime() + direction * 3_600_000));
    expect(await signIn()).toMatchObject({ subject: 'a' });
    vi.setSystemTime(new Date(Date.now() + direction * 5000));
    await signIn();
    expect(provider.discoveries).toHaveLength(1);
    vi.setSystemTime(new Date(Date.now() + direction * 1000));
    await signIn();
    expect(provider.discoveries).toHaveLength(2);
  });
});

describe('how the code is redeemed', () => {
  const basic = `Basic ${Buffer.from('client:secret').toString('base64')}`;
  const inForm = { client_id: 'client', client_secret: 'secret' };
  test.each<[string, OidcConnection, string | undefined, Record<string, string>]>([
    ['by HTTP Basic', oidc(), basic, {}],
    ['in the form', oidc({ clientAuthentication: 'client_secret_post' }), undefined, inForm],
    ['by a public client', oidc({ clientAuthentication: 'none' }), undefined, { client_id: 'client' }],
    ['where there is no secret', oidc({}, { clientSecret: undefined }), undefined, { client_id: 'client' }],
  ])('%s', async (_, connection, authorization, form) => {
    const { provider, signIn } = setUp();
    await signIn(connection);
    const standard = {
      grant_type: 'authorization_code',
      code: 'the-code',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: 'https://login.example/api/v1/auth/sso/c1/callback',
    };
    expect(provider.redeemed).toEqual({ authorization, form: { ...standard, ...form } });
  });

  test('by Google and Microsoft in the form', async () => {
    const workspace = setUp('https://accounts.google.com');
    const account = { iss: 'https://accounts.google.com', hd: 'acme.example' };
    expect(await workspace.signIn(google('acme.example'), account)).toMatchObject({ email: 'max@acme.example' });
    expect(workspace.provider.redeemed).toMatchObject({ authorization: undefined, form: inForm });
    const directory = setUp(member.iss);
    expect(await directory.signIn(entra([DIRECTORY]), member)).toMatchObject({ tenantId: DIRECTORY });
    expect(directory.provider.redeemed).toMatchObject({ authorization: undefined, form: inForm });
  });

  test.each(['state=another', 'state=', ''])('SEC-30: not with another state: "%s"', async (state) => {
    const { adapter, provider, start } = setUp();
    const { attempt } = await start();
    const query = new URLSearchParams(`code=the-code&${state}`);
    expect(await faultOf(adapter.finish(oidc(), query, 'the-state', attempt))).toMatchObject({ code: 'sso_failed' });
    expect(provider.redeemed.form).not.toHaveProperty('code');
  });
});

describe('SEC-30: whose ID token is taken', () => {
  test.each<[string, (provider: PlayedProvider) => void, Claims]>([
    ['signed by another', (provider) => Object.assign(provider, { key: foreign.privateKey }), {}],
    ['signed another way', (provider) => Object.assign(provider, { key: ec.privateKey, algorithm: 'ES256' }), {}],
    ['with another nonce', () => undefined, { nonce: 'another' }],
    ['without a nonce', () => undefined, { nonce: undefined }],
    ['for another', () => undefined, { aud: 'another' }],
    ['of another', () => undefined, { iss: 'https://other.example' }],
    ['that is over', () => undefined, { exp: Date.parse('2026-03-01T11:59:00Z') / 1000 }],
    ['of the future', () => undefined, { iat: Date.parse('2026-03-01T12:01:01Z') / 1000 }],
    ['without a subject', () => undefined, { sub: ' ' }],
  ])('not one %s', async (_, prepare, claims) => {
    const { provider, signIn } = setUp();
    prepare(provider);
    expect(await faultOf(signIn(oidc(), claims))).toMatchObject({ code: 'sso_failed' });
  });

  test('one that is signed as the connection says, whatever the provider announces', async () => {
    const { provider, signIn } = setUp();
    provider.metadata = { id_token_signing_alg_values_supported: ['RS256'] };
    Object.assign(provider, { key: ec.privateKey, algorithm: 'ES256' });
    expect(await signIn(oidc({ signingAlgorithm: 'ES256' }))).toMatchObject({ subject: 'a' });
  });

  test('one of Google by RS256 alone, whatever is announced in its name', async () => {
    const { provider, signIn } = setUp('https://accounts.google.com');
    provider.metadata = { id_token_signing_alg_values_supported: ['ES256'] };
    Object.assign(provider, { key: ec.privateKey, algorithm: 'ES256' });
    const account = { iss: 'https://accounts.google.com', hd: 'acme.example' };
    expect(await faultOf(signIn(google('acme.example'), account))).toMatchObject({ code: 'sso_failed' });
  });

  test('not an answer without one', async () => {
    const { provider, signIn } = setUp();
    provider.answers['/token'] = () => json({ access_token: 'access', token_type: 'Bearer' });
    expect(await faultOf(signIn())).toMatchObject({ code: 'sso_failed' });
  });
});

describe('SEC-36: what the userinfo endpoint adds', () => {
  const asksMore = (provider: PlayedProvider) => provider.asked.some(({ url }) => url.endsWith('/userinfo'));

  test('nothing where address and name are there', async () => {
    const { provider, signIn } = setUp();
    expect(await signIn()).toMatchObject({ email: 'max@acme.example', name: 'Max', mayMatchAddress: true });
    expect(asksMore(provider)).toBe(false);
    await signIn(oidc({ nameClaim: 'nickname' }), { nickname: 'M', name: undefined });
    expect(asksMore(provider)).toBe(false);
  });

  test.each<[string, ConfigOf<'oidc'>['nameClaim'], Claims, Claims, object]>([
    [
      'the name',
      null,
      { name: undefined },
      { name: 'Max M.', email: 'other@acme.example', email_verified: true },
      { name: 'Max M.', email: 'max@acme.example', mayMatchAddress: true },
    ],
    [
      'the name under another claim',
      'nickname',
      {},
      { nickname: 'M', name: 'Another' },
      { name: 'M', email: 'max@acme.example' },
    ],
    [
      'the address, with the mark that stands beside it',
      null,
      { email: undefined, email_verified: true },
      { email: 'max@acme.example', email_verified: false, name: 'Another' },
      { name: 'Max', email: 'max@acme.example', mayMatchAddress: false },
    ],
    [
      'the address, where it is verified there',
      null,
      { email: undefined, email_verified: undefined },
      { email: 'max@acme.example', email_verified: true },
      { name: 'Max', email: 'max@acme.example', mayMatchAddress: true },
    ],
    [
      'no mark for an address that was there',
      null,
      { name: undefined, email_verified: undefined },
      { email: 'max@acme.example', email_verified: true },
      { name: null, email: 'max@acme.example', mayMatchAddress: false },
    ],
  ])('%s', async (_, nameClaim, claims, userInfo, identity) => {
    const { provider, signIn } = setUp();
    provider.userInfo = { sub: 'a', ...userInfo };
    expect(await signIn(oidc({ nameClaim }), claims)).toMatchObject(identity);
    const [request] = provider.asked.filter(({ url }) => url.endsWith('/userinfo'));
    expect(new Headers(request?.headers).get('authorization')).toBe('Bearer access');
    expect(request?.body).toBeUndefined();
  });

  test('nothing where there is none', async () => {
    const { provider, signIn } = setUp();
    provider.metadata = { userinfo_endpoint: undefined };
    expect(await signIn(oidc(), { name: undefined })).toMatchObject({ name: null, email: 'max@acme.example' });
    expect(asksMore(provider)).toBe(false);
  });

  test('nothing of somebody else', async () => {
    const { provider, signIn } = setUp();
    provider.userInfo = { sub: 'another', name: 'Another' };
    expect(await faultOf(signIn(oidc(), { name: undefined }))).toMatchObject({ code: 'sso_failed' });
  });
});

describe('what went wrong, in words', () => {
  const timedOut = (name: string) => () => new DOMException('The operation was aborted.', name);
  const redirect = () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example' } });
  const wrapped = (depth: number): Error =>
    depth === 0
      ? new OutboundError('id.example.org cannot be reached (ECONNREFUSED).')
      : new Error('x', { cause: wrapped(depth - 1) });

  test.each<[string, () => Answer, string, RegExp]>([
    ['nobody there', () => wrapped(0), 'sso_unavailable', /^id\.example\.org cannot be reached \(ECONNREFUSED\)\.$/],
    ['nobody there, said within', () => wrapped(3), 'sso_unavailable', /^id\.example\.org cannot be reached/],
    ['no answer in time', timedOut('TimeoutError'), 'sso_unavailable', /^The provider did not answer in time\.$/],
    ['an answer that was broken off', timedOut('AbortError'), 'sso_unavailable', /did not answer in time/],
    [
      'a page',
      () => new Response('<p>Busy', { headers: { 'content-type': 'text/html' } }),
      'sso_unavailable',
      /answer is not valid: /,
    ],
    [
      'no JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      'sso_unavailable',
      /answer is not valid: .*; /,
    ],
    ['a redirect', redirect, 'sso_unavailable', /answer is not valid: /],
    [
      'what nobody knows',
      () => new Error(`Strange. ${'x'.repeat(600)}`),
      'sso_unavailable',
      /^The provider's answer is not valid: (?=.{500}\.$)[\w ]+; Strange\. x+\.$/,
    ],
  ])('at the start: %s', async (_, answer, code, message) => {
    const { provider, start } = setUp();
    provider.answers['openid-configuration'] = answer;
    const fault = await faultOf(start());
    expect(fault).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(fault.cause).toBeInstanceOf(Error);
  });

  const refusal = (body: unknown) => () => json(body, 400);
  test.each<[string, () => Answer, string, RegExp]>([
    [
      'refused',
      refusal({ error: 'invalid_client' }),
      'sso_failed',
      /refused to redeem the code \(invalid_client\)\. Check/,
    ],
    [
      'refused with words',
      refusal({ error: 'invalid_grant', error_description: 'x'.repeat(400) }),
      'sso_failed',
      /refused to redeem the code \(invalid_grant: x{285}\)\. Check client id, client secret and redirect URI\.$/,
    ],
    [
      'a page',
      () => new Response('<p>Busy', { headers: { 'content-type': 'text/html' } }),
      'sso_unavailable',
      /not valid: /,
    ],
    [
      'no JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      'sso_unavailable',
      /not valid: /,
    ],
    ['an error of its own', () => new Response('', { status: 500 }), 'sso_unavailable', /not valid: /],
    ['no token', () => json({ token_type: 'Bearer' }), 'sso_failed', /not valid: /],
    ['what nobody knows', () => new Error('Strange.'), 'sso_failed', /not valid: [\w ]+; Strange\.\.$/],
    ['nobody there, said too deep within', () => wrapped(4), 'sso_failed', /not valid: [\w ]+; x; x; x; x\.$/],
  ])('when the code is redeemed: %s', async (_, answer, code, message) => {
    const { provider, signIn } = setUp();
    provider.answers['/token'] = answer;
    const fault = await faultOf(signIn());
    expect(fault).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(fault.cause).toBeInstanceOf(Error);
  });

  test.each([
    ['access_denied', 'access_denied'],
    ['login_required', 'login_required'],
    ['<b>call_me</b>', 'with an error code that is not registered'],
  ])('SEC-42: of an answer that came through a browser only a registered code is told: %s', async (error, said) => {
    const { signIn } = setUp();
    const answer = new URLSearchParams({ error, error_description: 'Call 0900.' }).toString();
    const fault = await faultOf(signIn(oidc(), {}, answer));
    expect(fault).toMatchObject({ code: 'sso_failed', message: `The provider refused the sign-in (${said}).` });
    expect(fault.cause).toBeInstanceOf(Error);
  });

  test('a fault that is one already stays as it is', async () => {
    const { signIn } = setUp('https://accounts.google.com');
    const fault = await faultOf(signIn(google('acme.example'), { hd: 'other.example' }));
    expect(fault).toMatchObject({ code: 'sso_failed', message: expect.stringMatching(/Workspace domain/) });
    expect(fault).toHaveProperty('received', expect.arrayContaining([{ name: 'hd', values: ['other.example'] }]));
  });
});
