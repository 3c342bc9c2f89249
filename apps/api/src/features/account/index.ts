import type { Feature } from '../../http/feature.ts';
import type { MfaResets } from '../users/index.ts';
import { accountRoutes } from './routes.ts';
import type { AccountService } from './service.ts';

export { AccountService, currentUser } from './service.ts';

/** The signed-in user, and the ways a password comes to be. */
export const accountFeature = ({ account, mfaResets }: { account: AccountService; mfaResets: MfaResets }): Feature => ({
  routes: [accountRoutes(account, mfaResets)],
  chores: [],
});
