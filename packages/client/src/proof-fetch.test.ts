import { expect, test, vi } from 'vitest';
import { createProofFetch } from './proof-fetch.ts';

const next = { action: 'reauthenticate' as const, methods: [] };
const refusal = (body: object = { code: 'reauthentication_required', next }) => Response.json(body, { status: 401 });
const change = (body: string) => new Request('https://login.example.com/api/v1/users/1', { method: 'PATCH', body });

/** A service that wants a proof, and somebody who gives it or does not. */
function service(proves: boolean) {
  let proved = false;
  const fetch = vi.fn(async (request: Request) => (proved ? Response.json(await request.text()) : refusal()));
  const onProofNeeded = vi.fn(async () => {
    proved = proves;
    return proves;
  });
  return { send: createProofFetch({ fetch, onProofNeeded }), fetch, onProofNeeded };
}

test('SEC-43: requests that are refused together ask once, and are sent again with their bodies', async () => {
  const { send, onProofNeeded } = service(true);
  const answers = await Promise.all(['a', 'b'].map((body) => send(change(body))));
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(['a', 'b']);
  expect(onProofNeeded).toHaveBeenCalledExactlyOnceWith(next);
});

test('without the proof the refusal is handed on, and the next request asks again', async () => {
  const { send, fetch, onProofNeeded } = service(false);
  expect(await (await send(change('a'))).json()).toEqual({ code: 'reauthentication_required', next });
  expect(fetch).toHaveBeenCalledOnce();
  await send(change('b'));
  expect(onProofNeeded).toHaveBeenCalledTimes(2);
});

test.each([{ code: 'invalid_credentials', next }, { code: 'reauthentication_required' }, null])(
  'a refusal %j asks for nothing',
  async (body) => {
    const onProofNeeded = vi.fn();
    const send = createProofFetch({ fetch: async () => refusal(body as object), onProofNeeded });
    expect((await send(change('a'))).status).toBe(401);
    expect(onProofNeeded).not.toHaveBeenCalled();
  },
);
