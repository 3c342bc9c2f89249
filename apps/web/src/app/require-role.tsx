import { Outlet } from 'react-router';
import type { Me } from '../base/api/types.ts';
import { useMe } from '../base/session/me.tsx';
import { NotAllowedPage } from '../ui/message-page.tsx';

/** Shows the page below only to whom it is meant for. A courtesy: the service checks every request itself. */
export function RequireRole({ allows }: { allows: (me: Me) => boolean }) {
  return allows(useMe()) ? <Outlet /> : <NotAllowedPage />;
}
