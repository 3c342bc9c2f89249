// @vitest-environment happy-dom
import { createMemoryRouter } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import { onSessionEnd, session } from '../base/session/session.ts';
import { wasSignedIn } from '../base/session/signed-in-hint.ts';
import { me, serve } from '../testing/page.tsx';
import { followSession } from './follow-session.ts';
import { queryClient } from './query-client.ts';

const router = createMemoryRouter([{ path: '*', element: null }]);
followSession(router);

const otherTab = new BroadcastChannel('sallyport-session');
const shown = (): string => `${router.state.location.pathname}${router.state.location.search}`;

beforeEach(() => {
  window.history.replaceState(null, '', '/users?q=a');
  session.update(me);
  queryClient.setQueryData(['users'], ['Mia']);
});

test('a sign-out in another tab leads to the sign-in page, and back afterwards', async () => {
  expect(wasSignedIn()).toBe(true);
  otherTab.postMessage('signed-out');
  await vi.waitFor(() => expect(shown()).toBe('/sign-in?returnTo=%2Fusers%3Fq%3Da&notice=signed_out'));
  await vi.waitFor(() => expect(queryClient.getQueryData(['users'])).toBeUndefined());
  expect(wasSignedIn()).toBe(false);
});

test('signing out here leads to the sign-in page, and nowhere afterwards', async () => {
  serve({ 'POST /auth/logout': () => ({ status: 204 }) });
  await session.signOut();
  await vi.waitFor(() => expect(shown()).toBe('/sign-in?notice=bye'));
  await vi.waitFor(() => expect(queryClient.getQueryData(['users'])).toBeUndefined());
});

test('who signs in in another tab finds nothing here of whoever was signed in before', async () => {
  const other = { ...me, name: 'Mia', session: { ...me.session, id: '02-session' } };
  serve({ 'GET /me': () => ({ body: other }) });
  otherTab.postMessage('signed-in');
  await vi.waitFor(() => expect(session.get()).toMatchObject({ user: { name: 'Mia' } }));
  expect(queryClient.getQueryData(['users'])).toBeUndefined();
});

test('a change of the user alone leaves what was fetched', () => {
  session.update({ ...me, name: 'Ada L' });
  expect(queryClient.getQueryData(['users'])).toEqual(['Mia']);
});

test('a session that is renewed has not ended, and that of somebody else takes the place of the one before', () => {
  const ended = vi.fn();
  const unlisten = onSessionEnd(ended);
  session.update({ ...me, session: { ...me.session, id: '02-session', aal: 2 } });
  expect(ended).not.toHaveBeenCalled();
  session.update({ ...me, id: '02-mia' });
  expect(ended).toHaveBeenCalledOnce();
  unlisten();
});
