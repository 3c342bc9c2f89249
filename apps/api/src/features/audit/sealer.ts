import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { SigningKeys } from '../../platform/crypto/signing-keys.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { isSigned, keepKey, signHead } from './head.ts';
import { leafOf } from './leaf.ts';
import { type HeadRow, type Sealed, sealStore, type Unsealed } from './seal.store.ts';
import { lookup, MissingNodeError, sameHash, TreeEdge, type TreeNode } from './tree.ts';

/** What the embedded database does at once, others wait for. */
const BATCH = 1000;

const NOTHING: Sealed = {
  seen: null,
  sealing: null,
  after: { transaction: -1n, sequence: -1n },
  lastSequence: -1n,
  cluster: 0n,
};

/** The tree in the database is not the one whose head was signed: sealing on would cover that up. */
export class BrokenSealError extends Error {
  override readonly name = 'BrokenSealError';
}

interface Deps {
  database: Database;
  keyring: Keyring;
  signingKeys: SigningKeys;
  clock: Clock;
}

/**
 * Seals events after they were committed (SEC-41): appends their leaves to the tree of RFC 9162 and signs its head. Two at
 * once do no harm, one of them does nothing; a kill leaves the tree as it was before or as it is after.
 */
export class AuditSealer {
  /** @param batch events of one statement */
  constructor(
    private readonly deps: Deps,
    private readonly batch = BATCH,
  ) {}

  /** Whether there is something to seal, or to sign with a newer key. */
  async isDue(): Promise<boolean> {
    const { database, signingKeys } = this.deps;
    return sealStore(database.client).isDue(signingKeys.current().kid);
  }

  /** How long ago the first of the events happened that are committed and not sealed, in seconds; 0 where all are. */
  async lagSeconds(): Promise<number> {
    const { clock, database } = this.deps;
    const oldest = await sealStore(database.client).oldestUnsealed();
    return oldest === null ? 0 : Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1000);
  }

  /**
   * Seals all events that are committed.
   *
   * @returns how many
   * @throws BrokenSealError where the tree does not fit its signed head
   */
  async seal(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const count = await this.sealSome();
      sealed += count;
      if (count < this.batch) return sealed;
    }
  }

  private async sealSome(): Promise<number> {
    const { clock, database, keyring, signingKeys } = this.deps;
    const store = sealStore(database.client);
    const key = signingKeys.current();
    const head = await store.head();
    const before = head?.sealed ?? NOTHING;
    const { cluster, isForeign } = await store.origin();
    const isHere = head === null ? !isForeign : before.cluster === cluster;
    const unsealed = await (isHere ? store.unsealed(before, this.batch) : store.unsealedElsewhere(before, this.batch));
    const { rows } = unsealed;
    const isSignedNow = head?.keyId === key.kid;
    const isAsBefore = isHere && isSignedNow && before.sealing === null;
    if (rows.length === 0 && (head === null || isAsBefore)) return 0;

    const edge = await this.edge(head);
    const { size } = edge;
    const leaves = rows.map((row, offset) => ({
      leafIndex: size + offset,
      sequence: row.sequence,
      hash: leafOf(row),
    }));
    const nodes: TreeNode[] = leaves.flatMap(({ hash }) => edge.append(hash));
    const now = clock.now();
    const next = signHead({ treeSize: edge.size, rootHash: edge.root(), sealedAt: now }, key);
    if (!isSignedNow) await keepKey(database.client, keyring, key, now);
    const sealed = isHere || rows.length < this.batch ? sealedWith(before, unsealed, cluster, this.batch) : before;
    return (await store.grow(size, { ...next, sealed }, leaves, nodes)) ? rows.length : 0;
  }

  /** @throws BrokenSealError */
  private async edge(head: HeadRow | null): Promise<TreeEdge> {
    const { database, keyring } = this.deps;
    const size = head?.treeSize ?? 0;
    const nodes = await sealStore(database.client).nodes(TreeEdge.ranges(size));
    const edge = edgeOf(size, nodes);
    if (head === null) return edge;
    if (!sameHash(edge.root(), head.rootHash)) {
      throw new BrokenSealError('The tree over the audit log does not have the root of its signed head.');
    }
    if (!(await isSigned(database.client, keyring, head))) {
      throw new BrokenSealError('No key of this service signed the head of the audit log.');
    }
    return edge;
  }
}

function edgeOf(size: number, nodes: readonly TreeNode[]): TreeEdge {
  try {
    return TreeEdge.of(size, lookup(nodes));
  } catch (error) {
    if (!(error instanceof MissingNodeError)) throw error;
    throw new BrokenSealError('A part of the tree over the audit log is missing.');
  }
}

/** How far it is sealed with these rows: all of their moment, or a part that another goes on from. */
function sealedWith(before: Sealed, { rows, moment, oldest }: Unsealed, cluster: bigint, batch: number): Sealed {
  let { lastSequence } = before;
  for (const { sequence } of rows) if (sequence > lastSequence) lastSequence = sequence;
  const last = rows[batch - 1];
  return last
    ? { seen: before.seen, sealing: moment, after: last, lastSequence, cluster }
    : { seen: moment, sealing: null, after: { transaction: oldest, sequence: -1n }, lastSequence, cluster };
}
