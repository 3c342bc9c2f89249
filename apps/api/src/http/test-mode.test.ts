import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestClock } from '../testing/clock.ts';
import { problemHandlers } from './problems.ts';
import { answers } from './schemas.ts';
import { spa } from './spa.ts';
import { testMode } from './test-mode.ts';

const root = mkdtempSync(join(tmpdir(), 'sallyport-test-mode-'));
const page = '<!doctype html><html><head><title>Sallyport</title></head><body></body></html>';
const mark = '<meta name="sallyport-test-mode" content="1" />';

let app: FastifyInstance;
let waited: number[];
let handled: string[];

/** The plugins as `buildApp` puts them together, over a few routes. */
async function appWith({ isTested }: { isTested: boolean }): Promise<FastifyInstance> {
  const made: FastifyInstance = Fastify();
  await made.register(problemHandlers);
  const options = { clock: new TestClock(), wait: async (ms: number) => void waited.push(ms) };
  if (isTested) await made.register(testMode, options);
  const signedIn = async () => undefined;
  made.decorate('signedIn', signedIn);
  made.decorate('signedInOrProgram', async () => undefined);
  const route = (url: string, ...codes: Parameters<typeof answers>[1][]) => ({
    ...{ method: 'GET', url },
    schema: { response: answers({ 200: Type.Object({}) }, ...codes) },
    handler: async () => {
      handled.push(url);
      return {};
    },
  });
  made.route({ ...route('/api/v1/me'), onRequest: signedIn });
  made.route({ ...route('/api/v1/auth/refresh', 'session_expired') });
  made.route({ ...route('/api/v1/auth/login/mfa', 'invalid_code', 'challenge_expired') });
  made.route({ ...route('/api/v1/password-reset', 'invalid_token') });
  made.route({ ...route('/api/v1/problems') });
  made.route({ ...route('/api/v1/test/clock') });
  await made.register(spa, { root, testMode: isTested });
  return made;
}

beforeAll(async () => {
  for (const name of ['index.html', 'index.html.gz']) writeFileSync(join(root, name), page);
  writeFileSync(join(root, 'favicon.svg'), '<svg/>');
  app = await appWith({ isTested: true });
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true });
});
beforeEach(() => {
  waited = [];
  handled = [];
});

const asked = (url: string, fault: string, at = app) => at.inject({ url, headers: { 'sallyport-test-fault': fault } });

describe('every answer', () => {
  test.each(['/api/v1/me', '/api/v1/nothing', '/sign-in', '/favicon.svg', '/assets/none.js'])('to %s', async (url) => {
    const { headers } = await app.inject({ url });
    expect(headers['sallyport-test-mode']).toBe('1');
    expect(headers.date).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
  });
});

describe('the page of the SPA', () => {
  test.each(['/', '/index.html', '/sign-in', '/users/1/edit?from=2', '/no/such/page'])(
    'is marked at %s',
    async (url) => {
      const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.body).toBe(page.replace('</head>', `${mark}</head>`));
    },
  );

  test('and no file beside it is', async () => {
    expect((await app.inject({ url: '/favicon.svg' })).body).toBe('<svg/>');
  });
});

describe('faults that a request asks for', () => {
  test('overload is 503 with Retry-After, and nothing is done', async () => {
    const answer = await asked('/api/v1/me', 'overload');
    expect(answer.json()).toMatchObject({ status: 503, code: 'overloaded' });
    expect(answer.headers['retry-after']).toBe('2');
    expect(handled).toEqual([]);
  });

  test.each([
    ['/api/v1/me', 401, 'unauthenticated'],
    ['/api/v1/auth/refresh', 401, 'session_expired'],
    ['/api/v1/auth/login/mfa', 401, 'challenge_expired'],
    ['/api/v1/password-reset', 410, 'invalid_token'],
  ])('expired: %s is refused as when what it rests on is over', async (url, status, code) => {
    const answer = await asked(url, 'expired');
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(handled).toEqual([]);
  });

  test('expired: where nothing ends, nothing is changed', async () => {
    expect((await asked('/api/v1/problems', 'expired')).statusCode).toBe(200);
  });

  test.each([
    ['slow', 3000],
    ['slow;seconds=10', 10_000],
    ['slow; seconds=60', 60_000],
  ])('%s waits, and is answered as ever', async (fault, ms) => {
    expect((await asked('/api/v1/me', fault)).statusCode).toBe(200);
    expect([waited, handled]).toEqual([[ms], ['/api/v1/me']]);
  });

  test.each(['slow;seconds=0', 'slow;seconds=61', 'slow;seconds=x', 'slow=3', 'Overload', 'fast', ''])(
    'there is no fault "%s"',
    async (fault) => {
      const answer = await asked('/api/v1/me', fault);
      expect(answer.json()).toMatchObject({
        ...{ status: 400, code: 'invalid_request' },
        errors: [{ pointer: '#/headers/sallyport-test-fault' }],
      });
      expect([waited, handled]).toEqual([[], []]);
    },
  );

  test.each(['/sign-in', '/favicon.svg', '/api/v1/test/clock'])('%s has none', async (url) => {
    expect((await asked(url, 'overload')).statusCode).toBe(200);
  });
});

describe('without the test mode', () => {
  let plain: FastifyInstance;
  beforeAll(async () => {
    plain = await appWith({ isTested: false });
  });
  afterAll(() => plain.close());

  test.each(['overload', 'expired', 'slow', 'fast'])('the fault "%s" is nobody\'s', async (fault) => {
    const answer = await asked('/api/v1/me', fault, plain);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).not.toHaveProperty('sallyport-test-mode');
    expect([waited, handled]).toEqual([[], ['/api/v1/me']]);
  });

  test.each(['/', '/index.html', '/sign-in'])('the page at %s is as it was built', async (url) => {
    expect((await plain.inject({ url })).body).toBe(page);
  });
});
