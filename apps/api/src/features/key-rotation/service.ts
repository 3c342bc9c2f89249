import { type Keyring, KeyringError } from '../../platform/crypto/keyring.ts';
import { sealCheck } from '../../platform/crypto/keyring-check.ts';
import { keyChecksStore, type SealedColumn, type SealedRow, sealedStore } from '../../platform/crypto/store.ts';
import type { Database } from '../../platform/database/database.ts';
import type { AuditService } from '../audit/index.ts';
import { sealedColumns } from './store.ts';

export interface RotationOutcome {
  /** The key that everything is sealed under now. */
  keyId: string;
  /** Texts that were sealed again. */
  resealed: number;
  /** Texts that were altered, or moved from another record: they stay as they are. */
  unreadable: { table: string; key: string }[];
  /** Configured keys that nothing is sealed under any more: they may be taken out of SALLYPORT_ENCRYPTION_KEYS. */
  unusedKeyIds: string[];
  /** Other keys that something is still sealed under, by a server that does not have the new key first yet. */
  usedKeyIds: string[];
}

interface Deps {
  database: Database;
  keyring: Keyring;
  audit: AuditService;
}

const BATCH = 200;

/** Seals every secret again under the first key (SEC-55). */
export class KeyRotationService {
  constructor(private readonly deps: Deps) {}

  /**
   * Goes through all sealed texts while servers run. Each is replaced by one conditional UPDATE, which loses against
   * any other change, so nothing is overwritten, and a run that was broken off is simply started again.
   */
  async rotate(onProgress: (done: number, total: number) => void = () => {}): Promise<RotationOutcome> {
    const { audit, database, keyring } = this.deps;
    const { firstKeyId } = keyring;
    const store = sealedStore(database.client);
    const total = countOthers(await store.uses(sealedColumns), firstKeyId);
    const unreadable: RotationOutcome['unreadable'] = [];
    let resealed = 0;
    for (const column of sealedColumns) {
      for await (const row of this.others(column)) {
        const sealed = this.reseal(row, column.context(row));
        if (!sealed) unreadable.push({ table: column.table, key: row.key });
        else if (await store.replace(column, row, sealed)) resealed += 1;
        onProgress(Math.min(resealed + unreadable.length, total), total);
      }
    }

    const uses = await store.uses(sealedColumns);
    const unusedKeyIds = keyring.keyIds.filter((keyId) => keyId !== firstKeyId && !uses.has(keyId));
    await database.transaction(async (tx) => {
      await keyChecksStore(tx).save(firstKeyId, sealCheck(keyring));
      await keyChecksStore(tx).forget(unusedKeyIds);
      if (resealed === 0) return;
      await audit.record(tx, null, {
        action: 'keys.rotated',
        actor: { id: null, name: 'operator: keys rotate' },
        subject: null,
        organizationId: null,
        details: { keyId: firstKeyId, resealed },
      });
    });
    const usedKeyIds = [...uses.keys()].filter((keyId) => keyId !== firstKeyId);
    return { keyId: firstKeyId, resealed, unreadable, unusedKeyIds, usedKeyIds };
  }

  /** All rows of a table that are sealed under another key, in batches by key, so that one that stays is met once. */
  private async *others(column: SealedColumn): AsyncGenerator<SealedRow> {
    const store = sealedStore(this.deps.database.client);
    let after = '';
    for (;;) {
      const rows = await store.others(column, this.deps.keyring.firstKeyId, after, BATCH);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) return;
      after = last.key;
    }
  }

  private reseal({ sealed }: SealedRow, context: string): Uint8Array<ArrayBuffer> | null {
    const { keyring } = this.deps;
    try {
      return keyring.seal(keyring.open(sealed, context), context);
    } catch (error) {
      if (error instanceof KeyringError) return null;
      throw error;
    }
  }
}

function countOthers(uses: ReadonlyMap<string, number>, keyId: string): number {
  let count = 0;
  for (const [id, number] of uses) if (id !== keyId) count += number;
  return count;
}
