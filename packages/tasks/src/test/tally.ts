/** What a stage of the tests came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Why tests were skipped, with how many each reason cost. */
  reasons: Record<string, number>;
}

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, skipped: 0, reasons: {} });

/** One check that stands for one test. */
export const checkTally = (passed: boolean): Tally => ({
  ...emptyTally(),
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
});

export function countSkip(tally: Tally, reason: string): void {
  tally.skipped += 1;
  tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1;
}

export function sum(tallies: readonly Tally[]): Tally {
  const total = emptyTally();
  for (const tally of tallies) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    for (const [reason, count] of Object.entries(tally.reasons)) {
      total.reasons[reason] = (total.reasons[reason] ?? 0) + count;
    }
  }
  return total;
}

/** The last line of `npx pnpm test`, exactly as the contract has it (section 1). */
export const summaryLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
