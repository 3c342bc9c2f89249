import { type AuditAction, assertMayRead, type Caller, type Origin, Problem } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { decodeCursor, invalidCursor, pageOf } from '../../platform/database/cursor.ts';
import type { Database, Db } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Party } from './party.ts';
import type { AuditQuery } from './schemas.ts';
import { type AuditRow, auditStore } from './store.ts';
import { viewOf } from './view.ts';

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

export class AuditService {
  constructor(private readonly deps: { database: Database; clock: Clock }) {}

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

  /** Appends one event in the transaction `db` of the change it tells of. It waits for nobody. */
  async record(db: Db, origin: Origin | null, entry: AuditEntry): Promise<void> {
    await auditStore(db).append(this.row(origin, entry));
  }

  /** Appends many events of the operator, in their order; see `record`. */
  async recordMany(db: Db, entries: readonly AuditEntry[]): Promise<void> {
    await auditStore(db).appendMany(entries.map((entry) => this.row(null, entry)));
  }

  /** Where the service took a request to come from, for the operator; null where no event tells. */
  async addressOf(requestId: string): Promise<string | null> {
    return auditStore(this.deps.database.client).addressOf(requestId);
  }

  /**
   * A page of the events of the caller's organisations, newest first.
   *
   * @throws Problem `forbidden` for members; `not_found` for an organisation outside of the caller's
   */
  async list(caller: Caller, { limit = 50, cursor, ...query }: AuditQuery) {
    assertMayRead(caller);
    const store = auditStore(this.deps.database.client);
    const { organizationId, userId, action } = query;
    const filter = {
      organizationId,
      userId,
      action,
      from: momentOf('from', query.from),
      to: momentOf('to', query.to),
    };
    const before = cursor === undefined ? null : sequenceOf(decodeCursor(filter, cursor));
    if (organizationId !== undefined && !(await store.covers(caller.organization.id, organizationId)))
      throw new Problem('not_found');
    const rows = await store.page(caller.organization, filter, before, limit + 1);
    const page = pageOf(rows, limit, filter, (row) => String(row.sequence));
    return { ...page, items: page.items.map(viewOf) };
  }
}

/** The format of RFC 3339 allows moments that a Date or the database cannot hold: leap seconds, the year 0. */
function momentOf(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (moment >= new Date(0) && moment < new Date('9999-12-31')) return moment;
  throw new Problem('invalid_request', {
    errors: [{ pointer: `#/query/${name}`, message: 'must be a moment between the years 1970 and 9999' }],
  });
}

function sequenceOf(position: string): bigint {
  if (/^\d{1,18}$/.test(position)) return BigInt(position);
  throw invalidCursor();
}
