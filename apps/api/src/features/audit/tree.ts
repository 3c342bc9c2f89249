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

/** A node that should be stored is not. */
export class MissingNodeError extends Error {
  override readonly name = 'MissingNodeError';
}

/** Gives of these nodes the one that is asked for. @throws MissingNodeError when called for another */
export function lookup(nodes: readonly TreeNode[]): (level: number, index: number) => Hash {
  const hashes = new Map(nodes.map(({ level, index, hash }) => [`${level}:${index}`, hash]));
  return (level, index) => {
    const found = hashes.get(`${level}:${index}`);
    if (!found) throw new MissingNodeError(`Node ${index} of level ${level} of the tree is missing.`);
    return found;
  };
}

/**
 * The right edge of a Merkle tree, which is all that appending to it takes: its largest perfect subtrees, one for each
 * binary digit of its size.
 */
export class TreeEdge {
  private readonly peaks: { level: number; hash: Hash }[] = [];
  private leaves = 0;

  /** The edge of a tree of `size` leaves. @param node gives a stored node, of those that {@link TreeEdge.ranges} says */
  static of(size: number, node: (level: number, index: number) => Hash): TreeEdge {
    const edge = TreeEdge.over(TreeEdge.ranges(size).reverse(), node);
    edge.leaves = size;
    return edge;
  }

  /** The edge of the part of a tree that is over these nodes, which stand beside each other from left to right. */
  static over(ranges: readonly NodeRange[], node: (level: number, index: number) => Hash): TreeEdge {
    const edge = new TreeEdge();
    for (const { level, first, count } of ranges) {
      for (let index = first; index < first + count; index += 1) edge.push(level, node(level, index));
    }
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

/** Perfect subtrees, from left to right, whose leaves are those from `start` up to, not including, `end`. */
function* subtrees(start: number, end: number): Generator<{ level: number; index: number }> {
  for (let from = start; from < end; ) {
    let level = 0;
    while (from + 2 ** (level + 1) <= end) level += 1;
    yield { level, index: from / 2 ** level };
    from += 2 ** level;
  }
}

/** The parts of a tree whose roots lead from a leaf up to the root (RFC 9162 section 2.1.3.1), the lowest first. */
function pathParts(leafIndex: number, start: number, end: number): { start: number; end: number }[] {
  if (end - start === 1) return [];
  let width = 1;
  while (2 * width < end - start) width *= 2;
  const middle = start + width;
  return leafIndex < middle
    ? [...pathParts(leafIndex, start, middle), { start: middle, end }]
    : [...pathParts(leafIndex, middle, end), { start, end: middle }];
}

/** The stored nodes that a node is made of: itself, or up to 128 below it. */
function storedUnder({ level, index }: { level: number; index: number }): NodeRange {
  const above = level % LEVELS_A_TILE;
  return { level: level - above, first: index * 2 ** above, count: 2 ** above };
}

/** The stored nodes that {@link inclusionPath} asks for. @throws RangeError when the tree has no such leaf */
export function inclusionRanges(leafIndex: number, size: number): NodeRange[] {
  if (!(leafIndex >= 0 && leafIndex < size)) throw new RangeError(`A tree of ${size} leaves has no leaf ${leafIndex}.`);
  return pathParts(leafIndex, 0, size).flatMap(({ start, end }) => [...subtrees(start, end)].map(storedUnder));
}

/**
 * The hashes that prove that the leaf is in the tree of `size` leaves, the lowest first.
 *
 * @param node gives a stored node, of those that {@link inclusionRanges} says
 * @see RFC 9162 section 2.1.3.1
 */
export function inclusionPath(leafIndex: number, size: number, node: (level: number, index: number) => Hash): Hash[] {
  return pathParts(leafIndex, 0, size).map(({ start, end }) =>
    TreeEdge.over([...subtrees(start, end)].map(storedUnder), node).root(),
  );
}
