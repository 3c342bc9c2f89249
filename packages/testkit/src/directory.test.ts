import { expect, test, vi } from 'vitest';
import { apiOver } from './api.ts';
import { Directory } from './directory.ts';
import { totpCode } from './totp-code.ts';

const totpSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const admin = { email: 'pat@northwind.example', password: 'Quiet-Harbour-1' };

interface Call {
  path: string;
  body: Record<string, unknown>;
}

/** A directory at a service that answers as told; without an answer of its own a call gets 204. */
function directoryAt(answers: (call: Call, calls: readonly Call[]) => [status: number, body: object] | undefined) {
  const calls: Call[] = [];
  const api = apiOver(async (request) => {
    const text = await request.text();
    const call = { path: new URL(request.url).pathname, body: text === '' ? {} : JSON.parse(text) };
    calls.push(call);
    const [status, body] = answers(call, calls) ?? [204, undefined];
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status });
  });
  return { calls, api };
}

const times = (calls: readonly Call[], path: string) => calls.filter((call) => call.path === path).length;
const login = '/api/v1/auth/login';
const users = '/api/v1/users';

test.each(['unauthenticated', 'reauthentication_required'])('at %s it signs in anew, once for all', async (code) => {
  const { calls, api } = directoryAt(({ path }, before) => {
    if (path === login) return [200, { status: 'authenticated' }];
    return times(before, login) === 0 ? [401, { code }] : [201, { id: 'the-id' }];
  });
  const directory = new Directory(api, admin);
  const person = { organizationId: 'o', role: 'member', access: 'read_only' } as const;
  const people = await Promise.all([
    directory.createPerson({ ...person, name: 'Mia Moore' }),
    directory.createPerson({ ...person, name: 'Max' }),
  ]);
  expect(people.map(({ email }) => email)).toEqual([
    expect.stringMatching(/^mia\.moore-\w+@people\.example$/),
    expect.stringMatching(/^max-\w+@people\.example$/),
  ]);
  expect(calls.filter(({ path }) => path === login)).toEqual([{ path: login, body: admin }]);
});

test('an admin with an authenticator gives the next code where another worker has spent one', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 59_000_000 * 30_000 });
  const { calls, api } = directoryAt(({ path }, before) => {
    if (path === login) return [200, { status: 'mfa_required', methods: ['totp'], expiresAt: '' }];
    const second = times(before, `${login}/mfa`);
    if (path === `${login}/mfa` && second === 1) return [401, { code: 'invalid_code', reason: 'already_used' }];
    if (path === `${login}/mfa`) return [200, { status: 'authenticated' }];
    return second < 2 ? [401, { code: 'unauthenticated' }] : [200, { organization: { id: 'o' } }];
  });
  try {
    await new Directory(api, { ...admin, totpSecret }).partner();
    const codes = calls.filter(({ path }) => path === `${login}/mfa`).map(({ body }) => body.code);
    expect(codes).toEqual([totpCode(totpSecret, 58_999_999), totpCode(totpSecret, 59_000_000)]);
    await expect(
      new Directory(
        directoryAt(({ path }) => (path === login ? [200, { status: 'mfa_required' }] : [401, {}])).api,
        admin,
      ).partner(),
    ).rejects.toThrow('totpSecret');
  } finally {
    vi.useRealTimers();
  }
});

test('it erases whom it may: the last admin stays, and nobody else', async () => {
  const [mia, carlos] = [
    { id: 'm', email: 'mia@people.example' },
    { id: 'c', email: 'carlos@people.example' },
  ];
  const { calls, api } = directoryAt(({ path }) => {
    if (path === users) return [200, { items: [carlos, mia], nextCursor: null }];
    if (path === `${users}/c/erase`) return [409, { code: 'last_admin' }];
    return path === `${users}/f/erase` ? [403, { code: 'forbidden' }] : undefined;
  });
  const directory = new Directory(api, admin);
  await directory.eraseUsersOf('o');
  expect(calls.at(-1)).toEqual({ path: `${users}/m/erase`, body: { email: mia.email } });
  await expect(directory.erase({ id: 'f', email: 'x' })).rejects.toThrow('403');
});
