import type { Clock } from '../platform/time/clock.ts';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  constructor(private nowMs = Date.parse('2026-03-01T12:00:00Z')) {}

  now(): Date {
    return new Date(this.nowMs);
  }

  set(moment: Date): void {
    this.nowMs = moment.getTime();
  }

  advance(time: { seconds?: number; minutes?: number; hours?: number }): void {
    this.nowMs += 1000 * ((time.seconds ?? 0) + 60 * (time.minutes ?? 0) + 3600 * (time.hours ?? 0));
  }
}
