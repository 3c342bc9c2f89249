import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { createSignal } from '../base/signal.ts';

let current = '';
const changed = createSignal();

/** Has `message` read out by a screen reader when it is next idle, without moving the focus. */
export function announce(message: string): void {
  // The same text twice in a row would not be noticed as a change; a trailing space makes it one.
  current = current === message ? `${message}\u00a0` : message;
  changed.tell();
}

/** The one polite live region of the page. */
export function Announcer() {
  const message = useSyncExternalStore(changed.listen, () => current);
  return (
    <VisuallyHidden aria-live="polite" role="status">
      {message}
    </VisuallyHidden>
  );
}
