import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSessionFetch } from './session-fetch.ts';

const origin = 'https://login.example.com';
const refreshUrl = `${origin}/api/v1/auth/refresh`;
const refused = (code = 'unauthenticated') => Response.json({ code }, { status: 401 });
const get = (path: string) => new Request(`${origin}${path}`);

/** A service whose access token ended; `refresh` answers the attempt to renew it. */
function service(refresh: () => Response) {
  let renewed = false;
  const fetch = vi.fn(async (request: Request): Promise<Response> => {
    if (request.url === refreshUrl) {
      const response = refresh();
      renewed = response.ok;
      return response;
    }
    if (!renewed) return refused();
    return Response.json({ echo: await request.text() });
  });
  const onSessionLost = vi.fn();
  const sessionFetch = createSessionFetch({ fetch, onSessionLost });
  const refreshes = () => fetch.mock.calls.filter(([request]) => request.url === refreshUrl).length;
  return { sessionFetch, onSessionLost, refreshes, fetch };
}

describe('when the access token has ended', () => {
  test('requests that fail together share one refresh, and each is sent again with its body', async () => {
    const { sessionFetch, refreshes, onSessionLost } = service(() => new Response(null, { status: 204 }));
    const bodies = ['a', 'b', 'c'];
    const answers = await Promise.all(
      bodies.map((body) => sessionFetch(new Request(`${origin}/api/v1/me`, { method: 'PATCH', body }))),
    );
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(bodies.map((echo) => ({ echo })));
    expect(refreshes()).toBe(1);
    expect(onSessionLost).not.toHaveBeenCalled();
  });

  test('a step-up is sent again like every call of a session; a sign-in is not', async () => {
    const { sessionFetch, refreshes } = service(() => new Response(null, { status: 204 }));
    const post = (path: string) => sessionFetch(new Request(`${origin}/api/v1/auth/${path}`, { method: 'POST' }));
    expect((await post('login')).status).toBe(401);
    expect(refreshes()).toBe(0);
    expect((await post('step-up')).status).toBe(200);
    expect(refreshes()).toBe(1);
  });

  test('a session that cannot be continued is reported, and the refusal handed on', async () => {
    const { sessionFetch, onSessionLost } = service(() => refused('session_expired'));
    const answer = await sessionFetch(get('/api/v1/users'));
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ code: 'unauthenticated' });
    expect(onSessionLost).toHaveBeenCalledOnce();
  });

  test('a refresh that nobody could answer signs nobody out', async () => {
    const { sessionFetch, onSessionLost } = service(() => Response.json({ code: 'unavailable' }, { status: 503 }));
    expect((await sessionFetch(get('/api/v1/users'))).status).toBe(503);
    expect(onSessionLost).not.toHaveBeenCalled();
  });
});

test('a wrong password is not a lost session', async () => {
  const fetch = vi.fn(async () => refused('invalid_credentials'));
  const onSessionLost = vi.fn();
  const sessionFetch = createSessionFetch({ fetch, onSessionLost });
  expect((await sessionFetch(get('/api/v1/me/mfa/disable'))).status).toBe(401);
  expect(fetch).toHaveBeenCalledOnce();
  expect(onSessionLost).not.toHaveBeenCalled();
});

test('routes of the sign-in itself never cause a refresh', async () => {
  const { sessionFetch, refreshes } = service(() => new Response(null, { status: 204 }));
  await sessionFetch(get('/api/v1/auth/login/mfa'));
  expect(refreshes()).toBe(0);
});

/** The Web Locks of one origin, as its tabs share them. */
function sharedLocks() {
  let last: Promise<unknown> = Promise.resolve();
  let held = 0;
  return {
    async request(_name: string, ...rest: [work: unknown] | [options: unknown, work: unknown]) {
      const work = rest.at(-1) as (lock: unknown) => Promise<unknown>;
      if (rest.length === 2 && held > 0) return work(null);
      held += 1;
      const before = last;
      const run = before
        .then(() => work({}))
        .finally(() => {
          held -= 1;
        });
      last = run.catch(() => undefined);
      return run;
    },
  };
}

describe('across tabs', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('one refreshes, and the other sends its request again with what came of it', async () => {
    vi.stubGlobal('navigator', { locks: sharedLocks() });
    const { fetch, refreshes } = service(() => new Response(null, { status: 204 }));
    const tabs = [1, 2].map(() => createSessionFetch({ fetch, onSessionLost: vi.fn() }));
    const answers = await Promise.all(tabs.map((sessionFetch) => sessionFetch(get('/api/v1/me'))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(refreshes()).toBe(1);
  });

  test('where the other tab failed, this one tries by itself', async () => {
    vi.stubGlobal('navigator', { locks: sharedLocks() });
    const { fetch, refreshes } = service(() => refused('session_expired'));
    const lost = [vi.fn(), vi.fn()];
    const tabs = lost.map((onSessionLost) => createSessionFetch({ fetch, onSessionLost }));
    const answers = await Promise.all(tabs.map((sessionFetch) => sessionFetch(get('/api/v1/me'))));
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(refreshes()).toBe(2);
    for (const onSessionLost of lost) expect(onSessionLost).toHaveBeenCalledOnce();
  });
});
