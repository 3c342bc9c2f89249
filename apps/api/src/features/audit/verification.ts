import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Db } from '../../platform/database/database.ts';
import { verifyChain } from './chain.ts';
import type { LogFault } from './fault.ts';
import { type HeadView, headOfView, isSigned, type SignedHead } from './head.ts';
import { leafOf } from './leaf.ts';
import { EventReader } from './person-keys.ts';
import { type Removal, RemovalDigest } from './removal.ts';
import { type HeadRow, sealStore } from './seal.store.ts';
import { auditStore } from './store.ts';
import { lookup, sameHash, TreeEdge, type TreeNode } from './tree.ts';
import { type LogEnds, type SealedLeaf, verificationStore } from './verification.store.ts';

export interface LogVerification {
  ok: boolean;
  /** Events that were found in order: `sealed` and `waiting`, without those that are gone. */
  count: number;
  /** Events in the tree. */
  sealed: number;
  /** Events that are too young to be in the tree, or were written since a sealer last ran. */
  waiting: number;
  /** Of the sealed ones those of a person who was erased. */
  erased: number;
  /** Of these the ones of before, whose clear text was taken away: that they are there is proved, and not what they said. */
  keptLeaves: number;
  /** Sealed ones that are gone since they were kept long enough; the log tells of each. */
  removed: number;
  /** Root of the tree over the sealed events, hex. Kept elsewhere, it proves later that none of them was rewritten. */
  headHash: string;
  firstFault?: LogFault;
}

export interface VerificationOptions {
  keyring: Keyring;
  /** Told how much of how much is done. */
  onProgress?: (done: number, total: number) => void;
  /** Events read at once. */
  batch?: number;
  /** What must be in the log: a head, or the hex of a root or of the hash of a chained event. */
  kept?: HeadView | string | undefined;
}

const BATCH = 1000;
const BEFORE_ALL = -(2n ** 63n);

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** @see verifyLog */
class Verification {
  private readonly store;
  private readonly edge = TreeEdge.of(0, lookup([]));
  private readonly batch: number;
  private keptHead: SignedHead | null = null;
  private isKept: boolean;
  private waiting = 0;
  private done = 0;
  private total = 0;
  private erasedUsers: ReadonlySet<string> = new Set();
  private erased = 0;
  private keptLeaves = 0;
  private removals: ReadonlyMap<string, Removal> = new Map();
  private readonly gone = new Map<string, { digest: RemovalDigest; first: LogFault }>();
  private removed = 0;
  private readonly reader: EventReader;

  constructor(
    private readonly db: Db,
    private readonly options: VerificationOptions,
  ) {
    this.store = verificationStore(db);
    this.batch = options.batch ?? BATCH;
    this.isKept = options.kept === undefined;
    this.reader = new EventReader(options.keyring);
  }

  async run(): Promise<LogVerification> {
    const fault = await this.firstFault();
    const sealed = this.edge.size;
    return {
      ok: fault === null,
      count: sealed - this.removed + this.waiting,
      sealed,
      waiting: this.waiting,
      erased: this.erased,
      keptLeaves: this.keptLeaves,
      removed: this.removed,
      headHash: hex(this.edge.root()),
      ...(fault === null ? {} : { firstFault: fault }),
    };
  }

  private async firstFault(): Promise<LogFault | null> {
    const { kept, keyring } = this.options;
    if (typeof kept === 'object') {
      this.keptHead = headOfView(kept);
      if (!(await isSigned(this.db, keyring, this.keptHead))) return { reason: 'foreign_head' };
    }
    const ends = await this.store.ends();
    const { head } = ends;
    const { last: chained } = await auditStore(this.db).chainEnds();
    this.erasedUsers = await this.store.erasedUsers();
    this.removals = await this.store.removals();
    this.total = Number(chained) + (head?.treeSize ?? 0) + ends.lastSequence;
    return (
      (await this.ofChain()) ??
      (await this.ofLeaves(head)) ??
      this.ofRemovals() ??
      (await this.ofHead(head)) ??
      (ends.hasStrays ? { reason: 'stray' } : null) ??
      (await this.ofLeafless(ends)) ??
      (this.isKept ? null : { reason: 'without_head' })
    );
  }

  private ofChain(): Promise<LogFault | null> {
    let before = 0;
    const look = (hash: Uint8Array): void => {
      this.isKept ||= hex(hash) === this.options.kept;
    };
    const tell = (done: number): void => {
      this.tell(done - before);
      before = done;
    };
    return verifyChain(this.db, look, tell, this.batch);
  }

