import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packed } from '../../client/src/testing/packed.ts';
import { announced, TaskFailed, task } from './progress.ts';
import { root } from './repository.js';
import { commandOf, run, runTool } from './run.ts';

interface Manifest {
  name: string;
  version: string;
  license: string;
  private?: true;
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Folders of the packages that leave the repository, in the order in which they need each other. */
const folders = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name))
  .filter((folder) => manifestOf(folder).private !== true);

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * Builds and packs a package as npm would have it, and judges the archive.
 *
 * @returns the line that tells of it
 * @throws TaskFailed with everything that publint and the compiler have to say of it
 */
async function packed(folder: string, outside: string): Promise<string> {
  const { name, version } = manifestOf(folder);
  const archive = await announced(`Packing ${name} ${version}`, async () => new Packed(folder, outside));
  const faults = await announced(`Checking ${name} ${version}`, () => archive.faults());
  if (faults.length > 0) {
    const words = faults.map((fault) => (typeof fault === 'string' ? fault : JSON.stringify(fault)));
    throw new TaskFailed(`${name} cannot be released:\n${words.join('\n')}`);
  }
  const files = archive.files().map((file) => file.replace(/^package\//, ''));
  const unpacked = files.reduce((bytes, file) => bytes + statSync(join(archive.folder, file)).size, 0);
  const sizes = `${kilobytes(archive.tarball.byteLength)} packed, ${kilobytes(unpacked)} unpacked, ${files.length} files`;
  return `${name} ${version}: ${sizes}`;
}

/** What stands between the packages and a registry, each in a line; empty where nothing does. */
async function missing(): Promise<string[]> {
  const lines: string[] = [];
  const manifests = folders.map(manifestOf);
  const unlicensed = manifests.filter(({ license }) => license === 'UNLICENSED').map(({ name }) => name);
  if (unlicensed.length > 0) lines.push(`a licence, which is the owner's to choose: ${unlicensed.join(', ')}`);
  const pending = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  if (pending.length > 0) lines.push(`new versions, by \`pnpm changeset version\`: ${pending.join(', ')}`);
  const { output } = await run('git', ['status', '--porcelain']);
  if (output.trim() !== '') lines.push('a commit of what was changed');
  return lines;
}

/**
 * Builds, packs and checks the packages that leave the repository, and publishes those whose version is not in the
 * registry yet; with `--dry-run` it only says what would be published.
 */
await task(async () => {
  const [option, ...more] = process.argv.slice(2);
  if (more.length > 0 || (option !== undefined && option !== '--dry-run')) {
    throw new TaskFailed('Use it like this: pnpm release [--dry-run]');
  }
  const needs = await missing();
  const words = needs.map((line) => `\n  ${line}`).join('');
  const dry = option === '--dry-run';
  if (!dry && needs.length > 0) throw new TaskFailed(`Nothing was published. It takes:${words}`);
  const outside = mkdtempSync(join(tmpdir(), 'sallyport-release-'));
  try {
    const lines: string[] = [];
    for (const folder of folders) lines.push(await packed(folder, outside));
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    rmSync(outside, { recursive: true });
  }
  if (dry) {
    process.stdout.write(`Nothing was published.${needs.length > 0 ? ` To publish it takes:${words}` : ''}\n`);
    return;
  }
  const changeset = commandOf('@changesets/cli', { command: 'changeset' });
  const { exitCode } = await runTool(changeset, ['publish'], { output: 'show' });
  if (exitCode !== 0) throw new TaskFailed('Not everything was published.');
});
