import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureGenerated } from './generate.ts';
import { seconds, TaskFailed, task } from './progress.ts';
import { root } from './repository.js';
import { changedFiles, sourceFiles } from './test/changed/changes.ts';
import { importersOf } from './test/changed/imports.ts';
import { select } from './test/changed/selection.ts';
import { deadCode, dependencyRules, formatAndLint, generatedClient, types } from './test/checks.ts';
import { mutations } from './test/mutation.ts';
import { browserFlows, chosenTests, faults, unitAndApiTests } from './test/suites.ts';
import { sum, summaryLine, type Tally } from './test/tally.ts';

interface Stage {
  title: string;
  run(words: readonly string[]): Promise<Tally>;
  /** Runs only where it is named. */
  onRequest?: true;
}

/** In the order they run; the keys are what `pnpm test <stage> …` takes. */
const stages = {
  lint: { title: 'Format and lint', run: () => formatAndLint() },
  types: { title: 'Types', run: () => types() },
  imports: { title: 'Dependency rules', run: () => dependencyRules() },
  'dead-code': { title: 'Dead code', run: deadCode },
  client: { title: 'Generated client', run: generatedClient },
  unit: { title: 'Unit and API tests', run: unitAndApiTests },
  e2e: { title: 'Browser flows', run: browserFlows },
  faults: { title: 'Faults', run: faults, onRequest: true },
  mutation: { title: 'Mutations', run: mutations, onRequest: true },
} satisfies Record<string, Stage>;

/** What judges a change within a minute: see `select`. @param since a commit; where this branch left `main` unless told */
async function stagesOfChange(since: string | undefined): Promise<Record<string, Stage>> {
  const files = await changedFiles(since);
  const sources = await sourceFiles();
  const { tests, workspaces, document } = select(files, sources, importersOf(sources));
  const { lint, types: typed, imports, client, unit } = stages;
  process.stdout.write(`\n${files.length} files have changed, and ${tests.length} files of tests judge that.\n`);
  const ruled = workspaces.filter((folder) => RULED.test(folder));
  const there = files.filter((file) => existsSync(join(root, file)));
  return {
    lint: { ...lint, run: () => formatAndLint(there) },
    types: { ...typed, run: () => types(workspaces) },
    ...(ruled.length > 0 && { imports: { ...imports, run: () => dependencyRules(ruled) } }),
    ...(document && { client }),
    unit: { ...unit, run: () => chosenTests(tests) },
  };
}

/** Workspaces that dependency rules are for. */
const RULED = /^(apps|packages|examples)\/|^e2e$/;

const NOT_JUDGED = `
Not judged: browser flows, dead code, documentation, the other database, and what uses the change through the whole
product. \`pnpm test\` judges all.
`;

/**
 * `pnpm test` runs everything and goes on after a failure. `pnpm test unit totp` runs the stage `unit` on files
 * whose name holds `totp`. `pnpm test --changed` runs what judges a change, `--changed=COMMIT` since a commit.
 */
await task(async () => {
  const args = process.argv.slice(2);
  const changed = args.find((arg) => /^--changed(=|$)/.test(arg));
  const wanted = args.filter((arg) => arg in stages);
  const words = args.filter((arg) => !(arg in stages) && arg !== changed);
  if (changed !== undefined && words.length > 0)
    throw new TaskFailed(`--changed chooses by itself: ${words.join(' ')}`);

  await ensureGenerated();
  const chosen: Record<string, Stage> = changed === undefined ? stages : await stagesOfChange(changed.split('=')[1]);
  const tallies: Tally[] = [];
  for (const [name, stage] of Object.entries(chosen)) {
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
  if (changed !== undefined) process.stdout.write(NOT_JUDGED);
  process.stdout.write(`\n${summaryLine(total)}\n`);
  if (total.failed > 0) process.exitCode = 1;
});
