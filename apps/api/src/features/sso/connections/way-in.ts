import { type Caller, Problem } from '@sallyport/core';
import type { Transaction } from '../../../platform/database/database.ts';
import { effectiveSettings, type OrganizationsService } from '../../organizations/index.ts';
import { connectionsStore } from './store.ts';

/**
 * Stands before every change that could take the last way into an organisation (SEC-35): all of a partner and its
 * customers wait for each other, and for the switch of local sign-in, until the end of the transaction.
 *
 * @param caller null for a chore
 * @returns what to ask after the change: whether, where local sign-in is off, it took the last connection that works,
 *   or the last that is found by a domain
 */
export async function watchWayIn(
  tx: Transaction,
  organizations: OrganizationsService,
  caller: Caller | null,
  organizationId: string,
): Promise<() => Promise<boolean>> {
  await organizations.holdFamily(tx, caller, organizationId);
  const store = connectionsStore(tx);
  const before = await store.waysIn(organizationId);
  return async () => {
    const after = await store.waysIn(organizationId);
    const lost = (before.working && !after.working) || (before.withDomain && !after.withDomain);
    return lost && !(await effectiveSettings(tx, organizationId)).localSignInEnabled;
  };
}

/** The same for what a person changes. @returns what to call after the change. Throws Problem `no_working_sso`. */
export async function holdWayIn(
  tx: Transaction,
  organizations: OrganizationsService,
  caller: Caller,
  organizationId: string,
): Promise<() => Promise<void>> {
  const isLost = await watchWayIn(tx, organizations, caller, organizationId);
  return async () => {
    if (!(await isLost())) return;
    throw new Problem('no_working_sso', {
      detail:
        'Local sign-in is off, and after this change nobody could sign in. Allow local sign-in first, or set up another connection and sign in through it once.',
    });
  };
}
