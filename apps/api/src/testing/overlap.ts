import pg from 'pg';
import { expect, vi } from 'vitest';

/** Milliseconds until requests that should wait for each other count as not doing so. */
const TIMEOUT_MS = 30_000;

/**
 * Lets requests truly overlap on PostgreSQL: runs `begin` while a transaction of the test holds `rows`, waits until
 * `count` other transactions want them too, does `meanwhile`, and lets go. They come to the rows in the order in which
 * they began to wait.
 *
 * @param rows `SELECT … FOR …` with its values
 * @returns what `begin` gave, once all of it is there
 */
export async function whileHeld<T>(
  url: string,
  rows: { text: string; values: unknown[] },
  count: number,
  begin: (arrived: (count: number) => Promise<void>) => Promise<T>[] | Promise<Promise<T>[]>,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<T[]> {
  const holder = new pg.Client({ connectionString: url });
  const observer = new pg.Client({ connectionString: url });
  await Promise.all([holder.connect(), observer.connect()]);
  try {
    await holder.query('BEGIN');
    const { rowCount } = await holder.query(rows);
    expect(rowCount, 'rows are held').toBeGreaterThan(0);
    const pid = (await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
    const arrived = (expected: number): Promise<void> =>
      vi.waitFor(async () => expect((await observer.query(WAITING, [pid])).rows).toEqual([{ count: expected }]), {
        timeout: TIMEOUT_MS,
        interval: 20,
      });
    const answers = await begin(arrived);
    await arrived(count);
    await meanwhile();
    await holder.query('COMMIT');
    return await Promise.all(answers);
  } finally {
    await Promise.all([holder.end(), observer.end()]);
  }
}

/** Transactions that wait for one, or for another that waits for it. */
const WAITING = `
  WITH RECURSIVE waiting AS (
    SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))
    UNION
    SELECT a.pid FROM pg_stat_activity a JOIN waiting w ON w.pid = ANY (pg_blocking_pids(a.pid))
  )
  SELECT count(*)::int AS count FROM waiting`;
