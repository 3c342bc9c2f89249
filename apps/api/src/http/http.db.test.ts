import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, featuresOf } from '../app.ts';
import { createLogger } from '../logger.ts';
import { GOOD_PASSWORD, TestApp } from '../testing/app.ts';

let service: TestApp;
let https: TestApp;
const lines: string[] = [];
beforeAll(async () => {
  service = await TestApp.start(
    { LOG_LEVEL: 'trace', CORS_ORIGINS: 'https://friend.example' },
    { write: (line) => lines.push(line) },
  );
  https = await TestApp.start({ PUBLIC_URL: 'https://login.example.com', TRUST_PROXY: '2' });
});
afterAll(async () => {
  await service.stop();
  await https.stop();
});

const login = (headers: Record<string, string>, payload: unknown = { email: 'a@example.com', password: 'x' }) =>
  service.app.inject({ method: 'POST', url: '/api/v1/auth/login', headers, payload: payload as object });

describe('SEC-24: cross-site requests', () => {
  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:3000.evil.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 403],
    [{ origin: 'http://localhost:3000' }, 401],
    [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, 401],
    [{ origin: 'https://friend.example', 'sec-fetch-site': 'same-site' }, 401],
    [{}, 401],
  ])('%o gets %i', async (headers, status) => {
    const response = await login(headers as Record<string, string>);
    expect(response.statusCode).toBe(status);
    if (status === 403) expect(response.json().code).toBe('cross_site_request');
  });

  test.each(['/auth/login', '/auth/login/mfa', '/auth/passkey/options', '/auth/passkey'])(
    '%s tells a friend of another site that its browser would keep no session',
    async (path) => {
      const headers = { origin: 'https://friend.example', 'sec-fetch-site': 'cross-site' };
      const refused = await service.app.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload: {} });
      expect(refused.json()).toMatchObject({ status: 403, code: 'cross_site_sign_in' });
      expect(refused.headers['access-control-allow-origin']).toBe('https://friend.example');
      expect(refused.headers['set-cookie']).toBeUndefined();
    },
  );

  test('what sets no cookie is answered to a friend of another site', async () => {
    const headers = { origin: 'https://friend.example', 'sec-fetch-site': 'cross-site' };
    const payload = { email: 'nobody@example.com' };
    const url = '/api/v1/auth/password-reset';
    expect((await service.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBeLessThan(300);
  });

  test('CORS names the friends, with credentials, and nobody else', async () => {
    const preflight = (origin: string) =>
      service.app.inject({
        method: 'OPTIONS',
        url: '/api/v1/me',
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'content-type,if-match',
        },
      });
    const friend = await preflight('https://friend.example');
    expect(friend.headers).toMatchObject({
      'access-control-allow-origin': 'https://friend.example',
      'access-control-allow-credentials': 'true',
    });
    expect(friend.headers['access-control-allow-headers']).toMatch(/if-match/i);
    expect(friend.headers['access-control-max-age']).toBe('600');
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    const { headers } = await service.app.inject({ url: '/api/v1/me', headers: { origin: 'https://friend.example' } });
    expect(headers['access-control-expose-headers']).toBe('Date, ETag, Retry-After');
  });
});

