import { Outlet } from 'react-router';
import type { Me } from '../api/types.ts';
import { NotAllowedPage } from '../pages/not-allowed-page.tsx';
import { useMe } from './me.ts';

/** Shows the page below only to whom it is meant for. A courtesy: the service checks every request itself. */
export function RequireRole({ allows }: { allows: (me: Me) => boolean }) {
  return allows(useMe()) ? <Outlet /> : <NotAllowedPage />;
}
