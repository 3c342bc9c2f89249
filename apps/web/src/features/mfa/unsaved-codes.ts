import { useSyncExternalStore } from 'react';
import { onSessionEnd } from '../../base/session/session.ts';
import { createSignal } from '../../base/signal.ts';

/** Backup codes that were shown and not yet ticked as saved; only in the memory of this tab. */
interface UnsavedCodes {
  codes: readonly string[];
  /** How they came about. */
  origin: 'enrolled' | 'regenerated';
}

let current: UnsavedCodes | null = null;
const changed = createSignal();

/** Keeps the codes while the person has not saved them; null forgets them. */
export function setUnsavedCodes(codes: UnsavedCodes | null): void {
  current = codes;
  changed.tell();
}

export const getUnsavedCodes = (): UnsavedCodes | null => current;

export const useUnsavedCodes = () => useSyncExternalStore(changed.listen, getUnsavedCodes);

onSessionEnd(() => setUnsavedCodes(null));
