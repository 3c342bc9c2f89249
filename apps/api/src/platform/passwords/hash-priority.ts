import { readlink } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { uvThreads } from './hash-pool.ts';

/** How much more than a hash everything else weighs with the scheduler: nine times; see nice(2) and sched(7). */
const NICE = 10;
/** Each round finds the threads that happen to be free: a few do, and more are in vain where one is stuck. */
const MOST_ROUNDS = 200;

/**
 * Lets the threads that hash, those of libuv's pool, run after everything else on this machine: with as many hashes as
 * cores, the event loop and PostgreSQL would wait for a core at each step of each request (SEC-51). Linux alone has
 * priorities of threads; elsewhere, and where the system does not let it, nothing happens.
 *
 * @returns how many threads have the lower priority
 */
export async function lowerHashPriority(): Promise<number> {
  const lowered = new Set<number>();
  if (process.platform === 'linux') await lower(lowered).catch(() => undefined);
  return lowered.size;
}

async function lower(lowered: Set<number>): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS && lowered.size < uvThreads(); round++) {
    // The link is read by one of the threads, and names it.
    const names = await Promise.all(Array.from({ length: 4 * uvThreads() }, () => readlink('/proc/thread-self')));
    for (const thread of new Set(names.map((name) => Number(basename(name))))) {
      if (lowered.has(thread)) continue;
      setPriority(thread, NICE);
      lowered.add(thread);
    }
  }
}
