import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { lockKey } from './exclusively.ts';

/** What another living process has announced. */
export type Marks = Pick<ReadonlySet<string>, 'has'>;

/** What this process has announced to the others on its database, until it is closed or dies. */
export interface Presence {
  /** Of each other process what it has announced. Rejects while the database does not answer. */
  others(): Promise<readonly Marks[]>;
  close(): Promise<void>;
}

/** Every announcing process bears this mark. */
const PRESENT = 'presence';
/** Held while a process comes in, so that of two that come at once one sees the other. */
const DOOR = 'presence:door';
const RECONNECT_MS = 1000;

/**
 * Announces `marks`, each a shared advisory lock on a connection of its own: PostgreSQL takes them back when the
 * process dies, however it does. A connection that breaks is made again.
 *
 * @param judge sees the others before this process counts as present; what it throws keeps it out
 */
export async function announceOnPostgres(
  connection: pg.ClientConfig,
  marks: readonly string[],
  judge: (others: readonly Marks[]) => void,
): Promise<Presence> {
  const closing = new AbortController();
  let holder = await enter(connection, marks, judge, () => void reenter());
  const reenter = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await setTimeout(RECONNECT_MS, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      // What was judged once may stay: the others were judged by it since.
      const entered = await enter(
        connection,
        marks,
        () => {},
        () => void reenter(),
      ).catch(() => null);
      if (!entered) continue;
      holder = entered;
      if (closing.signal.aborted) await holder.end();
      return;
    }
  };
  return {
    others: () => othersOf(holder),
    close: async () => {
      closing.abort();
      await holder.end();
    },
  };
}

/** The same for a database that only this process has open. */
export const announceInProcess = async (): Promise<Presence> => ({ others: async () => [], close: async () => {} });

async function enter(
  connection: pg.ClientConfig,
  marks: readonly string[],
  judge: (others: readonly Marks[]) => void,
  onLost: () => void,
): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, query_timeout: 10_000 });
  // Without a listener a connection that breaks would end the process; its end is told by `end`.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1::bigint)', [lockKey(DOOR)]);
    for (const mark of [PRESENT, ...marks]) {
      await client.query('SELECT pg_advisory_lock_shared($1::bigint)', [lockKey(mark)]);
    }
    judge(await othersOf(client));
    await client.query('SELECT pg_advisory_unlock($1::bigint)', [lockKey(DOOR)]);
  } catch (error) {
    await client.end();
    throw error;
  }
  client.on('end', onLost);
  return client;
}

async function othersOf(client: pg.Client): Promise<Marks[]> {
  // The halves of the key of an advisory lock as pg_locks shows them (PostgreSQL manual, 54.12).
  const { rows } = await client.query<{ keys: string[] }>(`
    SELECT array_agg(((classid::bigint << 32) | objid::bigint)::text) AS keys FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    GROUP BY pid`);
  return rows
    .map(({ keys }) => new Set(keys))
    .filter((keys) => keys.has(lockKey(PRESENT)))
    .map((keys) => ({ has: (mark: string) => keys.has(lockKey(mark)) }));
}
