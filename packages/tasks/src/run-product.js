import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { staleParts } from './parts.js';
import { root } from './repository.js';

// This path is plain JavaScript: under tsx, which hooks into every import, the server takes three times as long to load.

/**
 * Builds what is stale, then runs a built program in this very process: signals reach it, and its exit code is ours.
 *
 * @param {string} program file in apps/api/dist
 */
export async function runProduct(program) {
  if (staleParts().length > 0) {
    const build = fileURLToPath(new URL('./build.ts', import.meta.url));
    // Standard output is the program's own.
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', build, '--stale'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  const file = join(root, 'apps/api/dist', program);
  process.argv[1] = file;
  await import(pathToFileURL(file).href);
}
