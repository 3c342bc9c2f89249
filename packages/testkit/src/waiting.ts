import { setTimeout } from 'node:timers/promises';

const EVERY_MS = 250;

/**
 * Looks again and again, four times a second, until there is something.
 *
 * @param what it waits for, in words
 * @param find gives null where it is not there yet
 * @param timeoutMs how long it looks, in milliseconds
 * @throws Error when it is not there by then
 */
export async function eventually<T>(
  what: string,
  find: () => T | null | Promise<T | null>,
  timeoutMs: number,
): Promise<T> {
  // Not the clock of the day, which tests move.
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`There was not ${what} within ${timeoutMs / 1000} seconds.`);
    await setTimeout(EVERY_MS);
  }
}
