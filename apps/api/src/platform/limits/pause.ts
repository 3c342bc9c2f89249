import { setTimeout } from 'node:timers/promises';

export interface PauseOptions {
  /** Milliseconds that it takes; 0 for none. */
  ms: number;
  /** Who may be in it at once; further ones take none. */
  most: number;
}

/**
 * Holds the answer to who is refused in a flood: whoever asks again as soon as it is answered would else spend the event
 * loop on refusals, many hundreds a second, which everybody else waits for (SEC-51).
 */
export class Pause {
  private taken = 0;

  constructor(private readonly options: PauseOptions) {}

  async take(): Promise<void> {
    const { ms, most } = this.options;
    if (ms === 0 || this.taken >= most) return;
    this.taken += 1;
    await setTimeout(ms);
    this.taken -= 1;
  }
}
