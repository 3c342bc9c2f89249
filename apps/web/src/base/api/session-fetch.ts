interface SessionFetchDeps {
  fetch: (request: Request) => Promise<Response>;
  /** Called when the session cannot be continued; the 401 is still handed to the caller. */
  onSessionLost: () => void;
}

const refreshPath = '/api/v1/auth/refresh';

/**
 * Wraps `fetch` so that a request refused because the access token ended is tried once more with a fresh one.
 * Requests that fail together share one refresh; routes under `/auth/` never cause one.
 *
 * When the refresh itself cannot be answered (503, or no network) its failure is what the caller sees: the session
 * may well be alive.
 */
export function createSessionFetch({ fetch, onSessionLost }: SessionFetchDeps) {
  let refreshing: Promise<Response> | null = null;

  const refresh = (origin: string): Promise<Response> => {
    refreshing ??= fetch(new Request(new URL(refreshPath, origin), { method: 'POST' })).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  return async function sessionFetch(request: Request): Promise<Response> {
    const { pathname, origin } = new URL(request.url);
    if (pathname.startsWith('/api/v1/auth/')) return fetch(request);
    const again = request.clone();
    const response = await fetch(request);
    if (response.status !== 401 || !(await isUnauthenticated(response))) return response;
    const refreshed = await refresh(origin);
    if (refreshed.ok) return fetch(again);
    if (refreshed.status !== 401) return refreshed.clone();
    onSessionLost();
    return response;
  };
}

async function isUnauthenticated(response: Response): Promise<boolean> {
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (typeof problem !== 'object' || problem === null || !('code' in problem)) return false;
  return problem.code === 'unauthenticated' || problem.code === 'session_expired';
}
