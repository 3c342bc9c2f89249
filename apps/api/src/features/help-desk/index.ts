import type { Feature } from '../../http/feature.ts';
import { helpDeskRoutes } from './routes.ts';
import type { HelpDeskService } from './service.ts';

export { HelpDeskService } from './service.ts';

/** What an admin sees of a user who cannot sign in, without any secret. */
export const helpDeskFeature = (helpDesk: HelpDeskService): Feature => ({
  routes: [helpDeskRoutes(helpDesk)],
  chores: [],
});
