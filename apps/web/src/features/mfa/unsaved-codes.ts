import { useSyncExternalStore } from 'react';
import { onSessionEnd } from '../../base/session/session-end.ts';

/** Backup codes that were shown and not yet ticked as saved; only in the memory of this tab. */
interface UnsavedCodes {
  codes: readonly string[];
  /** How they came about. */
  origin: 'enrolled' | 'regenerated';
}

let current: UnsavedCodes | null = null;
const listeners = new Set<() => void>();

/** Keeps the codes while the person has not saved them; null forgets them. */
export function setUnsavedCodes(codes: UnsavedCodes | null): void {
  current = codes;
  for (const listener of listeners) listener();
}

export function getUnsavedCodes(): UnsavedCodes | null {
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useUnsavedCodes(): UnsavedCodes | null {
  return useSyncExternalStore(subscribe, getUnsavedCodes);
}

onSessionEnd(() => setUnsavedCodes(null));
