import type { Feature } from '../../http/feature.ts';
import { accountRoutes } from './routes.ts';
import type { AccountService } from './service.ts';

export { AccountService, currentUser } from './service.ts';

/** The signed-in user, and the ways a password comes to be. */
export const accountFeature = (account: AccountService): Feature => ({ routes: [accountRoutes(account)], chores: [] });
