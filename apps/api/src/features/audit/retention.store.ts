import type { Db } from '../../platform/database/database.ts';
import { organizationsStore } from '../organizations/store.ts';
import type { RemovedLeaf } from './removal.ts';

/** What a removal took. */
export interface Expired {
  leaves: RemovedLeaf[];
  /** They happened before this moment, the first of a month. */
  before: Date;
}

interface Expiry {
  /** Whose events; null those of no organisation. */
  organizationId: string | null;
  removalId: string;
  now: Date;
  /** Days, where neither the organisation nor its partner has a setting. */
  usualDays: number;
  limit: number;
}

export const retentionStore = (db: Db) => ({
  /** Whose events the log has: each organisation's, and those of none. */
  async logs(): Promise<(string | null)[]> {
    return [...(await organizationsStore(db).ids()), null];
  },

  /** Removes the oldest events that were kept long enough; null where there are none. Their leaves are in the tree's order. */
  async expire({ organizationId, removalId, now, usualDays, limit }: Expiry): Promise<Expired | null> {
    const rows = await db.$queryRaw<{ leafIndex: bigint; hash: Uint8Array; before: Date }[]>`
      SELECT leaf_index AS "leafIndex", hash, before
      FROM audit_expire(${organizationId}::uuid, ${removalId}::uuid, ${now}::timestamptz, ${usualDays}::int, ${limit}::int)
      ORDER BY leaf_index`;
    const [first] = rows;
    return first ? { leaves: rows, before: first.before } : null;
  },
});
