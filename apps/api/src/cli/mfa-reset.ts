import { withServices } from './open.ts';
import { print } from './output.ts';

/** The way back in for a user who lost everything, when no admin can help. */
export async function resetMfa(email: string): Promise<void> {
  const pass = await withServices(({ services }) => services.users.resetMfaByOperator(email));
  print(false, {}, [
    'Two-factor authentication is off for this user, whose sessions are ended. A mail tells the user.',
    ...(pass === null ? [] : [`To set it up again the user needs this pass, which is shown this once: ${pass}`]),
  ]);
}
