import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { announced } from '../progress.ts';
import { root } from '../repository.js';
import { run } from '../run.ts';

const aptGet = '/usr/bin/apt-get';
const LIBRARY = /\/faketime\/libfaketime\.so\.1$/;

/**
 * libfaketime, with which a process is told another time, on Debian and its kin; it is unpacked into `.cache/` and not
 * installed.
 *
 * @returns the path of the library; null where it cannot be had
 */
export async function ensureFaketime(): Promise<string | null> {
  const target = join(root, '.cache/libfaketime');
  if (!existsSync(target) && existsSync(aptGet)) {
    await announced('Fetching libfaketime', async () => {
      const work = `${target}.${process.pid}`;
      mkdirSync(work, { recursive: true });
      await run(aptGet, ['download', 'libfaketime'], { cwd: work });
      const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
      const unpacked = join(work, 'unpacked');
      if (archive !== undefined && (await run('dpkg-deb', ['-x', join(work, archive), unpacked])).exitCode === 0) {
        renameSync(unpacked, target);
      }
      rmSync(work, { recursive: true, force: true });
    });
  }
  return libraryIn(target) ?? libraryIn('/usr/lib');
}

function libraryIn(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  return files.find((file) => LIBRARY.test(file)) ?? null;
}
