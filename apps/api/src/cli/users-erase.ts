import { withServices } from './open.ts';
import { print } from './output.ts';

/** For a person who asks to be forgotten. There is no way back but a backup. */
export async function eraseUser(user: string): Promise<void> {
  await withServices(({ services }) => services.personalDataErasure.byOperator(user));
  print(false, {}, ['This user was erased. A last mail tells the user.']);
}
