import { withServices } from './open.ts';
import { print } from './output.ts';

/** The way back in where single sign-on was made the only one, and does not work. */
export async function enableLocalSignIn(slug: string): Promise<void> {
  const wasOff = await withServices(({ services }) => services.organizations.enableLocalSignInByOperator(slug));
  print(false, {}, [
    wasOff
      ? `Users of ${slug} may sign in with a password again.`
      : `Users of ${slug} may sign in with a password already.`,
  ]);
}
