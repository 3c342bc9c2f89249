import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './openapi.ts';
import type { NextStep } from './problem.ts';
import { createProofFetch } from './proof-fetch.ts';
import { createSessionFetch } from './session-fetch.ts';

export { type Answer, answer, fullAnswer, type Versioned, versionedAnswer } from './answer.ts';
export { type AuditProofFault, type AuditProofVerdict, verifyAuditProof } from './audit-proof.ts';
export { localDeadline } from './local-deadline.ts';
export type { components, operations, paths } from './openapi.ts';
export { items, type Page, pages } from './pages.ts';
export { ApiError, type ApiErrorCode, isProblem, type NextStep } from './problem.ts';

/** The schemas of the API by their names. */
export type Schemas = components['schemas'];

/** What {@link createSallyportClient} makes. */
export type SallyportClient = Client<paths>;

export interface SallyportOptions extends Omit<ClientOptions, 'fetch'> {
  /** How requests are sent; the global `fetch` unless told. In Node it has to keep the cookies. */
  fetch?: (request: Request) => Promise<Response>;
  /** Whether the session is refreshed when its access token has ended; true unless told. */
  refresh?: boolean;
  /**
   * The key of a service account, for a program: it is sent in the place of cookies, and nothing is refreshed. Never give it
   * to a page that people open.
   */
  token?: string;
  /** Called when the session has ended and cannot be continued: show the sign-in page. */
  onSessionLost?: () => void;
  /**
   * Called when a change asks for a fresh proof: ask for what `next` says and send it to `POST /api/v1/auth/step-up`. With
   * true the change is sent again, with false it fails with `reauthentication_required`.
   */
  onProofNeeded?: (next: NextStep) => Promise<boolean>;
}

/**
 * A typed client of the REST API. Cookies carry the session, so requests are sent with credentials. When the access
 * token has ended, it is refreshed once for all requests and tabs, and the request is sent again.
 *
 * @param options.baseUrl origin of the service; empty for the page's own
 * @example
 * const api = createSallyportClient({ baseUrl: 'https://login.example.com' });
 * const me = await answer(api.GET('/api/v1/me'));
 * @example
 * const api = createSallyportClient({ baseUrl: 'https://login.example.com', token: process.env.SALLYPORT_KEY });
 * const { name } = await answer(api.GET('/api/v1/service-account'));
 */
export function createSallyportClient(given: SallyportOptions = {}): SallyportClient {
  const {
    fetch = (request) => globalThis.fetch(request),
    refresh = true,
    onSessionLost = () => undefined,
    onProofNeeded,
    token,
    ...options
  } = given;
  if (token !== undefined) {
    const byKey = (request: Request) => {
      request.headers.set('authorization', `Bearer ${token}`);
      return fetch(request);
    };
    return createClient<paths>({ credentials: 'omit', ...options, fetch: byKey });
  }
  const inSession = refresh ? createSessionFetch({ fetch, onSessionLost }) : fetch;
  const send = onProofNeeded ? createProofFetch({ fetch: inSession, onProofNeeded }) : inSession;
  return createClient<paths>({ credentials: 'include', ...options, fetch: send });
}
