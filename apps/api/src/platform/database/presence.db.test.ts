import pg from 'pg';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import type { Presence } from './presence.ts';

const database = await testDatabase();
const present: Presence[] = [];
afterEach(async () => {
  for (const { close } of present.splice(0)) await close();
});
afterAll(() => database.close());

async function announce(...marks: string[]): Promise<Presence> {
  const presence = await database.announce(marks, () => {});
  present.push(presence);
  return presence;
}

if (database.kind === 'embedded') {
  test('whoever has the embedded database open is alone', async () => {
    const presence = await announce('a');
    expect(await presence.others()).toEqual([]);
  });
} else {
  describe('instances on one PostgreSQL', () => {
    test('see what the others announced, and not themselves', async () => {
      const first = await announce('a');
      expect(await first.others()).toEqual([]);
      const second = await announce('a', 'b');
      const seen = await first.others();
      expect(seen.map((other) => ['a', 'b', 'c'].map((mark) => other.has(mark)))).toEqual([[true, true, false]]);
      await second.close();
      expect(await first.others()).toEqual([]);
    });

    test('are judged as they come, one after another, and kept out by what the judge throws', async () => {
      const alone = (others: readonly unknown[]): void => {
        if (others.length > 0) throw new Error('not alone');
      };
      const outcomes = await Promise.allSettled(
        Array.from({ length: 5 }, async () => present.push(await database.announce([], alone))),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('are there again after PostgreSQL ended their connection', async () => {
      await announce('mark of the lost');
      const observer = await announce();
      const admin = new pg.Client(database.connection);
      await admin.connect();
      await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND pid <> ALL (SELECT pid FROM pg_stat_activity WHERE state = 'active')
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      await admin.end();
      await vi.waitUntil(
        async () => (await observer.others().catch(() => [])).some((other) => other.has('mark of the lost')),
        { timeout: 20_000, interval: 50 },
      );
    });
  });
}
