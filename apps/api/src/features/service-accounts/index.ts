import { HOUR_MS } from '@sallyport/core';
import type { Feature } from '../../http/feature.ts';
import { serviceAccountsRoutes } from './routes.ts';
import type { ServiceAccountsService } from './service.ts';

export { serviceAccountDataOf } from './personal-data.store.ts';
export { ServiceAccountsService } from './service.ts';

/** Programs that call the API with a key of their own. */
export const serviceAccountsFeature = (accounts: ServiceAccountsService): Feature => ({
  routes: [serviceAccountsRoutes(accounts)],
  chores: [{ name: 'ended service accounts', everyMs: HOUR_MS, run: () => accounts.purge() }],
});
