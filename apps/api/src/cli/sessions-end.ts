import { withServices } from './open.ts';
import { counted, print } from './output.ts';

/** For an account that somebody else is in; servers refuse the sessions from the next request on. */
export async function endSessions(email: string, { json }: { json?: boolean }): Promise<void> {
  const ended = await withServices(({ services }) => services.usersByOperator.endSessions(email));
  print(json, { ended }, [
    ended === 0 ? 'This user has no session.' : `Ended ${counted(ended, 'session')}. A mail tells the user.`,
  ]);
}