describe('SEC-24: headers', () => {
  test('of every answer', async () => {
    for (const url of ['/api/v1/me', '/api/v1/openapi.json', '/docs', '/nothing']) {
      const { headers } = await service.app.inject({ url });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).toMatch(/script-src 'self'(?: 'sha256-[^']+')*;/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
    expect((await service.app.inject({ url: '/api/v1/me' })).headers['cache-control']).toBe('no-store');
  });

  test('over https: HSTS, Secure cookies, the __Host- prefix', async () => {
    const user = await https.user();
    const { cookies, headers } = await https
      .browser()
      .post('/auth/login', { email: user.email, password: GOOD_PASSWORD });
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    expect(cookies.map(({ name }) => name).sort()).toEqual([
      '__Host-sallyport_access',
      'sallyport_device',
      'sallyport_refresh',
    ]);
    for (const cookie of cookies) expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' });
  });
});

describe('SEC-50: bad input', () => {
  const json = { 'content-type': 'application/json' };
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

  test.each([
    ['not JSON by its media type', { 'content-type': 'text/plain' }, 'hello', 415, 'unsupported_media_type'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415, 'unsupported_media_type'],
    ['malformed', json, '{"email":', 400, 'invalid_request'],
    ['no object', json, '[]', 400, 'invalid_request'],
    ['null', json, 'null', 400, 'invalid_request'],
    ['no body', json, '', 400, 'invalid_request'],
    ['wrong types', json, '{"email":1,"password":{}}', 400, 'invalid_request'],
    ['huge numbers', json, '{"email":1e999,"password":1e999}', 400, 'invalid_request'],
    ['NUL', json, '{"email":"a\\u0000@example.com","password":"x"}', 400, 'invalid_request'],
    ['a lone surrogate', json, '{"email":"a@example.com","password":"\\ud800"}', 400, 'invalid_request'],
    [
      'a prototype key',
      json,
      '{"email":"a@example.com","password":"x","__proto__":{"admin":true}}',
      400,
      'invalid_request',
    ],
    [
      'a constructor key',
      json,
      '{"email":"a@example.com","password":"x","constructor":{"prototype":{}}}',
      400,
      'invalid_request',
    ],
    ['an unknown field', json, '{"email":"a@example.com","password":"x","admin":true}', 400, 'invalid_request'],
    ['nested without end', json, nested(5000), 400, 'invalid_request'],
    [
      'over 64 KiB',
      json,
      JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(66_000) }),
      413,
      'body_too_large',
    ],
  ])('%s', async (_name, headers, body, status, code) => {
    const response = await service.app.inject({ method: 'POST', url: '/api/v1/auth/login', headers, payload: body });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ status, code, requestId: expect.any(String), title: expect.any(String) });
  });

  test('faults carry the pointer of the field', async () => {
    const response = await login({}, { email: 'a@example.com', extra: 1 });
    expect(response.json().errors).toEqual(
      expect.arrayContaining([
        { pointer: '/password', message: 'is missing' },
        { pointer: '/extra', message: 'is not known here' },
      ]),
    );
  });

  test.each([
    '/api/v1/users/not-a-uuid',
    '/api/v1/users?limit=0',
    '/api/v1/users?limit=x',
    '/api/v1/users?q=%00',
    '/api/v1/users?x=1',
  ])('%s', async (url) => {
    const admin = await service.signIn(await service.user({ role: 'admin' }));
    const answer = await admin.get(url.replace('/api/v1', ''));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  test.each(['/api/v1/%zz', '/api/v1/nothing', '/api/v1/users/../../etc/passwd', '/assets/nothing.js'])(
    '%s is a problem',
    async (url) => {
      const response = await service.app.inject({ url });
      expect(response.statusCode).toBeGreaterThanOrEqual(400);
      expect(response.statusCode).toBeLessThan(500);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    },
  );

  test('whatever the body, the answer is never a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), async (body) => {
        const response = await service.app.inject({
          method: 'POST',
          url: '/api/v1/auth/login',
          headers: json,
          payload: body,
        });
        expect(response.statusCode).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});

test('SEC-42: no password, code, secret, token or cookie reaches the log, and errors repeat none', async () => {
  const user = await service.user();
  const browser = await service.signIn(user);
  const { secret, backupCodes } = await service.enroll(browser);
  const answers = [
    await browser.post('/auth/login', { email: user.email, password: 'a wrong password of mine' }),
    await browser.post('/me/mfa/disable', { password: GOOD_PASSWORD, code: '918273' }),
    await browser.post('/auth/password-reset/confirm', { token: 'made-up-token-of-mine', newPassword: 'short' }),
    await browser.post('/auth/login', { email: user.email, password: { nested: 'a wrong password of mine' } }),
  ];
  await browser.get('/auth/sign-in-options?email=somebody%40example.com');
  const secrets = [
    GOOD_PASSWORD,
    'a wrong password of mine',
    '918273',
    'made-up-token-of-mine',
    secret,
    ...backupCodes,
    ...browser.jar.values(),
  ];
  const log = lines.join('');
  expect(log).toContain('/api/v1/auth/login');
  const said = answers.map(({ body }) => JSON.stringify(body)).join();
  for (const text of secrets) {
    expect(log).not.toContain(text);
    expect(said).not.toContain(text);
  }
  expect(log).not.toContain('somebody');
});

test('the OpenAPI document is 3.1 and names every problem code', async () => {
  const document = (await service.app.inject({ url: '/api/v1/openapi.json' })).json();
  expect(document.openapi).toBe('3.1.0');
  expect(JSON.stringify(document.components.schemas.Problem.properties.code)).toContain('refresh_token_reused');
  expect((await service.app.inject({ url: '/docs/' })).statusCode).toBe(200);
  const short = await service.app.inject({ url: '/llms.txt' });
  expect(short.headers['content-type']).toBe('text/markdown; charset=utf-8');
  expect(short.body).toMatch(/^- \[POST \/api\/v1\/auth\/login\]\(\/docs#\/Sign-in\/\w+\): /m);
});

test('the page of the API says how to try calls, and names demo accounts without their passwords', async () => {
  const { config, resources, services } = service;
  const account = { email: 'pat@northwind.example', password: 'first-password', note: 'admin of the partner' };
  const app = await buildApp(config, resources, services, featuresOf(services), {
    ...{ logger: createLogger('silent'), webRoot: null, demoAccounts: [account] },
  });
  const [demo, plain, forPrograms] = await Promise.all([
    app.inject({ url: '/docs/json' }),
    service.app.inject({ url: '/docs/json' }),
    app.inject({ url: '/api/v1/openapi.json' }),
  ]);
  await app.close();
  const { description } = demo.json().info;
  expect(description).toContain('Try it out');
  expect(description).toContain('| `pat@northwind.example` | admin of the partner |');
  expect(demo.body).not.toContain(account.password);
  expect(plain.json().info.description).toContain('Try it out');
  for (const { body } of [plain, forPrograms]) expect(body).not.toContain(account.email);
  expect(forPrograms.body).not.toContain('Try it out');
});

test('health, readiness and metrics', async () => {
  expect((await service.app.inject({ url: '/healthz' })).statusCode).toBe(200);
  expect((await service.app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ready' });
  const metrics = (remoteAddress: string, headers = {}) =>
    service.app.inject({ url: '/metrics', remoteAddress, headers });
  expect((await metrics('127.0.0.1')).body).toContain('sallyport_http_request_duration_seconds');
  expect((await metrics('192.0.2.7')).statusCode).toBe(404);
});

test.each<Record<string, string>>([
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-proto': 'https' },
  { 'x-real-ip': '127.0.0.1' },
  { forwarded: 'for=127.0.0.1' },
  { via: '1.1 proxy' },
  { 'cf-connecting-ip': '127.0.0.1' },
  { 'true-client-ip': '127.0.0.1' },
  { host: 'login.example.com' },
])('SEC-57: metrics are closed to what came through a proxy: %o', async (headers) => {
  for (const app of [service.app, https.app]) {
    const answer = await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1', headers });
    expect(answer.statusCode).toBe(404);
  }
});

describe('SEC-57: the source is what the proxies of TRUST_PROXY say, counted from here', () => {
  const forged = '198.51.100.66';
  const client = '203.0.113.5';
  const outerProxy = '192.0.2.20';
  const innerProxy = '192.0.2.1';

  test.each([
    ['0', innerProxy],
    ['1', outerProxy],
    ['2', client],
    [`${innerProxy},${outerProxy}`, client],
    [innerProxy, outerProxy],
  ])('TRUST_PROXY=%s', async (TRUST_PROXY, source) => {
    const behind = await TestApp.start({ TRUST_PROXY });
    try {
      const headers = { 'x-forwarded-for': `${forged}, ${client}, ${outerProxy}` };
      const user = await behind.user();
      await behind.signIn(user, behind.browser({ address: innerProxy, headers }));
      const { address } = await behind.db.session.findFirstOrThrow({ where: { userId: user.id } });
      expect(address).toBe(source);
    } finally {
      await behind.stop();
    }
  });
});
