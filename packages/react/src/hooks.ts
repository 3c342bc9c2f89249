import { useEffect, useState, useSyncExternalStore } from 'react';
import { createEnrollment, type EnrollmentActions, type EnrollmentState } from './enrollment.ts';
import { useSallyport } from './provider.ts';
import { type Session, type SessionState, sessionOf } from './session.ts';
import { createSignIn, type SecondStep, type SignInActions, type SignInState } from './sign-in.ts';
import type { Store } from './store.ts';

const useStore = <State>({ subscribe, get }: Store<State>): State => useSyncExternalStore(subscribe, get, get);

function useMachine<State extends object, Actions extends object>(
  create: () => Store<State> & Actions,
): State & Actions {
  const [machine] = useState(create);
  const state = useStore(machine);
  return { ...machine, ...state };
}

/**
 * Who is signed in. Follows the session: ends with it, also when another tab signs out, and learns of who signs in there.
 *
 * @param load false reads what is known without asking the service, as on a page that most people open signed out
 */
export function useSession({
  load = true,
}: {
  load?: boolean;
} = {}): SessionState & Pick<Session, 'reload' | 'signOut'> {
  const session = sessionOf(useSallyport());
  const state = useStore(session);
  useEffect(() => {
    const { status } = session.get();
    if (load && (status === 'loading' || status === 'signed_in')) session.load().catch(() => undefined);
  }, [session, load]);
  return { ...state, reload: session.reload, signOut: session.signOut };
}

/**
 * Signing in, step by step: show what `step` says, and call the action that belongs to it.
 *
 * @param resume a second step that an earlier page, or single sign-on, left to be done; read once
 */
export function useSignIn({ resume }: { resume?: SecondStep | undefined } = {}): SignInState & SignInActions {
  const client = useSallyport();
  return useMachine(() => createSignIn(client, sessionOf(client), resume));
}

/** Setting up an authenticator app, step by step: begin with `start`. */
export function useEnrollment(): EnrollmentState & EnrollmentActions {
  const client = useSallyport();
  return useMachine(() => createEnrollment(client, sessionOf(client)));
}
