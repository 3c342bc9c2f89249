export { OrganizationChoice } from './organization-choice.tsx';
export { OrganizationScope, useOrganizationScope } from './organization-scope.tsx';
export { useOrganizations } from './queries.ts';
