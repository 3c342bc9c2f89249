import { ensureGenerated } from './generate.ts';
import { seconds, task } from './progress.ts';
import { deadCode, dependencyRules, formatAndLint, generatedClient, types } from './test/checks.ts';
import { mutations } from './test/mutation.ts';
import { browserFlows, faults, unitAndApiTests } from './test/suites.ts';
import { sum, summaryLine, type Tally } from './test/tally.ts';

interface Stage {
  title: string;
  run(words: readonly string[]): Promise<Tally>;
  /** Runs only where it is named. */
  onRequest?: true;
}

/** In the order they run; the keys are what `pnpm test <stage> …` takes. */
const stages: Record<string, Stage> = {
  lint: { title: 'Format and lint', run: formatAndLint },
  types: { title: 'Types', run: types },
  imports: { title: 'Dependency rules', run: dependencyRules },
  'dead-code': { title: 'Dead code', run: deadCode },
  client: { title: 'Generated client', run: generatedClient },
  unit: { title: 'Unit and API tests', run: unitAndApiTests },
  e2e: { title: 'Browser flows', run: browserFlows },
  faults: { title: 'Faults', run: faults, onRequest: true },
  mutation: { title: 'Mutations', run: mutations, onRequest: true },
};

/**
 * `pnpm test` runs everything and goes on after a failure. `pnpm test unit totp` runs the stage `unit` on files
 * whose name holds `totp`.
 */
await task(async () => {
  const args = process.argv.slice(2);
  const wanted = args.filter((arg) => arg in stages);
  const words = args.filter((arg) => !(arg in stages));

  await ensureGenerated();
  const tallies: Tally[] = [];
  for (const [name, stage] of Object.entries(stages)) {
    if (wanted.length > 0 ? !wanted.includes(name) : stage.onRequest) continue;
    const start = performance.now();
    process.stdout.write(`\n## ${stage.title}\n\n`);
    const tally = await stage.run(words);
    process.stdout.write(`\n   ${summaryLine(tally)} in ${seconds(performance.now() - start)}\n`);
    tallies.push(tally);
  }

  const total = sum(tallies);
  const reasons = Object.entries(total.reasons);
  if (reasons.length > 0) {
    process.stdout.write('\n## Skipped\n\n');
    for (const [reason, count] of reasons) process.stdout.write(`   ${count} × ${reason}\n`);
  }
  process.stdout.write(`\n${summaryLine(total)}\n`);
  if (total.failed > 0) process.exitCode = 1;
});
