import { notifications } from '@mantine/notifications';
import { rememberSignedIn } from './signed-in-hint.ts';

const listeners = new Set<() => void>();

/** Registers what must be forgotten when the session ends in this tab. */
export function onSessionEnd(listener: () => void): void {
  listeners.add(listener);
}

/** Forgets everything of the signed-in user that lives outside the query cache. */
export function endSession(): void {
  for (const listener of listeners) listener();
  rememberSignedIn(false);
  notifications.clean();
}
