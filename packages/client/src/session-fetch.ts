import { problemOf } from './problem-of.ts';

interface SessionFetchDeps {
  fetch: (request: Request) => Promise<Response>;
  /** Called when the session cannot be continued; the 401 is still handed to the caller. */
  onSessionLost: () => void;
}

const refreshPath = '/api/v1/auth/refresh';
/** Under `/auth/`, but of a session like every other call. */
const stepUpPath = '/api/v1/auth/step-up';

interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
  request<T>(name: string, options: { ifAvailable: true }, work: (lock: unknown) => Promise<T>): Promise<T>;
}

/** Of browsers and workers, for all tabs of an origin. */
const webLocks = (): Locks | undefined => (globalThis as { navigator?: { locks?: Locks } }).navigator?.locks;

/**
 * Does `work` unless another tab is at it.
 *
 * @returns what `work` gave; null when another tab did it meanwhile
 * @see https://w3c.github.io/web-locks/
 */
async function inOneTab<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const locks = webLocks();
  if (!locks) return work();
  const done = await locks.request(name, { ifAvailable: true }, async (lock) => (lock ? { of: await work() } : null));
  if (done) return done.of;
  await locks.request(name, async () => undefined);
  return null;
}

/**
 * Wraps `fetch` so that a request refused because the access token ended is tried once more with a fresh one.
 * Requests that fail together share one refresh, across tabs where the browser has Web Locks; routes under `/auth/`
 * never cause one, but for the step-up.
 *
 * When the refresh itself cannot be answered (503, or no network) its failure is what the caller sees: the session
 * may well be alive.
 */
export function createSessionFetch({ fetch, onSessionLost }: SessionFetchDeps) {
  let refreshing: Promise<Response | null> | null = null;

  const post = (origin: string) =>
    fetch(new Request(new URL(refreshPath, origin), { method: 'POST', credentials: 'include' }));

  const refresh = (origin: string): Promise<Response | null> => {
    refreshing ??= inOneTab(`sallyport-refresh ${origin}`, () => post(origin)).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  /** The answer to `request` after the refresh `refreshed`, or null when the session cannot be continued. */
  const sendAgain = async (request: Request, refreshed: Response): Promise<Response | null> => {
    if (refreshed.ok) return fetch(request);
    return refreshed.status === 401 ? null : refreshed.clone();
  };

  return async function sessionFetch(request: Request): Promise<Response> {
    const { pathname, origin } = new URL(request.url);
    if (pathname.startsWith('/api/v1/auth/') && pathname !== stepUpPath) return fetch(request);
    const [second, third] = [request.clone(), request.clone()];
    const first = await fetch(request);
    if (first.status !== 401 || !(await isUnauthenticated(first))) return first;
    let again = await refresh(origin).then((refreshed) => (refreshed ? sendAgain(second, refreshed) : fetch(second)));
    // Another tab had the lock, and failed.
    if (again?.status === 401 && (await isUnauthenticated(again))) again = await sendAgain(third, await post(origin));
    if (again) return again;
    onSessionLost();
    return first;
  };
}

async function isUnauthenticated(response: Response): Promise<boolean> {
  const code = (await problemOf(response))?.code;
  return code === 'unauthenticated' || code === 'session_expired';
}
