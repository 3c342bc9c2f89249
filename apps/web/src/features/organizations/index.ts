export { allOrganizationsQuery } from './queries.ts';
