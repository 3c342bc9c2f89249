import { setTimeout as wait } from 'node:timers/promises';
import { secretBytes, TIME_STEP_SECONDS, timeStepAt, totpCode } from '@sallyport/core/totp';

const STEP_MS = TIME_STEP_SECONDS * 1000;
/** A code is used only while the service will take it for this long yet. */
const LEAST_MS_LEFT = 5000;
const POLL_MS = 250;

/** The authenticator app of a throwaway account, which goes by the service's clock. */
export class Authenticator {
  private lastStep = 0;
  private readonly secret: Uint8Array;

  /**
   * @param secret  base32
   * @param aheadMs how far the service's clock is ahead of ours
   */
  constructor(
    secret: string,
    private readonly aheadMs: number,
  ) {
    this.secret = secretBytes(secret);
  }

  /** Of the secret. */
  get bits(): number {
    return this.secret.length * 8;
  }

  /** The time step of now (RFC 6238). */
  get step(): number {
    return timeStepAt(this.now());
  }

  codeAt(step: number): string {
    return totpCode(this.secret, step);
  }

  /** The oldest good code that was not handed out; waits for the next time step where all were. */
  async next(): Promise<string> {
    for (;;) {
      for (let step = Math.max(this.lastStep + 1, this.step - 1); step <= this.step + 1; step += 1) {
        if ((step + 2) * STEP_MS - this.now() < LEAST_MS_LEFT) continue;
        this.lastStep = step;
        return this.codeAt(step);
      }
      await wait(POLL_MS);
    }
  }

  /** Six digits that are of no step near now; never `000000`. @param index another for each */
  wrong(index = 0): string {
    const near = new Set(Array.from({ length: 41 }, (_, offset) => this.codeAt(this.step - 20 + offset)));
    for (let guess = 100_000 + ((index * 7919) % 800_000); ; guess += 1) {
      if (!near.has(String(guess))) return String(guess);
    }
  }

  private now(): number {
    return Date.now() + this.aheadMs;
  }
}
