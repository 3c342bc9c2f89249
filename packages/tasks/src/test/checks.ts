import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { seconds } from '../progress.ts';
import { root } from '../repository.js';
import { commandOf, runTool } from '../run.ts';
import { checkTally, sum, type Tally } from './tally.ts';

/** Runs a tool that is content or not, and counts as one test; its output is shown when it is not. */
async function check(what: string, file: string, args: readonly string[]): Promise<Tally> {
  const start = performance.now();
  const { exitCode, output } = await runTool(file, args);
  const passed = exitCode === 0;
  process.stdout.write(`  ${passed ? '✓' : '✗'} ${what} (${seconds(performance.now() - start)})\n`);
  if (!passed) process.stdout.write(`\n${output.trimEnd()}\n\n`);
  return checkTally(passed);
}

/** @param files the repository unless told */
export const formatAndLint = (files: readonly string[] = ['.']): Promise<Tally> =>
  check('biome', commandOf('@biomejs/biome', { command: 'biome' }), [
    ...['check', '--error-on-warnings', '--no-errors-on-unmatched'],
    ...files,
  ]);

const ruled = ['apps', 'packages', 'docs/.vitepress', 'e2e', 'examples'];

/** @param folders whose files are judged */
export const dependencyRules = (folders: readonly string[] = ruled): Promise<Tally> =>
  check('dependency-cruiser', commandOf('dependency-cruiser', { command: 'depcruise' }), [
    ...folders,
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
  ]);

export const deadCode = (): Promise<Tally> => check('knip', commandOf('knip'), []);

export const generatedClient = (): Promise<Tally> =>
  check('generated client', commandOf('tsx'), ['packages/tasks/src/client.ts', '--check']);

const isWorkspace = (folder: string): boolean => existsSync(join(root, folder, 'tsconfig.json'));

/**
 * Every tsconfig.json is checked by itself, as many at once as there are cores.
 *
 * @param of the folders of those that are checked; all unless told
 */
export async function types(of?: readonly string[]): Promise<Tally> {
  const folders = ['apps', 'packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  const waiting = ['apps/web', 'apps/api', ...folders, 'docs', 'e2e', '.'].filter(
    (folder, index, all) =>
      all.indexOf(folder) === index && isWorkspace(folder) && (of === undefined || of.includes(folder)),
  );
  const tsc = commandOf('typescript', { command: 'tsc' });
  const tallies: Tally[] = [];
  const worker = async (): Promise<void> => {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      const cache = join(root, '.cache/tsc', `${folder.replaceAll('/', '-')}.tsbuildinfo`);
      const incremental = ['--incremental', '--tsBuildInfoFile', cache];
      tallies.push(await check(folder, tsc, ['-p', folder, '--pretty', 'false', ...incremental]));
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return sum(tallies);
}
