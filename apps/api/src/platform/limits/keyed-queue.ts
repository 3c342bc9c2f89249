import { Problem } from '@sallyport/core';
import PQueue from 'p-queue';

/**
 * Runs tasks of one key one after another, in the order they came, and tasks of different keys at once. In this
 * process only: it spares parallel requests of one account from refusing each other, and guards nothing by itself.
 */
export class KeyedQueue {
  private readonly queues = new Map<string, PQueue>();

  /** @param limit tasks of one key that may wait; one more is refused */
  constructor(private readonly limit = 128) {}

  /** Keys with a task that runs or waits. */
  get size(): number {
    return this.queues.size;
  }

  /** @throws Problem `overloaded`, at once, when too many tasks of this key wait */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? this.open(key);
    if (queue.size >= this.limit) {
      throw new Problem('overloaded', {
        detail: 'Too many requests for one account. Try again in a few seconds.',
        retryAfterSeconds: 5,
      });
    }
    return queue.add(task);
  }

  private open(key: string): PQueue {
    const queue = new PQueue({ concurrency: 1 });
    this.queues.set(key, queue);
    queue.on('idle', () => {
      this.queues.delete(key);
    });
    return queue;
  }
}
