import { Problem } from '@sallyport/core';
import PQueue from 'p-queue';
import type { Logger } from 'pino';

/** Tasks that may wait, of this process; one more is refused. */
const LIMIT = 256;
const LONGEST_PAUSE_MS = 1000;

/**
 * Work that comes after an answer, so that the time of the answer does not tell what work there was. It begins at a
 * random moment of the next second, so that the time of the next answer does not tell it either, and runs one task
 * after another.
 */
export class Afterwards {
  private readonly queue = new PQueue({ concurrency: 1 });
  /** Tasks that have not begun, with what makes them begin. */
  private readonly pausing = new Map<() => void, NodeJS.Timeout>();

  constructor(private readonly deps: { logger: Pick<Logger, 'warn'> }) {}

  /**
   * Does `task` soon. A task that fails is logged; nobody waits for it.
   *
   * @throws Problem `overloaded` when too many wait
   */
  add(task: () => Promise<void>): void {
    if (this.pausing.size + this.queue.size >= LIMIT) {
      throw new Problem('overloaded', {
        detail: 'Too many people ask for this at the moment. Try again in a few seconds.',
        retryAfterSeconds: 5,
      });
    }
    const begin = (): void => {
      clearTimeout(this.pausing.get(begin));
      this.pausing.delete(begin);
      this.queue.add(() => this.perform(task));
    };
    this.pausing.set(begin, setTimeout(begin, Math.random() * LONGEST_PAUSE_MS));
  }

  /** Begins all that waits at once, and ends when it is done (SEC-52). */
  async settle(): Promise<void> {
    for (const begin of this.pausing.keys()) begin();
    await this.queue.onIdle();
  }

  private async perform(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.deps.logger.warn({ err: error }, 'What was to be done after an answer failed.');
    }
  }
}
