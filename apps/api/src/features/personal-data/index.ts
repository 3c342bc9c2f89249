import type { Feature } from '../../http/feature.ts';
import type { PersonalDataExport } from './export.ts';
import { personalDataRoutes } from './routes.ts';

export { PersonalDataExport } from './export.ts';

/** What is kept of a person: given out whole. */
export const personalDataFeature = ({ personalDataExport }: { personalDataExport: PersonalDataExport }): Feature => ({
  routes: [personalDataRoutes(personalDataExport)],
  chores: [],
});
