import { sessionOf } from '@sallyport/react';
import { api } from '../api/client.ts';

/** The session of the SPA, for those outside of components. */
export const session = sessionOf(api);

/**
 * Listens for the end of the session that was here: it is over, or somebody else took the place. It may go on under
 * another id, as when MFA was turned on.
 */
export const onSessionEnd = (listener: () => void): (() => void) =>
  session.subscribe((state, before) => {
    if (before.status !== 'signed_in') return;
    if (state.status !== 'signed_in' || state.user.id !== before.user.id) listener();
  });
