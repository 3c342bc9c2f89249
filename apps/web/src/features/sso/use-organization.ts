import { useSearchParams } from 'react-router';
import { useMe } from '../../base/session/me.ts';

/**
 * The organization that a page of these settings is about: that of the address (`?organization=`), else the own one.
 *
 * @returns with `pathTo`, which keeps it in the addresses of the other pages
 */
export function useOrganization(): { organizationId: string; pathTo: (path: string) => string } {
  const own = useMe().organization.id;
  const [query] = useSearchParams();
  const organizationId = query.get('organization') ?? own;
  return {
    organizationId,
    pathTo: (path) => (organizationId === own ? path : `${path}?organization=${organizationId}`),
  };
}
