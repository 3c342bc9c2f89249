import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';

let current = '';
const listeners = new Set<() => void>();

/** Has `message` read out by a screen reader when it is next idle, without moving the focus. */
export function announce(message: string): void {
  // The same text twice in a row would not be noticed as a change; a trailing space makes it one.
  current = current === message ? `${message}\u00a0` : message;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The one polite live region of the page. */
export function Announcer() {
  const message = useSyncExternalStore(subscribe, () => current);
  return (
    <VisuallyHidden aria-live="polite" role="status">
      {message}
    </VisuallyHidden>
  );
}
