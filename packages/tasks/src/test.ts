import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureGenerated } from './generate.ts';
import { type Print, print, seconds, TaskFailed, task } from './progress.ts';
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
  /** @param say where it writes, unless it shows what a program writes */
  run(words: readonly string[], say: Print): Promise<Tally>;
  /** Runs only where it is named. */
  onRequest?: true;
}

/** In the order they run; the keys are what `pnpm test <stage> …` takes. */
const stages = {
  lint: { title: 'Format and lint', run: (_, say) => formatAndLint(say) },
  types: { title: 'Types', run: (_, say) => types(say) },
  imports: { title: 'Dependency rules', run: (_, say) => dependencyRules(say) },
  'dead-code': { title: 'Dead code', run: (_, say) => deadCode(say) },
  client: { title: 'Generated client', run: (_, say) => generatedClient(say) },
  unit: { title: 'Unit and API tests', run: unitAndApiTests },
  e2e: { title: 'Browser flows', run: browserFlows },
  faults: { title: 'Faults', run: faults, onRequest: true },
  mutation: { title: 'Mutations', run: mutations, onRequest: true },
} satisfies Record<string, Stage>;

/**
 * What judges a change within a minute: see `select`. The tests come last.
 *
 * @param since a commit; where this branch left `main` unless told
 */
async function stagesOfChange(since: string | undefined): Promise<Record<string, Stage>> {
  const files = await changedFiles(since);
  const sources = await sourceFiles();
  const { tests, workspaces, document } = select(files, sources, importersOf(sources));
  const { lint, types: typed, imports, client, unit } = stages;
  process.stdout.write(`\n${files.length} files have changed, and ${tests.length} files of tests judge that.\n`);
  const ruled = workspaces.filter((folder) => RULED.test(folder));
  const there = files.filter((file) => existsSync(join(root, file)));
  return {
    lint: { ...lint, run: (_, say) => formatAndLint(say, there) },
    types: { ...typed, run: (_, say) => types(say, workspaces) },
    ...(ruled.length > 0 && { imports: { ...imports, run: (_, say) => dependencyRules(say, ruled) } }),
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

async function perform(stage: Stage, words: readonly string[], say = print): Promise<Tally> {
  const start = performance.now();
  say(`\n## ${stage.title}\n\n`);
  const tally = await stage.run(words, say);
  say(`\n   ${summaryLine(tally)} in ${seconds(performance.now() - start)}\n`);
  return tally;
}

async function oneAfterAnother(chosen: readonly Stage[], words: readonly string[], say = print): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const stage of chosen) tallies.push(await perform(stage, words, say));
  return tallies;
}

/** Tests wait for their database half of the time: the last stage runs, and is seen, while the others do. */
async function besideTheLast(chosen: readonly Stage[]): Promise<Tally[]> {
  let held: string[] | null = [];
  const others = oneAfterAnother(chosen.slice(0, -1), [], (text) => (held ? held.push(text) : print(text)));
  const last = await oneAfterAnother(chosen.slice(-1), []);
  print(held.join(''));
  held = null;
  return [...last, ...(await others)];
}

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
  const named = Object.entries(chosen)
    .filter(([name, stage]) => (wanted.length > 0 ? wanted.includes(name) : !stage.onRequest))
    .map(([, stage]) => stage);
  const total = sum(await (changed === undefined ? oneAfterAnother(named, words) : besideTheLast(named)));
  const reasons = Object.entries(total.reasons);
  if (reasons.length > 0) {
    process.stdout.write('\n## Skipped\n\n');
    for (const [reason, count] of reasons) process.stdout.write(`   ${count} × ${reason}\n`);
  }
  if (changed !== undefined) process.stdout.write(NOT_JUDGED);
  process.stdout.write(`\n${summaryLine(total)}\n`);
  if (total.failed > 0) process.exitCode = 1;
});
