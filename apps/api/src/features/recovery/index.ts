import type { Feature } from '../../http/feature.ts';
import { recoveryRoutes } from './routes.ts';
import type { RecoveryService } from './service.ts';

export { RecoveryService } from './service.ts';

/** Recovery without an admin: the address that is named for it, and the reset that is asked for by it. */
export const recoveryFeature = ({ recovery }: { recovery: RecoveryService }): Feature => ({
  routes: [recoveryRoutes(recovery)],
  chores: [],
});
