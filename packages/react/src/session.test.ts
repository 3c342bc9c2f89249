// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sessionOf } from './session.ts';
import { ada, held, json, mia, refusal, service } from './testing/service.ts';

/** Another tab of the browser. */
let otherTab: BroadcastChannel;
let heard: unknown[];

beforeEach(() => {
  heard = [];
  otherTab = new BroadcastChannel('sallyport-session');
  otherTab.onmessage = ({ data }: MessageEvent) => void heard.push(data);
});
afterEach(() => {
  otherTab.close();
  vi.useRealTimers();
});

const me = () => json(ada);
const signedIn = { status: 'signed_in', user: ada, session: ada.session };

async function signedInSession(answers: Parameters<typeof service>[0] = {}) {
  const { client, asked, ...rest } = service({ 'GET /me': me, ...answers });
  const session = sessionOf(client);
  await session.load();
  return { client, session, asked, ...rest };
}

describe('loading', () => {
  test('asks once for all who want to know', async () => {
    const { client, asked } = service({ 'GET /me': me });
    const session = sessionOf(client);
    expect(sessionOf(client)).toBe(session);
    expect(session.get()).toEqual({ status: 'loading' });
    expect(await Promise.all([session.load(), session.load()])).toEqual([ada, ada]);
    expect(await session.load()).toEqual(ada);
    expect(session.get()).toEqual(signedIn);
    expect(asked).toHaveLength(1);
  });

  test('nobody is signed in, which is asked anew the next time', async () => {
    const { client, answers } = service();
    const session = sessionOf(client);
    expect(await session.load()).toBeNull();
    expect(session.get()).toEqual({ status: 'signed_out', reason: 'none' });
    answers['GET /me'] = me;
    expect(await session.load()).toEqual(ada);
  });

  test('tries again what may heal, and says when it does not', async () => {
    vi.useFakeTimers();
    const replies = [refusal(503, 'overloaded'), json(ada)];
    const { client } = service({ 'GET /me': () => replies.shift() ?? refusal(503, 'overloaded') });
    const loaded = sessionOf(client).load();
    await vi.advanceTimersByTimeAsync(400);
    expect(await loaded).toEqual(ada);

    const { client: other, asked } = service({ 'GET /me': () => Promise.reject(new TypeError('fetch failed')) });
    const session = sessionOf(other);
    const failed = expect(session.load()).rejects.toMatchObject({ code: 'network' });
    await vi.advanceTimersByTimeAsync(1200);
    await failed;
    expect(session.get()).toMatchObject({ status: 'failed', problem: { code: 'network' } });
    expect(asked).toHaveLength(3);
  });

  test('what is older than a minute is asked for again meanwhile, and when the tab is looked at again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { session, answers, asked } = await signedInSession();
    vi.setSystemTime(Date.now() + 60_001);
    answers['GET /me'] = () => json({ ...ada, name: 'Ada L' });
    expect(await session.load()).toEqual(ada);
    await vi.waitFor(() => expect(session.get()).toMatchObject({ user: { name: 'Ada L' } }));

    document.dispatchEvent(new Event('visibilitychange'));
    expect(asked).toHaveLength(2);
    vi.setSystemTime(Date.now() + 60_001);
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.waitFor(() => expect(asked).toHaveLength(3));
  });

  test('a service that is away does not end what is known', async () => {
    vi.useFakeTimers();
    const { answers, session } = await signedInSession();
    answers['GET /me'] = () => refusal(503, 'unavailable');
    const failed = expect(session.reload()).rejects.toMatchObject({ code: 'unavailable' });
    await vi.advanceTimersByTimeAsync(1200);
    await failed;
    expect(session.get()).toEqual(signedIn);
  });
});

describe('a second factor that is to be set up first', () => {
  const restricted = { ...ada, mfa: { ...ada.mfa, mustEnroll: true } };
  const refused = () => refusal(403, 'mfa_enrollment_required', { next: { action: 'enroll' } });

  test('is found out by any call that is refused for it, once', async () => {
    const { client, session, answers, asked } = await signedInSession({ 'GET /users': refused });
    answers['GET /me'] = () => json(restricted);
    await Promise.all([client.GET('/api/v1/users'), client.GET('/api/v1/users')]);
    await vi.waitFor(() => expect(session.get()).toMatchObject({ status: 'signed_in', user: restricted }));
    await client.GET('/api/v1/users');
    expect(asked.filter(([key]) => key === 'GET /me')).toHaveLength(2);
  });

  test('is no other refusal', async () => {
    const { client, asked } = await signedInSession({ 'GET /users': () => refusal(403, 'forbidden') });
    await client.GET('/api/v1/users');
    expect(asked.filter(([key]) => key === 'GET /me')).toHaveLength(1);
  });
});

