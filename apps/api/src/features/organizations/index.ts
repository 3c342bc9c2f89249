import type { Feature } from '../../http/feature.ts';
import { organizationsRoutes } from './routes.ts';
import type { OrganizationsService } from './service.ts';

export { readPasskeyModels, toldSettings } from './passkey-models.ts';
export { PasskeyModels } from './schemas.ts';
export { effectiveSettings, type NamedOrganization, OrganizationsService, organizationsBySlug } from './service.ts';
export type { HeldOrganization, SettingsAfter } from './store.ts';

/** Partners, their customers, and the settings of both. */
export const organizationsFeature = (organizations: OrganizationsService): Feature => ({
  routes: [organizationsRoutes(organizations)],
  chores: [],
});
