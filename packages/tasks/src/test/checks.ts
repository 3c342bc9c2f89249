import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Print, print, seconds } from '../progress.ts';
import { root } from '../repository.js';
import { commandOf, runTool } from '../run.ts';
import { checkTally, sum, type Tally } from './tally.ts';

/** Runs a tool that is content or not, and counts as one test; its output is shown when it is not. */
async function check(what: string, file: string, args: readonly string[], say: Print): Promise<Tally> {
  const start = performance.now();
  const { exitCode, output } = await runTool(file, args);
  const passed = exitCode === 0;
  say(`  ${passed ? '✓' : '✗'} ${what} (${seconds(performance.now() - start)})\n`);
  if (!passed) say(`\n${output.trimEnd()}\n\n`);
  return checkTally(passed);
}

/** @param files the repository unless told */
export const formatAndLint = (say = print, files: readonly string[] = ['.']): Promise<Tally> =>
  check(
    'biome',
    commandOf('@biomejs/biome', { command: 'biome' }),
    ['check', '--error-on-warnings', '--no-errors-on-unmatched', ...files],
    say,
  );

const ruled = ['apps', 'packages', 'docs/.vitepress', 'e2e', 'examples'];

/** @param folders whose files are judged */
export const dependencyRules = (say = print, folders: readonly string[] = ruled): Promise<Tally> =>
  check(
    'dependency-cruiser',
    commandOf('dependency-cruiser', { command: 'depcruise' }),
    [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    say,
  );

export const deadCode = (say = print): Promise<Tally> => check('knip', commandOf('knip'), [], say);

export const generatedClient = (say = print): Promise<Tally> =>
  check('generated client', commandOf('tsx'), ['packages/tasks/src/client.ts', '--check'], say);

const isWorkspace = (folder: string): boolean => existsSync(join(root, folder, 'tsconfig.json'));

/**
 * Every tsconfig.json is checked by itself, as many at once as there are cores, by the compiler that needs a quarter of
 * the time.
 *
 * @param of the folders of those that are checked; all unless told
 */
export async function types(say = print, of?: readonly string[]): Promise<Tally> {
  const folders = ['apps', 'packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  const waiting = ['apps/web', 'apps/api', ...folders, 'docs', 'e2e', '.'].filter(
    (folder, index, all) =>
      all.indexOf(folder) === index && isWorkspace(folder) && (of === undefined || of.includes(folder)),
  );
  const tsc = commandOf('@typescript/native-preview', { command: 'tsgo' });
  const tallies: Tally[] = [];
  const worker = async (): Promise<void> => {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      const cache = join(root, '.cache/tsc', `${folder.replaceAll('/', '-')}.tsbuildinfo`);
      const incremental = ['--incremental', '--tsBuildInfoFile', cache];
      tallies.push(await check(folder, tsc, ['-p', folder, '--pretty', 'false', ...incremental], say));
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return sum(tallies);
}
