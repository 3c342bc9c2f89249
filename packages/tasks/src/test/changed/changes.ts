import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TaskFailed } from '../../progress.ts';
import { root } from '../../repository.js';
import { run } from '../../run.ts';

const bases = ['main', 'origin/main', 'origin/HEAD'];

async function git(...args: readonly string[]): Promise<string[] | null> {
  const { exitCode, output } = await run('git', args);
  return exitCode === 0 ? output.split('\n').filter((line) => line !== '') : null;
}

/**
 * What is not as it was where this branch left another, committed or not: paths from the root of the repository. Files
 * that are gone are among them.
 *
 * @param since a commit or branch; `main` unless told
 * @throws TaskFailed where there is no such thing
 */
export async function changedFiles(since?: string): Promise<string[]> {
  for (const base of since === undefined ? bases : [since]) {
    const left = await git('merge-base', base, 'HEAD');
    if (left === null) continue;
    const changed = await git('diff', '--name-only', '--no-renames', ...left);
    const untracked = await git('ls-files', '--others', '--exclude-standard');
    return [...new Set([...(changed ?? []), ...(untracked ?? [])])].sort();
  }
  throw new TaskFailed(`There is no ${since ?? bases.join(', ')} to compare with: pnpm test --changed=COMMIT`);
}

/** All sources of the repository, as Git sees them, and those that it does not know yet. */
export async function sourceFiles(): Promise<string[]> {
  const files = (await git('ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.js')) ?? [];
  return files.filter((file) => existsSync(join(root, file)));
}
