import type { AuditAction, Caller } from '@sallyport/core';
import type { Transaction } from '../../../platform/database/database.ts';
import { type AuditService, partyOf } from '../../audit/index.ts';
import { type ConnectionNews, connectionChanged } from '../../mails/index.ts';
import type { UsersWriter } from '../../users/index.ts';

const actions = {
  added: 'sso.connection_created',
  changed: 'sso.connection_updated',
  staged: 'sso.change_staged',
  applied: 'sso.change_applied',
  discarded: 'sso.change_discarded',
  removed: 'sso.connection_deleted',
} as const satisfies Record<ConnectionNews, AuditAction>;

/** Tells the log, and those who run the organisation (SEC-38). */
export async function recordChange(
  { audit, writer }: { audit: AuditService; writer: UsersWriter },
  tx: Transaction,
  caller: Caller,
  news: ConnectionNews,
  { id, name, organizationId }: { id: string; name: string; organizationId: string },
  details: Record<string, string | number | boolean | string[]>,
): Promise<void> {
  await writer.tellAdmins(tx, [organizationId], (to) =>
    connectionChanged({ ...to, connectionName: name, news, by: caller.email }),
  );
  await audit.record(tx, caller.origin, {
    action: actions[news],
    actor: partyOf(caller),
    subject: null,
    organizationId,
    details: { connectionId: id, connectionName: name, ...details },
  });
}
