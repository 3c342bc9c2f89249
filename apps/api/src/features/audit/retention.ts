import { DEFAULT_SETTINGS } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { RemovalDigest } from './removal.ts';
import { retentionStore } from './retention.store.ts';
import type { AuditService } from './service.ts';

/** What the embedded database does at once, others wait for. */
const BATCH = 1000;

interface Deps {
  database: Database;
  clock: Clock;
  audit: Pick<AuditService, 'record'>;
}

/**
 * Removes events that were kept as long as their organisation wants (SEC-58). The leaves stay in the tree, so what is left
 * is verified and proved as before; `audit.expired` tells in the log itself which are without an event, and why.
 */
export class AuditRetention {
  /** @param batch events of one transaction */
  constructor(
    private readonly deps: Deps,
    private readonly batch = BATCH,
  ) {}

  /** @returns how many events were removed */
  async run(): Promise<number> {
    const { client } = this.deps.database;
    let removed = 0;
    for (const organizationId of await retentionStore(client).logs()) {
      for (let some = this.batch; some === this.batch; removed += some) some = await this.removeSome(organizationId);
    }
    return removed;
  }

  private removeSome(organizationId: string | null): Promise<number> {
    return this.deps.database.transaction((tx) => this.removeIn(tx, organizationId));
  }

  private async removeIn(tx: Transaction, organizationId: string | null): Promise<number> {
    const { audit, clock } = this.deps;
    const removalId = newId();
    const expired = await retentionStore(tx).expire({
      ...{ organizationId, removalId, now: clock.now(), limit: this.batch },
      usualDays: DEFAULT_SETTINGS.auditRetentionDays,
    });
    if (!expired) return 0;
    const digest = new RemovalDigest();
    for (const leaf of expired.leaves) digest.add(leaf);
    await audit.record(tx, null, {
      ...{ action: 'audit.expired', actor: null, subject: null, organizationId },
      details: { removalId, before: expired.before.toISOString(), ...digest.value() },
    });
    return expired.leaves.length;
  }
}
