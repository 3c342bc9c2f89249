import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../product.ts';
import { TaskFailed } from '../progress.ts';
import { root } from '../repository.js';
import { commandOf, runTool } from '../run.ts';
import { ensureSite } from '../site.ts';
import { archives, ensurePacked } from './archives.ts';
import { ensureBrowser } from './browser.ts';
import { ensureFaketime } from './faketime.ts';
import { ensureSamlProvider } from './saml-provider.ts';
import { checkTally, emptyTally, type Tally } from './tally.ts';

/** Runs a test runner with its own readable output and reads what our reporter counted. */
async function suite(
  name: string,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Tally> {
  const tallyFile = join(root, '.cache', `${name}-tally.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(tallyFile, { force: true });
  const { exitCode } = await runTool(file, args, { output: 'show', env: { ...env, TALLY_FILE: tallyFile } });
  if (!existsSync(tallyFile)) return checkTally(false);
  const tally = JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally;
  // A runner that failed for another reason than a test is a failure all the same.
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

const vitestReporters = ['--reporter=default', '--reporter=./packages/tasks/src/test/vitest-tally.ts'];

/** @param words parts of file names; none means every file */
export async function unitAndApiTests(words: readonly string[]): Promise<Tally> {
  if (words.length === 0 || words.some((word) => word.includes('saml'))) await ensureSamlProvider();
  const packed = packages(words);
  for (const prepare of [ensureBuilt, ...packed.prepare]) {
    if (!(await orExplained(prepare))) return checkTally(false);
  }
  const env = { SALLYPORT_TEST_BUILT: '1', ...packed.env };
  return suite('vitest', commandOf('vitest'), ['run', ...vitestReporters, ...words], env);
}

/**
 * On one database, PostgreSQL where it answers, and from the sources; how Vite transformed those that have not changed
 * is known from the last time.
 *
 * @param files of tests; none means none
 */
export async function chosenTests(files: readonly string[]): Promise<Tally> {
  if (files.length === 0) return emptyTally();
  const args = ['run', '--experimental.fsModuleCache', ...vitestReporters, ...files];
  return suite('vitest', commandOf('vitest'), args, {
    SALLYPORT_TEST_DATABASES: 'one',
  });
}

/**
 * Faults of the built product's neighbours, one after another, each with a line of its own.
 *
 * @param words parts of file names; none means every fault
 */
export async function faults(words: readonly string[]): Promise<Tally> {
  if (!(await orExplained(ensureBuilt))) return checkTally(false);
  const faketime = await ensureFaketime();
  const reporters = ['--reporter=verbose', '--reporter=./packages/tasks/src/test/vitest-tally.ts'];
  const env = { SALLYPORT_TEST_BUILT: '1', ...(faketime === null ? {} : { SALLYPORT_FAKETIME: faketime }) };
  const config = '--config=vitest.faults.config.ts';
  return suite('faults', commandOf('vitest'), ['run', config, ...reporters, ...words], env);
}

/** @param words parts of file names; none means every flow */
export async function browserFlows(words: readonly string[]): Promise<Tally> {
  const packed = packages(words);
  for (const prepare of [ensureBuilt, ensureSite, ensureBrowser, ...packed.prepare]) {
    if (!(await orExplained(prepare))) return checkTally(false);
  }
  const reporters = '--reporter=list,./packages/tasks/src/test/playwright-tally.ts';
  const config = '--config=e2e/playwright.config.ts';
  const playwright = commandOf('@playwright/test', { command: 'playwright' });
  return suite('playwright', playwright, ['test', config, reporters, ...words], packed.env);
}

/** Packages for tests to install: packed beforehand for all tests, while a few files pack what they need themselves. */
const packages = (words: readonly string[]) =>
  words.length === 0
    ? { prepare: [ensurePacked], env: { SALLYPORT_TEST_ARCHIVES: archives } }
    : { prepare: [], env: {} };

/** False, with its words printed, for a preparation that failed. */
async function orExplained(prepare: () => Promise<unknown>): Promise<boolean> {
  try {
    await prepare();
    return true;
  } catch (error) {
    if (!(error instanceof TaskFailed)) throw error;
    process.stdout.write(`${error.message}\n`);
    return false;
  }
}
