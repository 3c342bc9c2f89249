import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { announced, TaskFailed } from '../progress.ts';
import { root } from '../repository.js';
import { run } from '../run.ts';
import { clearStamp, fingerprint, isFresh, setStamp } from '../stamp.js';

const NAME = 'archives';
const folder = '.cache/archives';

/** Where `Packed` finds them. */
export const archives = join(root, folder);

const packages = ['client', 'react', 'testkit'];
const SOURCES = [
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'packages/core',
  ...packages.map((name) => `packages/${name}`),
];

async function pack(name: string): Promise<void> {
  const args = ['pack', '--out', join(archives, `${name}.tgz`)];
  const { exitCode, output } = await run('pnpm', args, { cwd: join(root, 'packages', name) });
  if (exitCode !== 0) throw new TaskFailed(`\n${name} cannot be packed:\n${output}`);
}

/**
 * Packs the packages that leave the repository where their sources changed since the last time: tests of both suites
 * install them, in many processes, and two that pack at once would disturb each other.
 *
 * @throws TaskFailed with pnpm's own words
 */
export async function ensurePacked(): Promise<void> {
  const print = fingerprint(SOURCES);
  if (packages.every((name) => isFresh(NAME, `${folder}/${name}.tgz`, print))) return;
  await announced('Packing what tests install', async () => {
    clearStamp(NAME);
    mkdirSync(archives, { recursive: true });
    // The testkit writes the types of the client once more, into the folder of which that is packed.
    await pack('client');
    await Promise.all([pack('react'), pack('testkit')]);
    setStamp(NAME, print);
  });
}
