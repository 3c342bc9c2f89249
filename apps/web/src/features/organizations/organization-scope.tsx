import { useSearchParams } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { OrganizationChoice } from './organization-choice.tsx';
import { useOrganizations } from './queries.ts';

/**
 * The organization that a page is about: that of the address (`?organization=`), else the own one.
 *
 * @returns with `organization` once it is known, and `pathTo`, which keeps the choice in the addresses of other pages
 */
export function useOrganizationScope() {
  const own = useMe().organization;
  const [query] = useSearchParams();
  const organizationId = query.get('organization') ?? own.id;
  return {
    organizationId,
    organization: useOrganizations().find(({ id }) => id === organizationId),
    pathTo: (path: string) => (organizationId === own.id ? path : `${path}?organization=${organizationId}`),
  };
}

/** Chooses the organization that the page is about. */
export function OrganizationScope() {
  const { organizationId } = useOrganizationScope();
  const [, change] = useAddress();
  return <OrganizationChoice value={organizationId} onChange={(organization) => change({ organization })} />;
}
