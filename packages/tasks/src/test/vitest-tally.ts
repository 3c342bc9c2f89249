import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { countSkip, emptyTally } from './tally.ts';

/** What `ctx.skip(note)` said, else the suite that was skipped whole, else the test's own name. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  if (result.state === 'skipped' && result.note !== undefined) return result.note;
  const { parent } = test;
  return parent.type === 'suite' && parent.options.mode === 'skip' ? parent.fullName : test.fullName;
}

/** Vitest reporter that leaves the tally in the file that `TALLY_FILE` names. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tally = emptyTally();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') tally.passed += 1;
        else if (state === 'skipped') countSkip(tally, reasonOf(test));
        else tally.failed += 1;
      }
      // A file that cannot be loaded has no tests to fail.
      tally.failed += module.errors().length;
    }
    tally.failed += unhandledErrors.length;
    if (process.env.TALLY_FILE !== undefined) writeFileSync(process.env.TALLY_FILE, JSON.stringify(tally));
  }
}
