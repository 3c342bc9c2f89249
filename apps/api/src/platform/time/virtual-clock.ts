import type { Clock } from './clock.ts';

/** A clock that is set and moved, and goes on from there. */
export class VirtualClock implements Clock {
  private aheadMs = 0;

  /** @param real what it starts from, and returns to */
  constructor(private readonly real: Clock) {}

  now(): Date {
    return new Date(this.real.now().getTime() + this.aheadMs);
  }

  /** By how many seconds it is ahead of the real one; less than 0 where it is behind. */
  aheadSeconds(): number {
    return this.aheadMs / 1000;
  }

  set(moment: Date): void {
    this.aheadMs = moment.getTime() - this.real.now().getTime();
  }

  reset(): void {
    this.aheadMs = 0;
  }
}
