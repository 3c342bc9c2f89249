import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const api = join(import.meta.dirname, '../..');
const dist = join(api, 'dist');

/** Set by `pnpm test`, which builds before the tests. */
const isBuilt = process.env.SALLYPORT_TEST_BUILT === '1';

const sources = { main: 'src/main.ts', cli: 'src/cli/main.ts' };

/**
 * What Node takes to run the server or the command line in a process of its own: as it was built where that is fresh,
 * which starts four times as fast, and else from the sources.
 */
export const program = (entry: keyof typeof sources): string[] =>
  isBuilt ? [join(dist, `${entry}.js`)] : ['--import', 'tsx', join(api, sources[entry])];

/** The folder of the built program. @param ifStale where to build it when `pnpm test` has not */
export async function builtProgram(ifStale: string): Promise<string> {
  if (isBuilt) return dist;
  const vite = join(api, '../../node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', ifStale], { cwd: api });
  return ifStale;
}
