import PQueue from 'p-queue';
import { hashSlots } from './hash-pool.ts';

/**
 * Runs tasks that hash or verify a password each, for commands that have thousands of them; in the order of `tasks`.
 *
 * @param onProgress called after each with how many are done, of how many
 */
export async function hashMany<T>(
  tasks: readonly (() => Promise<T>)[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<T[]> {
  let done = 0;
  // Twice the slots keep all of them busy, and never fill the queue of the pool, which would refuse.
  const queue = new PQueue({ concurrency: 2 * hashSlots() });
  return queue.addAll(
    tasks.map((task) => async () => {
      const result = await task();
      done += 1;
      onProgress(done, tasks.length);
      return result;
    }),
  );
}
