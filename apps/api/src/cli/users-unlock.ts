import { withServices } from './open.ts';
import { print } from './output.ts';

/** For a user whom somebody's guesses keep out. */
export async function unlock(email: string): Promise<void> {
  await withServices(({ services }) => services.usersByOperator.unlock(email));
  print(false, {}, ['This user may try passwords and codes again at once. A mail tells the user.']);
}
