import { useSyncExternalStore } from 'react';
import { createSignal } from '../signal.ts';
import { onSessionEnd } from './session.ts';

/**
 * A secret that is shown once and was not yet ticked as saved: kept wherever the person goes in the SPA, only in the memory
 * of this tab, and forgotten with the session. `set` with null forgets it.
 */
export function unsavedSecret<Secret>() {
  let current: Secret | null = null;
  const changed = createSignal();
  const get = (): Secret | null => current;
  const set = (secret: Secret | null): void => {
    current = secret;
    changed.tell();
  };
  onSessionEnd(() => set(null));
  return { get, set, useSecret: () => useSyncExternalStore(changed.listen, get) };
}
