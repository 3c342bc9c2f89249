import type { AuditAction } from '@sallyport/core';
import { batches, type Db, Prisma, plannedAnew, records } from '../../platform/database/database.ts';
import type { Person } from '../../platform/personal-data.ts';
import { familyIdOf, familyOf, ofScope, type Scope } from '../organizations/store.ts';
import { keysOfEvent } from './person-keys.store.ts';

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

/** An event as it lies in its row: what it says of users is sealed, or was never to be. */
export interface StoredRow extends AuditRow {
  actorSealed: Uint8Array<ArrayBuffer> | null;
  subjectSealed: Uint8Array<ArrayBuffer> | null;
  /** Clear text was taken away with a person. */
  erased: boolean;
}

/** The same with the keys of the persons, sealed by the keyring; null where a key is gone, or there never was one. */
export interface KeyedRow extends StoredRow {
  actorKey: Uint8Array<ArrayBuffer> | null;
  subjectKey: Uint8Array<ArrayBuffer> | null;
}

/**
 * The INSERT of one event as a fragment: alone with `from` empty, or at the end of a statement of another store,
 * where `from` names the CTE whose rows cause it. Sequence and transaction are the database's; it waits for nobody.
 */
export const insertAuditEvent = (row: StoredRow, from: Prisma.Sql = Prisma.empty): Prisma.Sql => Prisma.sql`
  INSERT INTO audit_events
    (id, occurred_at, action, outcome, actor_id, actor_name, subject_id, subject_name, organization_id,
     address, user_agent, request_id, details, actor_sealed, subject_sealed)
  SELECT ${row.id}::uuid, ${row.occurredAt}::timestamptz, ${row.action}, ${row.outcome}::audit_outcome,
     ${row.actorId}::uuid, ${row.actorName}::text, ${row.subjectId}::uuid, ${row.subjectName}::text,
     ${row.organizationId}::uuid, ${row.address}::text, ${row.userAgent}::text, ${row.requestId}::text,
     ${JSON.stringify(row.details)}::jsonb, ${row.actorSealed}::bytea, ${row.subjectSealed}::bytea
  ${from}`;

export const eventColumns = Prisma.sql`
  sequence, id, occurred_at AS "occurredAt", action, outcome, actor_id AS "actorId", actor_name AS "actorName",
  subject_id AS "subjectId", subject_name AS "subjectName", organization_id AS "organizationId", address,
  user_agent AS "userAgent", request_id AS "requestId", actor_sealed AS "actorSealed",
  subject_sealed AS "subjectSealed", erased`;

/** A row of `audit_events` with all that it takes to open it. */
export const keyedEventColumns = Prisma.sql`${eventColumns}, details, ${keysOfEvent}`;

