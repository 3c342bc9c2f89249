import { answer } from '@sallyport/client';
import { useEffect, useRef, useState } from 'react';
import { askPasskey, canUsePasskeys } from './passkey.ts';
import { useSallyport } from './provider.ts';
import type { SignInActions, SignInState } from './sign-in.ts';
import type { SignInOptions } from './types.ts';

/** Before a question is too old for its answer, it is asked anew. */
const ASK_AGAIN_MS = 4 * 60_000;

/**
 * Whether a button is to be shown that signs in with a passkey alone (`submitPasskeyAlone`). Where it is, and the browser
 * can, passkeys are offered too where the address is typed, in a field with `autocomplete="username webauthn"`, until
 * one of them is refused.
 *
 * @param signIn  of `useSignIn`
 * @param options of `useSignInOptions`; the service is asked for a question once they allow it
 * @param onReached what an offered passkey came to
 */
export function usePasskeyAlone(
  signIn: SignInState & SignInActions,
  options: SignInOptions | null,
  onReached: (state: SignInState) => unknown,
): boolean {
  const client = useSallyport();
  const allowed = options?.passwordless ?? false;
  // Null once an offer was answered: an authenticator that answers by itself would answer each; the button is for people.
  const [isWanted, setWanted] = useState<boolean | null>(allowed);
  // What is offered already stays so, whatever address is typed.
  if (allowed && isWanted === false) setWanted(true);
  const [isAsked, setAsked] = useState(false);
  const reached = useRef(onReached);
  reached.current = onReached;
  const { step, pending, submitPasskeyAlone } = signIn;
  const waits = step === 'password' && !pending;

  useEffect(() => {
    if (!canUsePasskeys() || !isWanted || !waits) return;
    const controller = new AbortController();
    const { signal } = controller;
    const ask = () => answer(client.POST('/api/v1/auth/passkey/options', { signal }));
    /** One question after another, until one is answered, or this one is too old or given up. */
    const offer = async (): Promise<void> => {
      const question = await ask();
      if (signal.aborted) return;
      setAsked(true);
      // Whether this browser offers passkeys where an address is typed.
      if (!(await globalThis.PublicKeyCredential.isConditionalMediationAvailable?.()) || signal.aborted) return;
      const until = AbortSignal.any([signal, AbortSignal.timeout(ASK_AGAIN_MS)]);
      const response = await askPasskey(question, until, { offered: true }).catch(() => null);
      if (signal.aborted) return;
      if (response) {
        setWanted(null);
        reached.current(await submitPasskeyAlone(response));
      } else if (until.aborted) await offer();
    };
    // Who is told no, or cannot ask, is shown the password alone.
    offer().catch(() => undefined);
    return () => controller.abort();
  }, [client, isWanted, waits, submitPasskeyAlone]);

  return isAsked && allowed;
}
