import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { TestLog } from '../../testing/audit-log.ts';
import { testDatabase, testDatabaseKind } from '../../testing/database.ts';
import { AuditSealer, BrokenSealError } from './sealer.ts';

let database: Database;
let log: TestLog;
beforeAll(async () => {
  database = await testDatabase();
  log = await TestLog.on(database);
});
beforeEach(() => log.empty());
afterAll(() => database.close());

const sealedSequences = async (): Promise<bigint[]> =>
  (await database.client.auditLeaf.findMany({ orderBy: { leafIndex: 'asc' } })).map(({ sequence }) => sequence);
const headRow = () => database.client.auditHead.findUniqueOrThrow({ where: { id: 1 } });

/** Something that a test lets happen. */
function gate(): { open: () => void; passed: Promise<void> } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe('SEC-41: the sealer', () => {
  test('has nothing to do where nothing happened', async () => {
    expect(await log.sealer.isDue()).toBe(false);
    expect(await log.sealer.seal()).toBe(0);
    expect(await database.client.auditHead.count()).toBe(0);
  });

  test('takes each event once, in order, over many runs and batches', async () => {
    const sealer = new AuditSealer(log, 10);
    await log.append(3);
    expect(await sealer.isDue()).toBe(true);
    expect(await sealer.seal()).toBe(3);
    expect(await log.sealer.isDue()).toBe(false);
    await log.appendMany(300);
    expect(await sealer.seal()).toBe(300);
    await log.appendMany(20);
    expect(await sealer.seal()).toBe(20);
    await log.write(2);
    expect(await sealedSequences()).toEqual(Array.from({ length: 325 }, (_, index) => BigInt(index + 1)));
    expect((await headRow()).treeSize).toBe(325n);
    expect(await log.verify()).toMatchObject({ ok: true, count: 325, sealed: 325, waiting: 0 });
  });

  test('lags by the age of the oldest event that is not sealed', async () => {
    expect(await log.sealer.lagSeconds()).toBe(0);
    await log.append(1);
    log.clock.advance({ seconds: 5 });
    await log.append(1);
    log.clock.advance({ seconds: 2 });
    expect(await log.sealer.lagSeconds()).toBe(7);
    await log.sealer.seal();
    expect(await log.sealer.lagSeconds()).toBe(0);
    await log.append(1);
    log.clock.advance({ seconds: 3 });
    expect(await log.sealer.lagSeconds()).toBe(3);
  });

  test('two at once seal each event once', async () => {
    const other = await TestLog.on(database, log.keyring);
    for (let round = 0; round < 10; round += 1) {
      await log.append(5);
      await Promise.all([log.sealer.seal(), other.sealer.seal(), log.sealer.seal()]);
    }
    await log.sealer.seal();
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 50, waiting: 0 });
  });

  test('a change that was rolled back leaves a gap in the numbers, and none in the tree', async () => {
    const undone = new Error('rolled back');
    await log.append(1);
    await expect(
      database.transaction(async (tx) => {
        await log.append(2, tx);
        throw undone;
      }),
    ).rejects.toBe(undone);
    await log.write(1);
    expect(await sealedSequences()).toEqual([1n, 4n]);
    expect(await log.verify()).toMatchObject({ ok: true, count: 2 });
  });

  test('signs its head anew with the next key, even when nothing happened, and knows the keys of before', async () => {
    await log.write(2);
    const first = await headRow();
    log.clock.advance({ hours: 24 * 31 });
    log.signingKeys.current();
    await expect.poll(() => log.signingKeys.current().kid).not.toBe(first.keyId);
    expect(await log.sealer.isDue()).toBe(true);
    expect(await log.sealer.seal()).toBe(0);
    const second = await headRow();
    expect(second.keyId).toBe(log.signingKeys.current().kid);
    expect(second.rootHash).toEqual(first.rootHash);
    expect((await database.client.auditKey.findMany()).map(({ id }) => id).toSorted()).toEqual(
      [first.keyId, second.keyId].toSorted(),
    );
    expect(await log.verify()).toMatchObject({ ok: true });
  });

  test.each([
    ['a changed root', `UPDATE audit_head SET root_hash = sha256('else')`],
    ['a leaf that was replaced', `UPDATE audit_leaves SET hash = sha256('else') WHERE leaf_index = 1`],
    ['a leaf that is gone', 'DELETE FROM audit_leaves WHERE leaf_index = 1'],
    ['another key', `UPDATE audit_head SET signature = sha256('else') || sha256('else')`],
    ['a key that nobody vouches for', `UPDATE audit_keys SET public_key = 'else'`],
  ])('does not seal over %s', async (_, statement) => {
    await log.write(3);
    await log.tamper(statement);
    await log.append(1);
    await expect(log.sealer.seal()).rejects.toThrow(BrokenSealError);
    expect((await headRow()).treeSize).toBe(3n);
  });

  test('seals what a dump brought to another cluster, whatever its transactions are called there', async () => {
    await log.write(2);
    await log.append(2);
    // As after a restore: what was written before bears numbers that this cluster has not come to.
    await log.tamper(
      'UPDATE audit_events SET transaction_id = transaction_id + 1000000000000',
      "UPDATE audit_head SET cluster = 7, seen = '1000000000000:1000000000000:'",
    );
    await log.append(2);
    expect(await log.sealer.isDue()).toBe(true);
    await log.sealer.seal();
    await log.write(1);
    expect((await sealedSequences()).toSorted((a, b) => Number(a - b))).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n]);
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 7, waiting: 0 });
    expect(await log.sealer.isDue()).toBe(false);
  });

  test('a log that was never sealed can be restored elsewhere too', async () => {
    await log.append(2);
    await log.tamper('UPDATE audit_events SET transaction_id = transaction_id + 1000000000000');
    await log.append(1);
    await log.sealer.seal();
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 3, waiting: 0 });
  });
});

