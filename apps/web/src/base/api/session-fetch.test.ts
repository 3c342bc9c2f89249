import { describe, expect, test, vi } from 'vitest';
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
