import { createSallyportClient } from '@sallyport/client';
import { createSessionFetch } from './session-fetch.ts';

type Listener = () => void;
const sessionLostListeners = new Set<Listener>();

/** Calls `listener` when a request found the session ended and a refresh could not bring it back. */
export function onSessionLost(listener: Listener): () => void {
  sessionLostListeners.add(listener);
  return () => sessionLostListeners.delete(listener);
}

/** The REST client of the SPA: same origin, cookies, one refresh of the session for all requests. */
export const api = createSallyportClient({
  baseUrl: window.location.origin,
  fetch: createSessionFetch({
    fetch: (request) => window.fetch(request),
    onSessionLost: () => {
      for (const listener of sessionLostListeners) listener();
    },
  }),
});
