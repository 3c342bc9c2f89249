import { expect, test } from 'vitest';
import { absoluteTime, relativeTime } from './relative-time.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

test.each([
  [0, 'now'],
  [-29, 'now'],
  [-31, '1 minute ago'],
  [-5 * 60, '5 minutes ago'],
  [-59 * 60 - 59, '60 minutes ago'],
  [2 * 3_600, 'in 2 hours'],
  [-86_400, 'yesterday'],
  [-20 * 86_400, '3 weeks ago'],
  [-400 * 86_400, 'last year'],
])('%i seconds from now is %s', (seconds, words) => {
  expect(relativeTime(now + seconds * 1000, now, 'en')).toBe(words);
});

test('the exact time names the day and the second', () => {
  expect(absoluteTime(now, 'en')).toMatch(/November 24, 2026.*:00:00/);
});
