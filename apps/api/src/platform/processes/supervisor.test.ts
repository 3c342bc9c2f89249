import { expect, test } from 'vitest';
import { pauseMs } from './supervisor.ts';

test('a process that fails again and again is begun at once, then after pauses that double up to half a minute', () => {
  expect([0, 1, 2, 3, 8, 9, 1000].map(pauseMs)).toEqual([0, 250, 500, 1000, 30_000, 30_000, 30_000]);
});
