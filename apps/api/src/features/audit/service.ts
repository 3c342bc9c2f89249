import type { Origin } from '../../platform/caller.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';
import type { AuditAction } from './actions.ts';
import { auditStore } from './store.ts';

export { insertAuditEvent } from './store.ts';

/** Whom an event names: the id, and the address or command name as it was at that moment. */
export interface Party {
  id: string | null;
  name: string;
}

/** One security-relevant action (SEC-41). `details` never holds a secret, code or token (SEC-42). */
export interface AuditEntry {
  action: AuditAction;
  outcome?: 'success' | 'failure';
  actor: Party | null;
  /** The user it happened to, where it is not the actor's own doing alone. */
  subject: Party | null;
  /** The organisation whose admins may read it; null is for the operator only. */
  organizationId: string | null;
  details?: Record<string, string | number | boolean | null | string[]>;
}

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

export class AuditService {
  constructor(private readonly deps: { clock: Clock }) {}

  /** The row of an event, for a store that appends it within a larger statement. */
  row(origin: Origin | null, entry: AuditEntry): AuditRow {
    return {
      id: newId(),
      occurredAt: this.deps.clock.now(),
      action: entry.action,
      outcome: entry.outcome ?? 'success',
      actorId: entry.actor?.id ?? null,
      actorName: entry.actor?.name ?? null,
      subjectId: entry.subject?.id ?? null,
      subjectName: entry.subject?.name ?? null,
      organizationId: entry.organizationId,
      address: origin?.address ?? null,
      userAgent: origin?.userAgent ?? null,
      requestId: origin?.requestId ?? null,
      details: entry.details ?? {},
    };
  }

  /**
   * Appends one event in the transaction `db` of the change it tells of. Call it last in the transaction: it holds
   * the end of the chain until the commit.
   */
  async record(db: Db, origin: Origin | null, entry: AuditEntry): Promise<void> {
    await auditStore(db).append(this.row(origin, entry));
  }
}
