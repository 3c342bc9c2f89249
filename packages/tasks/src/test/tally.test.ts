import { expect, test } from 'vitest';
import { checkTally, countSkip, emptyTally, sum, summaryLine } from './tally.ts';

test('the summary adds up every stage, and each reason for a skip once', () => {
  const withSkips = emptyTally();
  countSkip(withSkips, 'no PostgreSQL here');
  countSkip(withSkips, 'no PostgreSQL here');
  const total = sum([checkTally(true), checkTally(false), checkTally(true), withSkips]);
  expect(summaryLine(total)).toBe('2 passed, 1 failed, 2 skipped');
  expect(total.reasons).toEqual({ 'no PostgreSQL here': 2 });
});
