import { useSyncExternalStore } from 'react';
import { onSessionEnd } from '../../base/session/session.ts';
import { createSignal } from '../../base/signal.ts';
import type { CreatedServiceAccount } from './queries.ts';

/** A key that was shown and not yet ticked as saved; only in the memory of this tab. */
interface UnsavedKey {
  organizationId: string;
  account: CreatedServiceAccount;
}

let current: UnsavedKey | null = null;
const changed = createSignal();
const get = (): UnsavedKey | null => current;

/** Keeps the key while the person has not saved it, wherever it goes in the SPA; null forgets it. */
export function setUnsavedKey(key: UnsavedKey | null): void {
  current = key;
  changed.tell();
}

export const useUnsavedKey = () => useSyncExternalStore(changed.listen, get);

onSessionEnd(() => setUnsavedKey(null));
