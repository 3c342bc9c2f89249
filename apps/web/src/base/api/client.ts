import { createSallyportClient } from '@sallyport/client';
import { askForProof } from '../session/asked-proof.ts';
import { createSignal } from '../signal.ts';

/** A request found the session ended, and a refresh could not bring it back. */
export const sessionLost = createSignal();

/** The REST client of the SPA: same origin, cookies, one refresh of the session for all requests. */
export const api = createSallyportClient({
  baseUrl: window.location.origin,
  fetch: (request) => window.fetch(request),
  onSessionLost: () => sessionLost.tell(),
  onProofNeeded: askForProof,
});
