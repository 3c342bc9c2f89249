import type { SealedColumn } from '../../platform/crypto/store.ts';
import { type Db, Prisma, records } from '../../platform/database/database.ts';
import { eventColumns, type StoredRow } from './store.ts';
import type { Hash, NodeRange, TreeNode } from './tree.ts';

/** A moment of the database as PostgreSQL writes it (pg_snapshot): which transactions it sees. */
export type Snapshot = string;

/** An event's place in the order of sealing: by transaction, then by sequence. */
export interface Place {
  transaction: bigint;
  sequence: bigint;
}

/** How far the log is sealed. */
export interface Sealed {
  /** Every event that this moment sees is in the tree; null where that is true of no moment yet. */
  seen: Snapshot | null;
  /** The moment whose events are being sealed in parts, up to `after`. */
  sealing: Snapshot | null;
  /** What is not in the tree and was written here comes after this place. */
  after: Place;
  /** The greatest sequence in the tree when `seen` was noted. */
  lastSequence: bigint;
  /** Where transactions are numbered so; 0 for not known. */
  cluster: bigint;
}

export interface HeadRow {
  treeSize: number;
  rootHash: Hash;
  sealedAt: Date;
  keyId: string;
  signature: Hash;
  sealed: Sealed;
}

export type SequencedRow = StoredRow & { sequence: bigint };
export type UnsealedRow = SequencedRow & Place;

/** What can be sealed. */
export interface Unsealed {
  rows: UnsealedRow[];
  /** The moment whose events these are. */
  moment: Snapshot;
  /** The first transaction that may have been under way then. */
  oldest: bigint;
}

export interface LeafRow {
  leafIndex: number;
  sequence: bigint;
  hash: Hash;
}

/** What a public key is sealed for. */
export const auditKeyContext = (keyId: string): string => `audit-key:${keyId}`;

export const sealedAuditKeys: SealedColumn = {
  table: 'audit_keys',
  column: 'public_key',
  key: 'id',
  keyType: 'text',
  record: 'id',
  context: ({ recordId }) => auditKeyContext(recordId),
};

/**
 * The moment of the statement itself. Transactions are numbered by the whole cluster: a dump that is restored elsewhere
 * brings numbers with it that mean nothing there.
 */
export const present = Prisma.sql`(
  SELECT pg_current_snapshot() AS moment, pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next,
    (SELECT system_identifier FROM pg_control_system()) AS cluster)`;