  /** Each leaf fits its event, and the nodes that are stored fit the leaves. */
  private async ofLeaves(head: HeadRow | null): Promise<LogFault | null> {
    this.lookAtTree();
    const size = head?.treeSize ?? 0;
    while (this.edge.size < size) {
      const leaves = await this.store.leaves(this.edge.size, Math.min(this.batch, size - this.edge.size));
      const nodes: TreeNode[] = [];
      for (const leaf of leaves) {
        const fault = this.ofLeaf(leaf);
        if (fault) return fault;
        nodes.push(...this.edge.append(leaf.leafHash));
        this.lookAtTree();
      }
      const fault = await this.ofNodes(nodes);
      if (fault) return fault;
      if (leaves.length === 0) return { reason: 'leaf_missing', leafIndex: this.edge.size };
      this.tell(leaves.length);
    }
    return null;
  }

  private ofLeaf({ event, leafHash, leafIndex, leafSequence, removalId }: SealedLeaf): LogFault | null {
    const at = this.edge.size;
    if (Number(leafIndex) !== at) return { reason: 'leaf_missing', leafIndex: at };
    const sequence = Number(leafSequence);
    if (!event) {
      const missing = { reason: 'missing', sequence, leafIndex: at } as const;
      if (removalId === null) return missing;
      this.removed += 1;
      const gone = this.gone.get(removalId) ?? { digest: new RemovalDigest(), first: missing };
      this.gone.set(removalId, gone);
      gone.digest.add({ leafIndex, hash: leafHash });
      return null;
    }
    const isErased = [event.actorId, event.subjectId].some((id) => id !== null && this.erasedUsers.has(id));
    if (isErased) this.erased += 1;
    if (!sameHash(leafOf(event), leafHash)) {
      // Addresses in the list of an import name nobody by id.
      const isKept = event.erased && (isErased || event.action === 'users.imported');
      if (!isKept) return { reason: 'altered', sequence, leafIndex: at };
      this.keptLeaves += 1;
    }
    const { isAltered, keyless } = this.reader.open(event);
    if (isAltered) return { reason: 'altered', sequence, leafIndex: at };
    const isLost = keyless.some((id) => !this.erasedUsers.has(id));
    return isLost ? { reason: 'key_missing', sequence, leafIndex: at } : null;
  }

  /** What is gone is what the log tells of each removal, and nothing else. */
  private ofRemovals(): LogFault | null {
    for (const [id, { digest, first }] of this.gone) {
      const told = this.removals.get(id);
      const found = digest.value();
      if (told?.count !== found.count || told.digest !== found.digest) return first;
    }
    return null;
  }

  private async ofNodes(nodes: readonly TreeNode[]): Promise<LogFault | null> {
    if (nodes.length === 0) return null;
    const ranges = nodes.map(({ level, index }) => ({ level, first: index, count: 1 }));
    const stored = await sealStore(this.db).nodes(ranges);
    const wrong = nodes.find(
      ({ level, index, hash }) =>
        !stored.some((node) => node.level === level && node.index === index && sameHash(node.hash, hash)),
    );
    return wrong ? { reason: 'rearranged', leafIndex: wrong.index * 2 ** wrong.level } : null;
  }

  private async ofHead(head: HeadRow | null): Promise<LogFault | null> {
    if (!head) return null;
    if (!(await isSigned(this.db, this.options.keyring, head))) return { reason: 'unsigned' };
    return sameHash(this.edge.root(), head.rootHash) ? null : { reason: 'rearranged', leafIndex: 0 };
  }

  /** Events outside of the tree are those that the sealer has not come to yet. */
  private async ofLeafless({ head, cluster }: LogEnds): Promise<LogFault | null> {
    const seen = head?.sealed.cluster === cluster ? head.sealed.seen : null;
    let at = 0;
    for (let after = BEFORE_ALL; ; ) {
      const { events, last } = await this.store.leafless(seen, after, this.batch * 10);
      if (last === null) return null;
      const strange = events.find(({ isStrange }) => isStrange);
      if (strange) return { reason: 'slipped_in', sequence: Number(strange.sequence) };
      this.waiting += events.length;
      this.tell(Number(last) - at);
      at = Number(last);
      after = last;
    }
  }

  private lookAtTree(): void {
    const head = this.keptHead;
    this.isKept ||= head
      ? this.edge.size === head.treeSize && sameHash(this.edge.root(), head.rootHash)
      : hex(this.edge.root()) === this.options.kept;
  }

  private tell(more: number): void {
    this.done += more;
    this.options.onProgress?.(Math.min(this.done, this.total), this.total);
  }
}

/**
 * Reads the whole log and checks that no event was altered, removed, moved or slipped in since it was sealed (SEC-41).
 * Events that are appended meanwhile are left for the next time.
 *
 * @throws KeyringError where the encryption key is not configured that vouches for the key of the head
 */
export const verifyLog = (db: Db, options: VerificationOptions): Promise<LogVerification> =>
  new Verification(db, options).run();
