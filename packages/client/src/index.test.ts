import { expect, test } from 'vitest';
import { answer, createSallyportClient, items, pages, versionedAnswer } from './index.ts';

const baseUrl = 'https://login.example.com';

/** A service that answers from a list, and what it was asked for. */
function service(...answers: (() => Response)[]) {
  const asked: Request[] = [];
  const api = createSallyportClient({
    baseUrl,
    fetch: async (request) => {
      request.signal.throwIfAborted();
      asked.push(request);
      return answers.shift()?.() ?? new Response(null, { status: 500 });
    },
  });
  return { api, asked };
}

const page = (emails: string[], nextCursor: string | null) => () =>
  Response.json({ items: emails.map((email) => ({ email })), nextCursor });

test('pages are fetched as they are asked for', async () => {
  const { api, asked } = service(page(['a', 'b'], 'two'), page(['c'], null));
  const list = items((query) => api.GET('/api/v1/users', { params: { query: { ...query, q: 'x' } } }));
  expect((await list.next()).value?.email).toBe('a');
  expect(asked).toHaveLength(1);
  const rest: string[] = [];
  for await (const { email } of list) rest.push(email);
  expect(rest).toEqual(['b', 'c']);
  expect(asked.map(({ url }) => new URL(url).search)).toEqual(['?q=x', '?cursor=two&q=x']);
});

test('a list that fails throws what a call throws', async () => {
  const { api } = service(() => Response.json({ code: 'forbidden' }, { status: 403 }));
  await expect(pages((query) => api.GET('/api/v1/users', { params: { query } })).next()).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('a version goes back as it came', async () => {
  const user = () => Response.json({ name: 'Ann' }, { headers: { etag: '"7"' } });
  const { api, asked } = service(user, user);
  const path = { id: '019ca95d-4a00-7000-8000-000000000001' };
  const { value, etag } = await versionedAnswer(api.GET('/api/v1/users/{id}', { params: { path } }));
  expect([value.name, etag]).toEqual(['Ann', '"7"']);
  const header = { 'if-match': etag ?? '*' };
  await answer(api.PATCH('/api/v1/users/{id}', { params: { path, header }, body: { name: 'Ann A' } }));
  expect(asked[1]?.headers.get('if-match')).toBe('"7"');
});

test('the key of a service account goes in the place of cookies, and nothing is refreshed', async () => {
  const asked: Request[] = [];
  const lost: string[] = [];
  const api = createSallyportClient({
    baseUrl,
    token: 'sallyport_sa_1',
    onSessionLost: () => lost.push('lost'),
    fetch: async (request) => {
      asked.push(request);
      return Response.json({ code: 'unauthenticated' }, { status: 401 });
    },
  });
  await expect(answer(api.GET('/api/v1/service-account'))).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(asked.map(({ headers, credentials }) => [headers.get('authorization'), credentials])).toEqual([
    ['Bearer sallyport_sa_1', 'omit'],
  ]);
  expect(lost).toEqual([]);
});

test('a call that is aborted is no problem of the network', async () => {
  const { api } = service();
  const call = api.GET('/api/v1/me', { signal: AbortSignal.abort() });
  await expect(answer(call)).rejects.toMatchObject({ name: 'AbortError' });
});

test('no answer is the code network', async () => {
  const api = createSallyportClient({ baseUrl, fetch: () => Promise.reject(new TypeError('fetch failed')) });
  await expect(answer(api.GET('/api/v1/me'))).rejects.toMatchObject({ code: 'network', status: 0 });
});

test('who wants to see the end of a session is not spared it', async () => {
  const asked: string[] = [];
  const fetch = async (request: Request) => {
    asked.push(new URL(request.url).pathname);
    return Response.json({ code: 'unauthenticated' }, { status: 401 });
  };
  const api = createSallyportClient({ baseUrl, fetch, refresh: false });
  await expect(answer(api.GET('/api/v1/me'))).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(asked).toEqual(['/api/v1/me']);
});
