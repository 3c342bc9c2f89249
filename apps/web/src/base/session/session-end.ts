import { notifications } from '@mantine/notifications';
import { createSignal } from '../signal.ts';
import { rememberSignedIn } from './signed-in-hint.ts';

/** The session ends in this tab: what was kept of the user must be forgotten. */
export const sessionEnd = createSignal();

/** Forgets everything of the signed-in user that lives outside the query cache. */
export function endSession(): void {
  sessionEnd.tell();
  rememberSignedIn(false);
  notifications.clean();
}
