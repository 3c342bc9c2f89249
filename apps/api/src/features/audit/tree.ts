import { hash as digest } from 'node:crypto';

/** SHA-256, 32 bytes. */
export type Hash = Uint8Array<ArrayBuffer>;

/** Nodes of every eighth level are stored, leaves being level 0; what lies between is made of up to 256 of them. */
const LEVELS_A_TILE = 8;
const TILE = 2 ** LEVELS_A_TILE;

/** A node over 2^level leaves, the `index`th of its level, from 0. */
export interface TreeNode {
  level: number;
  index: number;
  hash: Hash;
}

/** Stored nodes beside each other. */
export interface NodeRange {
  level: number;
  first: number;
  count: number;
}

const sha256 = (bytes: Uint8Array): Hash => Uint8Array.from(digest('sha256', bytes, 'buffer'));

/** The root of a tree without leaves (RFC 9162 section 2.1.1). */
export const EMPTY_ROOT = sha256(new Uint8Array(0));

/** @see RFC 9162 section 2.1.1 */
export const leafHash = (entry: Uint8Array): Hash => sha256(Buffer.concat([Uint8Array.of(0), entry]));

/** @see RFC 9162 section 2.1.1 */
const nodeHash = (left: Hash, right: Hash): Hash => sha256(Buffer.concat([Uint8Array.of(1), left, right]));

export const sameHash = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/**
 * The right edge of a Merkle tree, which is all that appending to it takes: its largest perfect subtrees, one for each
 * binary digit of its size.
 */
export class TreeEdge {
  private readonly peaks: { level: number; hash: Hash }[] = [];
  private leaves = 0;

  /** The edge of a tree of `size` leaves. @param node gives a stored node, of those that {@link TreeEdge.ranges} says */
  static of(size: number, node: (level: number, index: number) => Hash): TreeEdge {
    const edge = new TreeEdge();
    for (const { level, first, count } of TreeEdge.ranges(size).reverse()) {
      for (let index = first; index < first + count; index += 1) edge.push(level, node(level, index));
    }
    edge.leaves = size;
    return edge;
  }

  /** The stored nodes at the edge of a tree of `size` leaves: of each level those that none of the next covers. */
  static ranges(size: number): NodeRange[] {
    const ranges: NodeRange[] = [];
    for (let level = 0, nodes = size; nodes > 0; level += LEVELS_A_TILE, nodes = Math.floor(nodes / TILE)) {
      ranges.push({ level, first: nodes - (nodes % TILE), count: nodes % TILE });
    }
    return ranges;
  }

  get size(): number {
    return this.leaves;
  }

  /** @returns the nodes to store that the leaf completed, lowest first; the leaf itself is not among them */
  append(leaf: Hash): TreeNode[] {
    this.leaves += 1;
    return this.push(0, leaf)
      .filter(({ level }) => level % LEVELS_A_TILE === 0)
      .map(({ level, hash }) => ({ level, index: this.leaves / 2 ** level - 1, hash }));
  }

  root(): Hash {
    const [last, ...others] = this.peaks.toReversed();
    return others.reduce((root, { hash }) => nodeHash(hash, root), last?.hash ?? EMPTY_ROOT);
  }

  /** @returns the nodes above it that it completed */
  private push(level: number, hash: Hash): { level: number; hash: Hash }[] {
    const completed: { level: number; hash: Hash }[] = [];
    let node = { level, hash };
    for (let left = this.peaks.at(-1); left?.level === node.level; left = this.peaks.at(-1)) {
      this.peaks.pop();
      node = { level: node.level + 1, hash: nodeHash(left.hash, node.hash) };
      completed.push(node);
    }
    this.peaks.push(node);
    return completed;
  }
}
