import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { endWithLaunchers } from './launchers.js';
import { staleParts } from './parts.js';
import { root } from './repository.js';

// This path is plain JavaScript: under tsx, which hooks into every import, the server takes three times as long to load.

/**
 * Builds what is stale, then runs a built program in this very process: signals reach it, its exit code is ours, and
 * it ends with what launched it.
 *
 * @param {string} program file in apps/api/dist
 */
export async function runProduct(program) {
  endWithLaunchers();
  if (staleParts().length > 0) await build();
  const file = join(root, 'apps/api/dist', program);
  process.argv[1] = file;
  await import(pathToFileURL(file).href);
}

async function build() {
  const task = fileURLToPath(new URL('./build.ts', import.meta.url));
  // Standard output is the program's own.
  const child = spawn(process.execPath, ['--import', 'tsx', task, '--stale'], { cwd: root, stdio: ['ignore', 2, 2] });
  const stop = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const [code] = await once(child, 'exit');
  process.off('SIGTERM', stop).off('SIGINT', stop);
  if (code !== 0) process.exit(code ?? 1);
}
