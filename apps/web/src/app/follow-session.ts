import { notifications } from '@mantine/notifications';
import type { SessionState } from '@sallyport/react';
import type { createBrowserRouter } from 'react-router';
import { signInPath } from '../base/session/return-to.ts';
import { onSessionEnd, session } from '../base/session/session.ts';
import { rememberSignedIn } from '../base/session/signed-in-hint.ts';
import { queryClient } from './query-client.ts';

type Router = ReturnType<typeof createBrowserRouter>;
type SignedOut = Extract<SessionState, { status: 'signed_out' }>;

/** Leaves for the sign-in page, and forgets what was fetched. */
async function leave(router: Router, { reason }: SignedOut): Promise<void> {
  const { pathname, search, hash } = window.location;
  const path = reason === 'ended' ? signInPath(pathname + search + hash, 'signed_out') : signInPath('/', 'bye');
  await router.navigate(path);
  queryClient.clear();
}

/** Somebody is signed in, perhaps another than before: everything on the screen is asked for again. */
function begin(): void {
  queryClient.removeQueries({ type: 'inactive' });
  void queryClient.invalidateQueries();
}

/** Has the SPA follow the session, in whatever way it begins and ends. */
export function followSession(router: Router): void {
  session.subscribe((state, before) => {
    const earlier = before.status === 'signed_in' ? before.session.id : null;
    if (state.status === 'signed_in' || state.status === 'signed_out') rememberSignedIn(state.status === 'signed_in');
    if (state.status === 'signed_in' && state.session.id !== earlier) begin();
    if (state.status === 'signed_out' && earlier !== null) void leave(router, state);
  });
  onSessionEnd(() => notifications.clean());
}
