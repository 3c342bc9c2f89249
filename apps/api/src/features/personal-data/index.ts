import type { Feature } from '../../http/feature.ts';
import type { PersonalDataErasure } from './erasure.ts';
import type { PersonalDataExport } from './export.ts';
import { personalDataRoutes } from './routes.ts';

export { PersonalDataErasure } from './erasure.ts';
export { PersonalDataExport } from './export.ts';

interface Services {
  personalDataExport: PersonalDataExport;
  personalDataErasure: PersonalDataErasure;
}

/** What is kept of a person: given out whole, and erased. */
export const personalDataFeature = ({ personalDataExport, personalDataErasure }: Services): Feature => ({
  routes: [personalDataRoutes(personalDataExport, personalDataErasure)],
  chores: [],
});
