import { type Db, Prisma } from '../../platform/database/database.ts';
import type { Removal } from './removal.ts';
import {
  type HeadRow,
  hasNoLeaf,
  headColumns,
  headOf,
  isSeenBy,
  present,
  type RawHead,
  type Snapshot,
} from './seal.store.ts';
import { type KeyedRow, keyedEventColumns } from './store.ts';
import type { Hash } from './tree.ts';

/** Where everything ends, at one moment. */
export interface LogEnds {
  head: HeadRow | null;
  /** Leaves or nodes that no tree of this size has. */
  hasStrays: boolean;
  /** Of the last event. */
  lastSequence: number;
  cluster: bigint;
}

type SequencedKeyedRow = KeyedRow & { sequence: bigint };

export interface SealedLeaf {
  leafIndex: bigint;
  /** Of the event, even where that is gone. */
  leafSequence: bigint;
  leafHash: Hash;
  /** The removal that it went with; null where it did with none. */
  removalId: string | null;
  event: SequencedKeyedRow | null;
}

export interface LeaflessEvent {
  sequence: bigint;
  /** It was committed when all that was committed was sealed, or its transaction is still to come. */
  isStrange: boolean;
}

/** What the whole log is read by, in parts that are quick at any size. */
export const verificationStore = (db: Db) => ({
  async ends(): Promise<LogEnds> {
    const size = Prisma.sql`COALESCE(h.tree_size, 0)`;
    const [row] = await db.$queryRaw<
      (RawHead & { isThere: boolean; hasStrays: boolean; lastEvent: bigint; now: bigint })[]
    >`
      SELECT h.id IS NOT NULL AS "isThere", ${headColumns}, now.cluster AS now,
        EXISTS (SELECT 1 FROM audit_leaves WHERE leaf_index < 0)
        OR EXISTS (SELECT 1 FROM audit_leaves WHERE leaf_index >= ${size})
        OR EXISTS (SELECT 1 FROM audit_nodes WHERE level NOT IN (8, 16, 24, 32) OR node_index < 0
          OR node_index >= (${size} >> level)) AS "hasStrays",
        (SELECT COALESCE(max(sequence), 0) FROM audit_events) AS "lastEvent"
      FROM ${present} now LEFT JOIN audit_head h ON true`;
    if (!row) throw new Error('a row joined to nothing is a row');
    const { isThere, hasStrays, lastEvent, now } = row;
    return { head: isThere ? headOf(row) : null, hasStrays, lastSequence: Number(lastEvent), cluster: now };
  },

  /** The users of whom the log tells that they were erased. */
  async erasedUsers(): Promise<Set<string>> {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT subject_id AS id FROM audit_events WHERE action = 'user.erased' AND subject_id IS NOT NULL`;
    return new Set(rows.map(({ id }) => id));
  },

  /** What the log tells of events that were kept long enough, by removal. */
  async removals(): Promise<Map<string, Removal>> {
    const rows = await db.$queryRaw<{ details: Removal & { removalId: string } }[]>`
      SELECT details FROM audit_events WHERE action = 'audit.expired'`;
    return new Map(rows.map(({ details: { removalId, ...removal } }) => [removalId, removal]));
  },

  /** The leaves from `first` on in their order, with their events. */
  async leaves(first: number, limit: number): Promise<SealedLeaf[]> {
    const rows = await db.$queryRaw<(Omit<SealedLeaf, 'event'> & SequencedKeyedRow)[]>`
      SELECT l.leaf_index AS "leafIndex", l.sequence AS "leafSequence", l.hash AS "leafHash",
        l.removal_id AS "removalId", e.*
      FROM (SELECT * FROM audit_leaves WHERE leaf_index >= ${first}::bigint ORDER BY leaf_index LIMIT ${limit}) l
        LEFT JOIN LATERAL (
          SELECT ${keyedEventColumns} FROM audit_events e WHERE e.sequence = l.sequence LIMIT 1
        ) e ON true
      ORDER BY l.leaf_index`;
    return rows.map(({ leafIndex, leafSequence, leafHash, removalId, ...event }) => ({
      leafIndex,
      leafSequence,
      leafHash,
      removalId,
      event: event.id === null ? null : event,
    }));
  },

  /**
   * Of the next events those without a leaf; `last` is where they end, null after the last of all.
   *
   * @param seen the moment whose events are all sealed
   */
  async leafless(
    seen: Snapshot | null,
    after: bigint,
    limit: number,
  ): Promise<{ events: LeaflessEvent[]; last: bigint | null }> {
    const rows = await db.$queryRaw<(LeaflessEvent & { isLeafless: boolean; last: bigint })[]>`
      WITH part AS (
        SELECT e.sequence, e.transaction_id, ${hasNoLeaf} AS "isLeafless" FROM audit_events e
        WHERE e.sequence > ${after}::bigint ORDER BY e.sequence LIMIT ${limit}
      )
      SELECT e.sequence, e."isLeafless", ends.last,
        ${seen}::text IS NOT NULL AND (e.transaction_id >= now.next OR ${isSeenBy(Prisma.sql`${seen}`)}) AS "isStrange"
      FROM part e, ${present} now, (SELECT max(sequence) AS last FROM part) ends
      WHERE e."isLeafless" OR e.sequence = ends.last ORDER BY e.sequence`;
    return { events: rows.filter(({ isLeafless }) => isLeafless), last: rows[0]?.last ?? null };
  },
});
