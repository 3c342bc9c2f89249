import type { AuditAction } from '@sallyport/core';
import { Prisma } from '../../platform/database/database.ts';

export interface AuditRow {
  id: string;
  occurredAt: Date;
  action: AuditAction;
  outcome: 'success' | 'failure';
  actorId: string | null;
  actorName: string | null;
  subjectId: string | null;
  subjectName: string | null;
  organizationId: string | null;
  address: string | null;
  userAgent: string | null;
  requestId: string | null;
  details: Record<string, unknown>;
}

/**
 * The INSERT of one event as a fragment: alone with `from` empty, or at the end of a statement of another store,
 * where `from` names the CTE whose rows cause it. Sequence and hash are the trigger's.
 */
export const insertAuditEvent = (row: AuditRow, from: Prisma.Sql = Prisma.empty): Prisma.Sql => Prisma.sql`
  INSERT INTO audit_events
    (id, occurred_at, action, outcome, actor_id, actor_name, subject_id, subject_name, organization_id,
     address, user_agent, request_id, details)
  SELECT ${row.id}::uuid, ${row.occurredAt}::timestamptz, ${row.action}, ${row.outcome}::audit_outcome,
     ${row.actorId}::uuid, ${row.actorName}::text, ${row.subjectId}::uuid, ${row.subjectName}::text,
     ${row.organizationId}::uuid, ${row.address}::text, ${row.userAgent}::text, ${row.requestId}::text,
     ${JSON.stringify(row.details)}::jsonb
  ${from}`;