/** Whether the event `e` was committed at that moment; not so where there is none. */
export const isSeenBy = (moment: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`COALESCE(pg_visible_in_snapshot(e.transaction_id::text::xid8, ${moment}::pg_snapshot), false)`;

/** Of the event `e`; by the index, whatever the planner thinks of the size of the tables. */
export const hasNoLeaf = Prisma.sql`(SELECT l.leaf_index FROM audit_leaves l WHERE l.sequence = e.sequence) IS NULL`;

/** Whether the event `e` is there to be sealed at this moment `now`, under the head `h`, which may be none. */
const isUnsealed = Prisma.sql`
  (e.transaction_id, e.sequence) > (COALESCE(h.next_transaction, -1), COALESCE(h.next_sequence, -1))
  AND (h.id IS NULL OR e.transaction_id < now.next) AND NOT ${isSeenBy(Prisma.sql`h.seen`)} AND ${hasNoLeaf}`;

/** A row of the head, as `h`. */
export const headColumns = Prisma.sql`
  h.tree_size AS "treeSize", h.root_hash AS "rootHash", h.sealed_at AS "sealedAt", h.key_id AS "keyId", h.signature,
  h.seen, h.sealing, h.next_transaction AS transaction, h.next_sequence AS sequence,
  h.last_sequence AS "lastSequence", h.cluster`;

export type RawHead = Omit<HeadRow, 'treeSize' | 'sealed'> & Omit<Sealed, 'after'> & Place & { treeSize: bigint };

export const headOf = ({ treeSize, rootHash, sealedAt, keyId, signature, ...rest }: RawHead): HeadRow => {
  const { transaction, sequence, ...sealed } = rest;
  const { seen, sealing, lastSequence, cluster } = sealed;
  return {
    treeSize: Number(treeSize),
    rootHash,
    sealedAt,
    keyId,
    signature,
    sealed: { seen, sealing, after: { transaction, sequence }, lastSequence, cluster },
  };
};

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** The tree over the log, its signed head, and the keys that signed it. */
export const sealStore = (db: Db) => ({
  async head(): Promise<HeadRow | null> {
    const [row] = await db.$queryRaw<RawHead[]>`SELECT ${headColumns} FROM audit_head h`;
    return row ? headOf(row) : null;
  },

  /** Whether there is something to do for a sealer that signs with `keyId`; costs next to nothing where there is not. */
  async isDue(keyId: string): Promise<boolean> {
    const [row] = await db.$queryRaw<{ due: boolean }[]>`
      SELECT h.cluster <> now.cluster OR h.key_id <> ${keyId} OR h.sealing IS NOT NULL OR EXISTS (
        SELECT 1 FROM audit_events e WHERE ${isUnsealed}
      ) AS due
      FROM ${present} now LEFT JOIN audit_head h ON true`;
    return row?.due ?? false;
  },

  /** When the first of the events happened that are there to be sealed; null where all are. */
  async oldestUnsealed(): Promise<Date | null> {
    const [row] = await db.$queryRaw<{ occurredAt: Date }[]>`
      SELECT e.occurred_at AS "occurredAt" FROM ${present} now LEFT JOIN audit_head h ON true
      CROSS JOIN LATERAL (
        SELECT occurred_at FROM audit_events e WHERE ${isUnsealed} ORDER BY e.transaction_id, e.sequence LIMIT 1
      ) e`;
    return row?.occurredAt ?? null;
  },

  /**
   * Committed events that are not in the tree, in the order in which they are sealed: those of the moment that is being
   * sealed, else of now. Only what was not seen before is looked at.
   */
  async unsealed({ seen, sealing, after }: Sealed, limit: number): Promise<Unsealed> {
    return this.candidates(
      Prisma.sql`(e.transaction_id, e.sequence) > (${after.transaction}::bigint, ${after.sequence}::bigint)
        AND e.transaction_id < now.next AND NOT ${isSeenBy(Prisma.sql`${seen}`)}
        AND ${sealing === null ? Prisma.sql`true` : isSeenBy(Prisma.sql`${sealing}`)}`,
      Prisma.sql`COALESCE(${sealing}::pg_snapshot, now.moment)`,
      limit,
    );
  },

  /** The same once transactions are numbered elsewhere: what is written there has a greater sequence. */
  async unsealedElsewhere({ seen, lastSequence }: Sealed, limit: number): Promise<Unsealed> {
    return this.candidates(
      Prisma.sql`(NOT ${isSeenBy(Prisma.sql`${seen}`)} OR e.sequence > ${lastSequence}::bigint)`,
      Prisma.sql`now.moment`,
      limit,
    );
  },

  async candidates(condition: Prisma.Sql, moment: Prisma.Sql, limit: number): Promise<Unsealed> {
    const rows = await db.$queryRaw<(UnsealedRow & Omit<Unsealed, 'rows'>)[]>`
      SELECT (${moment})::text AS moment, pg_snapshot_xmin(${moment})::text::bigint AS oldest, e.*
      FROM ${present} now LEFT JOIN LATERAL (
        SELECT ${eventColumns}, details, transaction_id AS transaction FROM audit_events e
        WHERE ${condition} AND ${hasNoLeaf}
        ORDER BY e.transaction_id, e.sequence LIMIT ${limit}
      ) e ON true`;
    const [first] = rows;
    if (!first) throw new Error('a row joined to nothing is a row');
    const { moment: text, oldest } = first;
    return { rows: first.id === null ? [] : rows, moment: text, oldest };
  },

  /** The cluster, and whether the log has an event whose transaction is still to come there. */
  async origin(): Promise<{ cluster: bigint; isForeign: boolean }> {
    const [row] = await db.$queryRaw<{ cluster: bigint; isForeign: boolean }[]>`
      SELECT now.cluster, EXISTS (SELECT 1 FROM audit_events WHERE transaction_id >= now.next) AS "isForeign"
      FROM ${present} now`;
    if (!row) throw new Error('a row is a row');
    return row;
  },

  /** The stored nodes of these ranges; leaves are those of level 0. */
  async nodes(ranges: readonly NodeRange[]): Promise<TreeNode[]> {
    const rows = await db.$queryRaw<{ level: number; index: bigint; hash: Hash }[]>`
      SELECT r.level, n.index, n.hash FROM ${records(ranges, 'level int, first bigint, count bigint')}
      CROSS JOIN LATERAL (
        SELECT l.leaf_index AS index, l.hash FROM audit_leaves l
        WHERE r.level = 0 AND l.leaf_index >= r.first AND l.leaf_index < r.first + r.count
        UNION ALL
        SELECT n.node_index, n.hash FROM audit_nodes n
        WHERE n.level = r.level AND n.node_index >= r.first AND n.node_index < r.first + r.count
      ) n`;
    return rows.map((row) => ({ ...row, index: Number(row.index) }));
  },

  /**
   * Lets the tree grow, and its head with it, in one statement: all of it, or nothing where the head is no longer the one
   * of `size` leaves.
   */
  async grow(size: number, head: HeadRow, leaves: readonly LeafRow[], nodes: readonly TreeNode[]): Promise<boolean> {
    const { seen, sealing, after, lastSequence, cluster } = head.sealed;
    const leafRows = leaves.map(({ leafIndex, sequence, hash }) => ({
      index: leafIndex,
      sequence: String(sequence),
      hash: hex(hash),
    }));
    const nodeRows = nodes.map((node) => ({ ...node, hash: hex(node.hash) }));
    const [row] = await db.$queryRaw<{ grew: boolean }[]>`
      WITH head AS (
        INSERT INTO audit_head (id, tree_size, root_hash, sealed_at, key_id, signature,
          seen, sealing, next_transaction, next_sequence, last_sequence, cluster)
        VALUES (1, ${head.treeSize}::bigint, ${head.rootHash}::bytea, ${head.sealedAt}::timestamptz, ${head.keyId},
          ${head.signature}::bytea, ${seen}, ${sealing}, ${after.transaction}::bigint, ${after.sequence}::bigint,
          ${lastSequence}::bigint, ${cluster}::bigint)
        ON CONFLICT (id) DO UPDATE SET tree_size = EXCLUDED.tree_size, root_hash = EXCLUDED.root_hash,
          sealed_at = EXCLUDED.sealed_at, key_id = EXCLUDED.key_id, signature = EXCLUDED.signature,
          seen = EXCLUDED.seen, sealing = EXCLUDED.sealing,
          next_transaction = EXCLUDED.next_transaction, next_sequence = EXCLUDED.next_sequence,
          last_sequence = EXCLUDED.last_sequence, cluster = EXCLUDED.cluster
        WHERE audit_head.tree_size = ${size}::bigint
        RETURNING id
      ), leaves AS (
        INSERT INTO audit_leaves (leaf_index, sequence, hash)
        SELECT r.index, r.sequence, decode(r.hash, 'hex')
        FROM head, ${records(leafRows, 'index bigint, sequence bigint, hash text')}
      ), nodes AS (
        INSERT INTO audit_nodes (level, node_index, hash)
        SELECT r.level, r.index, decode(r.hash, 'hex')
        FROM head, ${records(nodeRows, 'level smallint, index bigint, hash text')}
      )
      SELECT EXISTS (SELECT 1 FROM head) AS grew`;
    return row?.grew ?? false;
  },

  /** Of the event with this sequence; null while it is not sealed. */
  async leafIndex(sequence: bigint): Promise<number | null> {
    const leaf = await db.auditLeaf.findUnique({ where: { sequence }, select: { leafIndex: true } });
    return leaf && Number(leaf.leafIndex);
  },

  /** The hash of a leaf that there is. */
  async leaf(leafIndex: number): Promise<Hash> {
    return (await db.auditLeaf.findUniqueOrThrow({ where: { leafIndex }, select: { hash: true } })).hash;
  },

  async publicKey(keyId: string): Promise<Hash | null> {
    return (await db.auditKey.findUnique({ where: { id: keyId } }))?.publicKey ?? null;
  },

  /** All of them, newest first. */
  async publicKeys(): Promise<{ id: string; publicKey: Hash }[]> {
    return db.auditKey.findMany({
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      select: { id: true, publicKey: true },
    });
  },

  /** Keeps a public key for as long as the log is kept. Nothing where it is there already. */
  async keepKey(key: { id: string; publicKey: Hash; createdAt: Date }): Promise<void> {
    await db.auditKey.createMany({ data: [key], skipDuplicates: true });
  },
});
