import { afterEach, expect, test, vi } from 'vitest';
import { TestClock } from '../testing/clock.ts';
import { progress } from './output.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('progress off a terminal is a line at each tenth, and at most one a second', () => {
  const lines: unknown[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(line) > 0);
  const clock = new TestClock();
  const { update, stop } = progress('Hashing', clock);
  update(500, 1000);
  expect(lines).toEqual([]);
  clock.advance({ seconds: 1 });
  for (let done = 501; done < 700; done++) update(done, 1000);
  expect(lines).toEqual(['Hashing: 501 of 1000\n']);
  clock.advance({ seconds: 1 });
  for (let done = 550; done < 600; done++) update(done, 1000);
  expect(lines).toHaveLength(1);
  update(600, 1000);
  stop();
  expect(lines).toEqual(['Hashing: 501 of 1000\n', 'Hashing: 600 of 1000\n']);
});
