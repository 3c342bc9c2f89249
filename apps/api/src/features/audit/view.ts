import type { Party } from './party.ts';
import type { AuditRow } from './store.ts';

const named = (id: string | null, name: string | null): Party | null =>
  id === null && name === null ? null : { id, name: name ?? '' };

/** An event as the API shows it, which is also what is sealed: so it shows every column that means something. */
export const viewOf = (row: AuditRow & { sequence: bigint }) => ({
  id: row.id,
  sequence: Number(row.sequence),
  occurredAt: row.occurredAt,
  action: row.action,
  outcome: row.outcome,
  actor: named(row.actorId, row.actorName),
  subject: named(row.subjectId, row.subjectName),
  organizationId: row.organizationId,
  address: row.address,
  userAgent: row.userAgent,
  requestId: row.requestId,
  details: row.details,
});

export type EventView = ReturnType<typeof viewOf>;
