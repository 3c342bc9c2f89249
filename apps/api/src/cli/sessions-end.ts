import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withServices } from './open.ts';
import { counted, print } from './output.ts';

/**
 * For an account that somebody else is in, or with `all` for a database that was restored; servers refuse the sessions
 * from the next request on.
 *
 * @throws CommandError EX_USAGE without an address and `all`, or with both
 */
export async function endSessions(
  email: string | undefined,
  { all = false, json }: { all?: boolean; json?: boolean },
): Promise<void> {
  if ((email === undefined) !== all) throw new CommandError(EX.USAGE, 'Name the address of one user, or give --all.');
  const ended = await withServices(({ services: { usersByOperator } }) =>
    email === undefined ? usersByOperator.endAllSessions() : usersByOperator.endSessions(email),
  );
  const none = all ? 'There is no session.' : 'This user has no session.';
  const some = `Ended ${counted(ended, 'session')}.${all ? '' : ' A mail tells the user.'}`;
  print(json, { ended }, [ended === 0 ? none : some]);
}
