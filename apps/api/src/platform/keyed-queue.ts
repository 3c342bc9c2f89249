import { Problem } from '@sallyport/core';

/** More waiting attempts on one account than this are an attack; they are turned away at once. */
const MAX_WAITING = 128;

/**
 * Runs the tasks of one key one after another in this process, those of different keys side by side. So attempts on
 * one account are judged one at a time, and parallel right passwords do not use up each other's allowance.
 */
export class KeyedQueue {
  private readonly tails = new Map<string, { last: Promise<unknown>; waiting: number }>();

  /** @throws Problem `overloaded` when too many wait for the key; whatever `task` throws */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const tail = this.tails.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (tail.waiting >= MAX_WAITING) throw new Problem('overloaded', { retryAfterSeconds: 5 });
    tail.waiting += 1;
    const mine = tail.last.then(task, task);
    tail.last = mine;
    this.tails.set(key, tail);
    try {
      return await mine;
    } finally {
      tail.waiting -= 1;
      if (tail.waiting === 0) this.tails.delete(key);
    }
  }
}
