import type { Feature } from '../../http/feature.ts';
import { signInRoutes } from './routes.ts';
import type { SignInService } from './service.ts';

export { SignInService } from './service.ts';

/** Sign-in with a local password, in one step or two. */
export const signInFeature = (signIn: SignInService): Feature => ({ routes: [signInRoutes(signIn)], chores: [] });