describe('endings', () => {
  test('any call that finds the session ended ends it here', async () => {
    const { client, session, answers } = await signedInSession();
    answers['GET /users'] = () => refusal(403, 'forbidden');
    await client.GET('/api/v1/users');
    answers['PATCH /me'] = () => refusal(401, 'reauthentication_required');
    await client.PATCH('/api/v1/me', { body: { name: 'x' } });
    expect(session.get()).toEqual(signedIn);
    answers['GET /users'] = () => refusal(401, 'unauthenticated');
    await client.GET('/api/v1/users');
    expect(session.get()).toEqual({ status: 'signed_out', reason: 'ended' });
  });

  test('a session that goes on after a refresh has not ended', async () => {
    let fresh = false;
    const { client, session } = await signedInSession({
      'GET /users': () => (fresh ? json({ items: [], nextCursor: null }) : refusal(401, 'unauthenticated')),
      'POST /auth/refresh': () => {
        fresh = true;
        return new Response(null, { status: 204 });
      },
    });
    expect((await client.GET('/api/v1/users')).response.status).toBe(200);
    expect(session.get()).toEqual(signedIn);
  });

  test('signing out ends it here and tells the other tabs', async () => {
    const { session, asked } = await signedInSession({
      'POST /auth/logout': () => new Response(null, { status: 204 }),
    });
    const changes: unknown[] = [];
    session.subscribe((state, before) => changes.push([before.status, state]));
    await session.signOut();
    expect(changes).toEqual([['signed_in', { status: 'signed_out', reason: 'signed_out' }]]);
    expect(asked.at(-1)?.[0]).toBe('POST /auth/logout');
    await vi.waitFor(() => expect(heard).toEqual(['signed-out']));
  });

  test('a sign-out that did not reach the service is none', async () => {
    const { session } = await signedInSession({ 'POST /auth/logout': () => Promise.reject(new TypeError('no')) });
    await expect(session.signOut()).rejects.toMatchObject({ code: 'network' });
    expect(session.get()).toEqual(signedIn);
  });

  test('an answer that was under way does not bring it back', async () => {
    const { session, answers } = await signedInSession({
      'POST /auth/logout': () => new Response(null, { status: 204 }),
    });
    const late = held();
    answers['GET /me'] = late.answer;
    const reloaded = session.reload();
    await session.signOut();
    late.release(json(ada));
    expect(await reloaded).toBeNull();
    expect(session.get()).toEqual({ status: 'signed_out', reason: 'signed_out' });
  });
});

describe('two tabs', () => {
  test('the other signs out', async () => {
    const { session, asked } = await signedInSession();
    otherTab.postMessage('something else');
    otherTab.postMessage('signed-out');
    await vi.waitFor(() => expect(session.get()).toEqual({ status: 'signed_out', reason: 'ended' }));
    expect(asked).toHaveLength(1);
  });

  test('somebody else signs in there', async () => {
    const { session, answers } = await signedInSession();
    answers['GET /me'] = () => json(mia);
    otherTab.postMessage('signed-in');
    await vi.waitFor(() => expect(session.get()).toMatchObject({ user: mia, session: { id: '02-session' } }));
  });

  test('who waits for the first answer is told the newest', async () => {
    const first = held();
    const { client, answers, asked } = service({ 'GET /me': first.answer });
    const session = sessionOf(client);
    const loaded = session.load();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const newest = held();
    answers['GET /me'] = newest.answer;
    otherTab.postMessage('signed-in');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    first.release(json(ada));
    await new Promise((resolve) => setTimeout(resolve));
    newest.release(json(mia));
    expect(await loaded).toEqual(mia);
    expect(session.get()).toMatchObject({ user: mia });
  });

  test('who signs in here is told there', async () => {
    const { client } = service();
    sessionOf(client).enter(ada);
    expect(sessionOf(client).get()).toEqual(signedIn);
    await vi.waitFor(() => expect(heard).toEqual(['signed-in']));
  });
});