describe.runIf(testDatabaseKind() === 'postgres')('SEC-41: parallel transactions on PostgreSQL', () => {
  test('an append waits for no other, its seal neither, and what is committed later is sealed later', async () => {
    const [began, end] = [gate(), gate()];
    const slow = database.transaction(async (tx) => {
      await log.append(1, tx);
      began.open();
      await end.passed;
    });
    await began.passed;
    // The event of the transaction that goes on is the first; these do not wait for it.
    await log.append(2);
    expect(await database.client.auditEvent.count()).toBe(2);
    expect(await log.sealer.seal()).toBe(2);
    expect(await log.sealer.isDue()).toBe(false);
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 2, waiting: 0 });
    await log.append(1);
    expect(await log.sealer.seal()).toBe(1);
    end.open();
    await slow;
    expect(await log.sealer.isDue()).toBe(true);
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 3, waiting: 1 });
    expect(await log.sealer.seal()).toBe(1);
    expect(await sealedSequences()).toEqual([2n, 3n, 4n, 1n]);
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 4, waiting: 0 });
  });

  test('what is committed when the sealer looks is sealed in the order of the transactions', async () => {
    const [began, end] = [gate(), gate()];
    const slow = database.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_current_xact_id()`;
      began.open();
      await end.passed;
      await log.append(1, tx);
    });
    await began.passed;
    await log.append(1);
    end.open();
    await slow;
    await log.sealer.seal();
    expect(await sealedSequences()).toEqual([2n, 1n]);
    expect(await log.verify()).toMatchObject({ ok: true, count: 2 });
  });

  test('forty in parallel, some rolled back, while sealers run, are all in the tree', async () => {
    let busy = true;
    const sealing = Array.from({ length: 2 }, async () => {
      while (busy) await log.sealer.seal();
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        database.transaction(async (tx) => {
          await log.append(2, tx);
          if (index % 4 === 0) throw new Error('rolled back');
        }),
      ),
    );
    busy = false;
    await Promise.all(sealing);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    await log.sealer.seal();
    expect(await log.verify()).toMatchObject({ ok: true, sealed: 60, waiting: 0 });
  });
});