export interface AuditFilter {
  organizationId?: string | undefined;
  /** As actor or as subject. */
  userId?: string | undefined;
  action?: string | undefined;
  /** Inclusive. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

type SequencedAuditRow = KeyedRow & { sequence: bigint };

/**
 * Events are numbered nearly in the order of their times: a transaction may take a while, and clocks differ by seconds, or
 * no code of an authenticator would be right. Beyond an hour the numbers tell without the times.
 */
const DISORDER = Prisma.sql`interval '1 hour'`;

/** Greater than that of any event. */
const NO_NUMBER = 2n ** 63n - 1n;

/** What is not before `from` has a number above this. */
const isAfter = (from: Date): Prisma.Sql => Prisma.sql`e.sequence > COALESCE((
  SELECT b.sequence FROM audit_events b WHERE b.occurred_at < ${from}::timestamptz - ${DISORDER}
  ORDER BY b.occurred_at DESC LIMIT 1), -1)`;

/** What is before `to` has a number below this. */
const isBefore = (to: Date): Prisma.Sql => Prisma.sql`e.sequence < COALESCE((
  SELECT b.sequence FROM audit_events b WHERE b.occurred_at >= ${to}::timestamptz + ${DISORDER}
  ORDER BY b.occurred_at LIMIT 1), ${NO_NUMBER}::bigint)`;

const isBelow = (sequence: bigint): Prisma.Sql => Prisma.sql`e.sequence < ${sequence}::bigint`;

/** The newest events `e` that meet all of the conditions. */
const newest = (conditions: readonly Prisma.Sql[], limit: number): Prisma.Sql => Prisma.sql`
  FROM audit_events e WHERE ${Prisma.join([...conditions], ' AND ')} ORDER BY e.sequence DESC LIMIT ${limit}`;

/** The statement for those of them that the user did or that happened to it: an index holds each of the two in order. */
const newestOfUser = (userId: string, conditions: readonly Prisma.Sql[], limit: number): Prisma.Sql => Prisma.sql`
  ${plannedAnew} SELECT ${keyedEventColumns} FROM audit_events WHERE sequence IN (
    (SELECT e.sequence ${newest([...conditions, Prisma.sql`e.subject_id = ${userId}::uuid`], limit)})
    UNION (SELECT e.sequence ${newest([...conditions, Prisma.sql`e.actor_id = ${userId}::uuid`], limit)})
  ) ORDER BY sequence DESC LIMIT ${limit}`;

/** An event of the time before the log was sealed, as it lies in the chain. */
export interface ChainedRow extends Omit<StoredRow, 'details'> {
  sequence: bigint;
  /** The text of the jsonb. */
  details: string;
  previousHash: Uint8Array | null;
  hash: Uint8Array | null;
}

const base64 = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString('base64');

const inText = ({ actorSealed, subjectSealed, ...row }: StoredRow) => ({
  ...row,
  actorSealed: base64(actorSealed),
  subjectSealed: base64(subjectSealed),
});

export const auditStore = (db: Db) => ({
  async append(row: StoredRow): Promise<void> {
    await db.$executeRaw(insertAuditEvent(row));
  },

  /** The same for many, in their order. */
  async appendMany(rows: readonly StoredRow[]): Promise<void> {
    const types = `id uuid, "occurredAt" timestamptz, action text, outcome audit_outcome, "actorId" uuid, "actorName" text,
      "subjectId" uuid, "subjectName" text, "organizationId" uuid, address text, "userAgent" text, "requestId" text,
      details jsonb, "actorSealed" text, "subjectSealed" text`;
    for (const batch of batches(rows)) {
      await db.$executeRaw`
        INSERT INTO audit_events
          (id, occurred_at, action, outcome, actor_id, actor_name, subject_id, subject_name, organization_id,
           address, user_agent, request_id, details, actor_sealed, subject_sealed)
        SELECT r.id, r."occurredAt", r.action, r.outcome, r."actorId", r."actorName", r."subjectId", r."subjectName",
          r."organizationId", r.address, r."userAgent", r."requestId", r.details,
          decode(r."actorSealed", 'base64'), decode(r."subjectSealed", 'base64')
        FROM ${records(batch.map(inText), types)}`;
    }
  },

  /** Newest first, of the caller's organisation and the customers under it, below the sequence `before`. */
  async page(own: Scope, filter: AuditFilter, before: bigint | null, limit: number) {
    const conditions = [ofScope(own, Prisma.sql`e`)];
    const { organizationId, userId, action, from, to } = filter;
    if (organizationId) conditions.push(Prisma.sql`e.organization_id = ${organizationId}::uuid`);
    if (action) conditions.push(Prisma.sql`e.action = ${action}`);
    if (from) conditions.push(Prisma.sql`e.occurred_at >= ${from}::timestamptz`, isAfter(from));
    if (to) conditions.push(Prisma.sql`e.occurred_at < ${to}::timestamptz`, isBefore(to));
    if (before !== null) conditions.push(isBelow(before));
    return db.$queryRaw<SequencedAuditRow[]>(
      userId
        ? newestOfUser(userId, conditions, limit)
        : Prisma.sql`${plannedAnew} SELECT ${keyedEventColumns} ${newest(conditions, limit)}`,
    );
  },

  /** The next events that a user did or that happened to it, oldest first, whatever the scope. */
  async ofUser(userId: string, after: bigint, limit: number): Promise<SequencedAuditRow[]> {
    const next = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
      SELECT e.sequence FROM audit_events e WHERE ${column} = ${userId}::uuid AND e.sequence > ${after}::bigint
      ORDER BY e.sequence LIMIT ${limit}`;
    return db.$queryRaw<SequencedAuditRow[]>`
      SELECT ${keyedEventColumns} FROM audit_events WHERE sequence IN (
        (${next(Prisma.sql`e.subject_id`)}) UNION (${next(Prisma.sql`e.actor_id`)})
      ) ORDER BY sequence LIMIT ${limit}`;
  },

  /** The newest events that a user did or that happened to it, below the sequence `before`, whatever the scope. */
  async newestOfUser(userId: string, before: bigint | null, limit: number): Promise<SequencedAuditRow[]> {
    return db.$queryRaw<SequencedAuditRow[]>(newestOfUser(userId, [isBelow(before ?? NO_NUMBER)], limit));
  },

  /** Of an event what tells it apart, where the user did it or it happened to the user; null for any other. */
  async ofUserById(userId: string, id: string): Promise<{ action: AuditAction; occurredAt: Date } | null> {
    const [row] = await db.$queryRaw<{ action: AuditAction; occurredAt: Date }[]>`
      SELECT e.action, e.occurred_at AS "occurredAt" FROM audit_events e
      WHERE e.id = ${id}::uuid AND (e.subject_id = ${userId}::uuid OR e.actor_id = ${userId}::uuid)`;
    return row ?? null;
  },

  /** The last event of a request, whatever the scope: for the operator. */
  async lastOf(requestId: string): Promise<SequencedAuditRow | null> {
    const [row] = await db.$queryRaw<SequencedAuditRow[]>`
      SELECT ${keyedEventColumns} FROM audit_events WHERE request_id = ${requestId} ORDER BY sequence DESC LIMIT 1`;
    return row ?? null;
  },

  /** Takes the clear text of a person away that events of before hold; how many held some. */
  async forget({ id, email, organizationId }: Person): Promise<number> {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT audit_forget(${id}::uuid, ${email}, ${familyIdOf(organizationId)}) AS count`;
    return row?.count ?? 0;
  },

  /** The event of this id, of the caller's organisation and the customers under it; for the operator, null, of any. */
  async find(own: string | null, id: string): Promise<SequencedAuditRow | null> {
    const isInScope = own === null ? Prisma.sql`true` : Prisma.sql`organization_id IN ${familyOf(own)}`;
    const [row] = await db.$queryRaw<SequencedAuditRow[]>`
      SELECT ${keyedEventColumns} FROM audit_events WHERE id = ${id}::uuid AND ${isInScope}`;
    return row ?? null;
  },

  /** True when `organizationId` is the caller's organisation or a customer under it. */
  async covers(own: string, organizationId: string): Promise<boolean> {
    const [row] = await db.$queryRaw<
      { covers: boolean }[]
    >`SELECT ${organizationId}::uuid IN ${familyOf(own)} AS covers`;
    return row?.covers ?? false;
  },

  /** Where the chain says that it ends, and where its events do. */
  async chainEnds(): Promise<{ end: { sequence: bigint; hash: Uint8Array } | null; last: bigint }> {
    const [row] = await db.$queryRaw<{ sequence: bigint | null; hash: Uint8Array | null; last: bigint }[]>`
      SELECT c.sequence, c.hash, l.last
      FROM (SELECT COALESCE(max(sequence), 0) AS last FROM audit_events WHERE transaction_id = 0) l
        LEFT JOIN audit_chain c ON true`;
    if (!row) throw new Error('an aggregate always has a row');
    const { sequence, hash, last } = row;
    return { end: sequence === null || hash === null ? null : { sequence, hash }, last };
  },

  /** The next events of the chain, oldest first, with sequences in (`after`, `upTo`]. */
  async chained(after: bigint, upTo: bigint, limit: number): Promise<ChainedRow[]> {
    return db.$queryRaw<ChainedRow[]>`
      SELECT ${eventColumns}, details::text AS details, previous_hash AS "previousHash", hash FROM audit_events
      WHERE transaction_id = 0 AND sequence > ${after}::bigint AND sequence <= ${upTo}::bigint
      ORDER BY sequence LIMIT ${limit}`;
  },
});
