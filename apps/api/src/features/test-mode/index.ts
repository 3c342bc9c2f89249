import type { Feature } from '../../http/feature.ts';
import { testModeRoutes } from './routes.ts';
import type { TestModeService } from './service.ts';

export { TestModeService } from './service.ts';

/** What tests of others do with a server of their own: its clock, its mails, its codes and its tenants. */
export const testModeFeature = (testMode: TestModeService): Feature => ({
  routes: [testModeRoutes(testMode)],
  chores: [],
});
