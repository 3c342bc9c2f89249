import { createHash } from 'node:crypto';

export interface RemovedLeaf {
  leafIndex: bigint;
  hash: Uint8Array;
}

/** What the log tells of a removal, in the details of `audit.expired`. */
export interface Removal {
  count: number;
  /** Hex. */
  digest: string;
}

/**
 * Which leaves lost their events, in one value: from 32 zero bytes, SHA-256 over the value so far, the index of the leaf in
 * 8 bytes, and its hash, in the order of the tree.
 */
export class RemovalDigest {
  private digest = Buffer.alloc(32);
  private count = 0;

  add({ leafIndex, hash }: RemovedLeaf): void {
    const index = Buffer.alloc(8);
    index.writeBigUInt64BE(leafIndex);
    this.digest = createHash('sha256').update(this.digest).update(index).update(hash).digest();
    this.count += 1;
  }

  value(): Removal {
    return { count: this.count, digest: this.digest.toString('hex') };
  }
}
