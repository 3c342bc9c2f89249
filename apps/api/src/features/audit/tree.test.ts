import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { EMPTY_ROOT, type Hash, inclusionPath, inclusionRanges, leafHash, TreeEdge, type TreeNode } from './tree.ts';

// Some hundred thousand hashes, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

/** RFC 9162 section 2.1.1, word for word: MTH(D[n]), with k the largest power of two smaller than n. */
function mth(d: readonly Uint8Array[]): Buffer {
  const sha = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [first] = d;
  if (!first) return sha();
  if (d.length === 1) return sha(Buffer.from([0x00]), first);
  let k = 1;
  while (2 * k < d.length) k = 2 * k;
  return sha(Buffer.from([0x01]), mth(d.slice(0, k)), mth(d.slice(k)));
}

/** RFC 9162 section 2.1.3.1, word for word: PATH(m, D[n]). */
function path(m: number, d: readonly Uint8Array[]): Buffer[] {
  if (d.length === 1) return [];
  let k = 1;
  while (2 * k < d.length) k = 2 * k;
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const entries = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.from(`entry ${index}`));
const emptyEdge = () => TreeEdge.of(0, () => expect.fail('An empty tree has no nodes.'));

/** The edge after these entries, and the stored nodes below it. */
function grown(list: readonly Uint8Array[], edge = emptyEdge(), nodes = new Map<string, Hash>()) {
  for (const entry of list) {
    const leaf = leafHash(entry);
    nodes.set(`0:${edge.size}`, leaf);
    for (const { level, index, hash } of edge.append(leaf)) nodes.set(`${level}:${index}`, hash);
  }
  return { edge, nodes };
}

describe('the tree over the audit log (SEC-41, RFC 9162)', () => {
  it('has the roots that Certificate Transparency publishes as test vectors', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const edge = emptyEdge();
    const found = inputs.map((input) => {
      edge.append(leafHash(Buffer.from(input, 'hex')));
      return hex(edge.root());
    });
    expect(found).toEqual(roots);
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('has the root of the RFC for any entries', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 700 }), (list) => {
        expect(hex(grown(list).edge.root())).toBe(hex(mth(list)));
      }),
      { numRuns: 50 },
    );
  });

  it('goes on from what is stored of it as if it had never stopped', () => {
    const list = entries(3000);
    const { nodes } = grown(list);
    fc.assert(
      fc.property(fc.nat(2600), fc.nat(400), (before, more) => {
        const edge = TreeEdge.of(before, (level, index) => nodes.get(`${level}:${index}`) ?? expect.fail());
        expect(edge.size).toBe(before);
        for (const entry of list.slice(before, before + more)) edge.append(leafHash(entry));
        expect(hex(edge.root())).toBe(hex(mth(list.slice(0, before + more))));
      }),
      {
        numRuns: 20,
        examples: [
          [255, 2],
          [256, 0],
          [511, 1],
        ],
      },
    );
  });

  it('stores a node above each 256 of the level below, and reads at most 255 of each', () => {
    const stored: TreeNode[] = [];
    const edge = emptyEdge();
    for (const entry of entries(65_536)) stored.push(...edge.append(leafHash(entry)));
    expect(stored.filter(({ level }) => level === 8)).toHaveLength(256);
    expect(stored.filter(({ level }) => level !== 8)).toEqual([{ level: 16, index: 0, hash: edge.root() }]);
    expect(hex(stored[1]?.hash ?? Buffer.alloc(0))).toBe(hex(mth(entries(512).slice(256))));
    expect(TreeEdge.ranges(0x12_34_56)).toEqual([
      { level: 0, first: 0x12_34_00, count: 0x56 },
      { level: 8, first: 0x12_00, count: 0x34 },
      { level: 16, first: 0, count: 0x12 },
    ]);
  });

  it('has the inclusion proofs of the RFC, from few of its stored nodes', () => {
    const list = entries(3000);
    const { nodes } = grown(list);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(2999), (size, any) => {
        const leafIndex = any % size;
        const ranges = inclusionRanges(leafIndex, size);
        const allowed = new Set(
          ranges.flatMap(({ level, first, count }) =>
            Array.from({ length: count }, (_, offset) => `${level}:${first + offset}`),
          ),
        );
        expect(allowed.size).toBeLessThan(2 * 2 * 256);
        const proof = inclusionPath(leafIndex, size, (level, index) => {
          const name = `${level}:${index}`;
          return (allowed.has(name) ? nodes.get(name) : undefined) ?? expect.fail(name);
        });
        expect(proof.map(hex)).toEqual(path(leafIndex, list.slice(0, size)).map(hex));
      }),
      {
        numRuns: 40,
        examples: [
          [1, 0],
          [256, 255],
          [257, 256],
          [3000, 2999],
        ],
      },
    );
    expect(() => inclusionRanges(7, 7)).toThrow(RangeError);
    expect(() => inclusionRanges(-1, 7)).toThrow(RangeError);
  });
});
