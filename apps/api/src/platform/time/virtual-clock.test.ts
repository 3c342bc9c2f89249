import { expect, test } from 'vitest';
import { TestClock } from '../../testing/clock.ts';
import { VirtualClock } from './virtual-clock.ts';

test('a virtual clock is set, goes on from there, and returns', () => {
  const real = new TestClock(Date.parse('2026-03-01T12:00:00Z'));
  const clock = new VirtualClock(real);
  expect(clock.now()).toEqual(real.now());
  clock.set(new Date('2027-01-01T00:00:00Z'));
  real.advance({ minutes: 5 });
  expect(clock.now()).toEqual(new Date('2027-01-01T00:05:00Z'));
  expect(clock.aheadSeconds()).toBe((Date.parse('2027-01-01T00:00:00Z') - Date.parse('2026-03-01T12:00:00Z')) / 1000);
  clock.set(new Date('2020-01-01T00:00:00Z'));
  expect(clock.aheadSeconds()).toBeLessThan(0);
  clock.reset();
  expect(clock.now()).toEqual(real.now());
});
