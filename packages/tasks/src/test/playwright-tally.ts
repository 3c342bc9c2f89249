import { writeFileSync } from 'node:fs';
import type { Reporter, Suite } from '@playwright/test/reporter';
import { countSkip, emptyTally } from './tally.ts';

/** Playwright reporter that leaves the tally in the file that `TALLY_FILE` names. */
export default class TallyReporter implements Reporter {
  readonly #tally = emptyTally();
  #suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  /** Errors outside of any test, such as a file that cannot be loaded. */
  onError(): void {
    this.#tally.failed += 1;
  }

  onEnd(): void {
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === 'expected') this.#tally.passed += 1;
      else if (outcome !== 'skipped') this.#tally.failed += 1;
      else {
        const skip = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
        countSkip(this.#tally, skip?.description ?? test.title);
      }
    }
    if (process.env.TALLY_FILE !== undefined) writeFileSync(process.env.TALLY_FILE, JSON.stringify(this.#tally));
  }

  /** It prints nothing: the readable report is another reporter's. */
  printsToStdio(): boolean {
    return false;
  }
}
