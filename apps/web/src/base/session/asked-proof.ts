import type { NextStep } from '@sallyport/client';
import { useSyncExternalStore } from 'react';
import { createSignal } from '../signal.ts';

/** A change waits for a fresh proof. */
export interface AskedProof {
  /** Tells one question from the next. */
  id: number;
  /** What proves the person. */
  next: NextStep;
  /** Lets the change go on, or not. */
  settle: (proved: boolean) => void;
}

const changed = createSignal();
let asked: AskedProof | null = null;
let count = 0;

function put(value: AskedProof | null): void {
  asked = value;
  changed.tell();
}

/** Asks the person; whether the proof was given. */
export const askForProof = (next: NextStep): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (proved: boolean) => {
      put(null);
      resolve(proved);
    };
    count += 1;
    put({ id: count, next, settle });
  });

/** What is asked for at this moment; null for nothing. */
export const askedProof = (): AskedProof | null => asked;

/** As {@link askedProof}, in a component. */
export const useAskedProof = (): AskedProof | null => useSyncExternalStore(changed.listen, askedProof);
