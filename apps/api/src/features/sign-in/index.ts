import type { Feature } from '../../http/feature.ts';
import type { PasswordlessService } from './passwordless.ts';
import { passwordlessRoutes, signInRoutes } from './routes.ts';
import type { SignInService } from './service.ts';

export { PasswordlessService } from './passwordless.ts';
export { SignInService } from './service.ts';

/** Sign-in with a local password, in one step or two, and with a passkey in its place. */
export const signInFeature = (services: { signIn: SignInService; passwordless: PasswordlessService }): Feature => ({
  routes: [signInRoutes(services.signIn), passwordlessRoutes(services.passwordless)],
  chores: [],
});
