import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp } from '../testing/app.ts';

/** What an error may be at most that is not larger than its request. */
const SMALL = 4096;

let service: TestApp;
let posts: string[];
beforeAll(async () => {
  service = await TestApp.start();
  const { paths } = (await service.app.inject({ url: '/api/v1/openapi.json' })).json();
  const id = '0197c0de-0000-7000-8000-000000000000';
  posts = Object.keys(paths)
    .filter((path) => 'post' in paths[path])
    .map((path) => path.replaceAll(/\{\w+\}/g, id));
});
afterAll(() => service.stop());

/** Of what anybody may send, whether or not it is signed in. */
async function answerTo(url: string, body: string) {
  const headers = { 'content-type': 'application/json' };
  const answer = await service.app.inject({ method: 'POST', url, headers, payload: body });
  return { body: answer.body, sent: url.length + Buffer.byteLength(body), size: Buffer.byteLength(answer.body) };
}

describe('SEC-56: an error is never larger than its request', () => {
  const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
  const deep = (key: string, value: unknown) => ({ a: { [key]: { [key]: { [key]: value } } } });

  test.each([
    ['62 KB of unknown fields', names(4700)],
    ['a long name', { ['n'.repeat(60_000)]: 1 }],
    ['a long name of many bytes', { ['é𝄞'.repeat(8000)]: 1 }],
    ['a long name that JSON makes longer', { ['"\\\u0001'.repeat(6000)]: 1 }],
    ['a long way to a fault', deep('n'.repeat(15_000), '\0')],
    ['a long value', { email: 'x'.repeat(60_000) }],
  ])('%s', async (_name, body) => {
    const answer = await answerTo('/api/v1/auth/login', JSON.stringify(body));
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_request', errors: expect.any(Array) });
    expect(answer.size).toBeLessThanOrEqual(SMALL);
  });

  test('a fault is shown whatever its name', async () => {
    for (const name of ['"\\\u0001'.repeat(6000), '𝄞'.repeat(10_000), 'n'.repeat(60_000)]) {
      const { body } = await answerTo('/api/v1/auth/login', JSON.stringify({ [name]: '\0' }));
      expect(JSON.parse(body).errors).toHaveLength(1);
    }
  });

  test('whatever is sent, wherever', async () => {
    const key = fc.oneof(
      fc.constantFrom('email', 'password', 'token', 'code', 'method', 'newPassword', 'name', '__proto__'),
      fc.string({ unit: 'binary', maxLength: 300 }),
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.string({ unit: 'binary', maxLength: 2000 }),
        fc.double(),
        fc.constant(null),
        fc.array(tie('json'), { maxLength: 50 }),
        fc.dictionary(key, tie('json'), { maxKeys: 200 }),
      ),
    }));
    const query = fc.dictionary(fc.string({ maxLength: 500 }), fc.string({ maxLength: 500 }), { maxKeys: 20 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.dictionary(key, json, { maxKeys: 500 }), query, async (n, body, asked) => {
        const url = `${posts[n % posts.length]}?${new URLSearchParams(asked)}`;
        const { size, sent } = await answerTo(url, JSON.stringify(body));
        expect(size).toBeLessThanOrEqual(Math.max(sent, SMALL));
      }),
      { numRuns: 150 },
    );
  });
});
