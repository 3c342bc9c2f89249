import { expect, test } from 'vitest';
import { formatCountdown, secondsLeft } from './countdown.ts';

test.each([
  [10_000, 0, 10],
  [10_000, 9_001, 1],
  [10_000, 10_000, 0],
  [10_000, 99_000, 0],
])('until %i at %i there are %i seconds', (deadline, now, seconds) => expect(secondsLeft(deadline, now)).toBe(seconds));

test.each([
  [0, '0:00'],
  [9, '0:09'],
  [299, '4:59'],
  [3_600, '1:00:00'],
  [3_725, '1:02:05'],
])('%i seconds are shown as %s', (seconds, text) => expect(formatCountdown(seconds)).toBe(text));
