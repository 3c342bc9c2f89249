import { type ApiError, answer, type SallyportClient } from '@sallyport/client';
import { patient } from './patient.ts';
import { createStore, type Store } from './store.ts';
import { openTabs } from './tabs.ts';
import type { Refusal, User } from './types.ts';

export type SessionState =
  /** Not known yet. */
  | { readonly status: 'loading' }
  | { readonly status: 'signed_in'; readonly user: User; readonly session: User['session'] }
  /**
   * Nobody is signed in. `none`: nobody was; `signed_out`: here, just now; `ended`: the session ended by itself, was
   * ended elsewhere, or another tab signed out.
   */
  | { readonly status: 'signed_out'; readonly reason: 'none' | 'signed_out' | 'ended' }
  /** It could not be found out. */
  | { readonly status: 'failed'; readonly problem: Refusal<'getMe'> };

/** The session of a browser, followed in this tab. */
export interface Session extends Store<SessionState> {
  /**
   * Who is signed in: what is known, or else what the service says. What is older than a minute is asked for again
   * meanwhile.
   *
   * @returns null for nobody
   * @throws ApiError when the service could not be asked
   */
  load: () => Promise<User | null>;
  /** Asks the service, as after a change of the user. @throws ApiError */
  reload: () => Promise<User | null>;
  /** Takes over what a change of the user answered. */
  update: (user: User) => void;
  /** Somebody has signed in: takes over who, and tells the other tabs. */
  enter: (user: User) => void;
  /** Ends the session in the service, here and in the other tabs. @throws ApiError; then it goes on */
  signOut: () => Promise<void>;
}

const MAXIMUM_AGE_MS = 60_000;
const ENDINGS: readonly unknown[] = ['unauthenticated', 'session_expired'];

const signedIn = (user: User): SessionState => ({ status: 'signed_in', user, session: user.session });
const userOf = (state: SessionState): User | null => (state.status === 'signed_in' ? state.user : null);

function createSession(client: SallyportClient): Session {
  const { get, subscribe, put } = createStore<SessionState>({ status: 'loading' });
  const tabs = openTabs();
  let asking: Promise<User | null> | null = null;
  let knownAtMs = 0;

  /** What is certain now; an answer still under way comes too late. */
  const settle = (state: SessionState): void => {
    asking = null;
    knownAtMs = Date.now();
    put(state);
  };
  const end = (): void => {
    if (get().status === 'signed_in') settle({ status: 'signed_out', reason: 'ended' });
  };

  const reload = (): Promise<User | null> => {
    const mine: Promise<User | null> = patient(() => answer(client.GET('/api/v1/me'))).then(
      (user) => {
        if (asking === mine) settle(signedIn(user));
        return asking ?? userOf(get());
      },
      (error: ApiError) => {
        // Something newer is known, or asked for.
        if (asking !== mine) return asking ?? userOf(get());
        asking = null;
        if (error.status === 401) {
          settle({ status: 'signed_out', reason: 'none' });
          return null;
        }
        // What was known stays.
        if (get().status !== 'signed_in') put({ status: 'failed', problem: error as Refusal<'getMe'> });
        throw error;
      },
    );
    asking = mine;
    return mine;
  };
  const reloadQuietly = (): void => void reload().catch(() => undefined);
  const isOld = (): boolean => get().status === 'signed_in' && !asking && Date.now() - knownAtMs > MAXIMUM_AGE_MS;

  const load = async (): Promise<User | null> => {
    if (isOld()) reloadQuietly();
    return userOf(get()) ?? asking ?? reload();
  };

  client.use({
    async onResponse({ response }) {
      const user = userOf(get());
      if ((response.status !== 401 && response.status !== 403) || !user) return;
      const problem = await response
        .clone()
        .json()
        .catch(() => null);
      if (ENDINGS.includes(problem?.code)) end();
      // A second factor is to be set up first, since now.
      if (problem?.code === 'mfa_enrollment_required' && !user.mfa.mustEnroll && !asking) reloadQuietly();
    },
  });
  tabs.listen((message) => (message === 'signed-in' ? reloadQuietly() : end()));
  globalThis.document?.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && isOld()) reloadQuietly();
  });

  return {
    get,
    subscribe,
    load,
    reload,
    update: (user) => settle(signedIn(user)),
    enter(user) {
      settle(signedIn(user));
      tabs.tell('signed-in');
    },
    async signOut() {
      await answer(client.POST('/api/v1/auth/logout'));
      tabs.tell('signed-out');
      settle({ status: 'signed_out', reason: 'signed_out' });
    },
  };
}

const sessions = new WeakMap<SallyportClient, Session>();

/**
 * The session that a client is in, for those outside of components, such as the loaders of a router. There is one for
 * each client, and it lives as long.
 */
export function sessionOf(client: SallyportClient): Session {
  const session = sessions.get(client) ?? createSession(client);
  sessions.set(client, session);
  return session;
}
