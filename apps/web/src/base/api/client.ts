import { createSallyportClient } from '@sallyport/client';
import { askForProof } from '../session/asked-proof.ts';

/** The REST client of the SPA: same origin, cookies, one refresh of the session for all requests. */
export const api = createSallyportClient({
  baseUrl: window.location.origin,
  fetch: (request) => window.fetch(request),
  onProofNeeded: askForProof,
});
