import { createHash } from 'node:crypto';
import pg from 'pg';

/** The key of an advisory lock: 63 bits of a hash, so that names need no register of numbers. */
export const lockKey = (name: string): string =>
  String(createHash('sha256').update(name).digest().readBigInt64BE(0) >> 1n);

/**
 * Runs `work` while this instance holds the advisory lock of that name, on a connection of its own: when the process
 * dies the connection ends, and with it the lock.
 *
 * @returns null, at once, where another instance holds it
 */
export async function exclusivelyOnPostgres<T>(
  connection: pg.ClientConfig,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const holder = new pg.Client(connection);
  // Without a listener a connection that breaks would end the process.
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    const { rows } = await holder.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS won', [
      lockKey(name),
    ]);
    return rows[0]?.won ? await work() : null;
  } finally {
    await holder.end();
  }
}

/** The same for a database that only this process has open. */
export function exclusivelyInProcess(): <T>(name: string, work: () => Promise<T>) => Promise<T | null> {
  const held = new Set<string>();
  return async (name, work) => {
    if (held.has(name)) return null;
    held.add(name);
    try {
      return await work();
    } finally {
      held.delete(name);
    }
  };
}
