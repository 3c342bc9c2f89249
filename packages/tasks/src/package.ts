import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensureGenerated } from './generate.ts';
import { ensureBuilt } from './product.ts';
import { announced, TaskFailed, task } from './progress.ts';
import { root } from './repository.js';
import { run } from './run.ts';

/** What the product is made of; everything else in the workspace makes or tests it. */
const SHIPPED = ['--filter', '@sallyport/api', '--filter', '@sallyport/web'];

const COMMAND = `#!/bin/sh
exec node "$(dirname "$(readlink -f "$0")")/../apps/api/dist/cli.js" "$@"
`;

/** The pnpm that runs this, else the one that npx finds. @throws TaskFailed with its own words */
async function pnpm(...args: readonly string[]): Promise<string> {
  const { npm_execpath: file = '' } = process.env;
  const own = /pnpm\.[cm]?js$/.test(file) ? [process.execPath, file] : ['npx', '--yes', '--prefer-offline', 'pnpm'];
  const [command = '', ...first] = own;
  const { exitCode, output } = await run(command, [...first, ...args]);
  if (exitCode !== 0) throw new TaskFailed(`\npnpm ${args.join(' ')}:\n${output}`);
  return output;
}

/** The service with what it needs to run, from the lock file; nothing that only its development needs. */
async function layService(folder: string): Promise<void> {
  const api = join(folder, 'apps/api');
  // Copies, as a link would be one file with the store's: whoever changes its owner there would change it everywhere.
  const copies = '--config.package-import-method=copy';
  await pnpm('--filter', '@sallyport/api', '--prod', '--legacy', '--prefer-offline', copies, 'deploy', api);
  for (const name of readdirSync(api)) {
    if (name !== 'node_modules' && name !== 'package.json') await rm(join(api, name), { recursive: true });
  }
  // Our own packages are in the bundle.
  const modules = join(api, 'node_modules');
  await rm(join(modules, '@sallyport'), { recursive: true, force: true });
  for (const name of readdirSync(join(modules, '.pnpm'))) {
    if (name.startsWith('@sallyport+')) await rm(join(modules, '.pnpm', name), { recursive: true });
  }
  // What pnpm would need to go on from here names the folders of this machine.
  for (const name of [
    '.bin',
    '.modules.yaml',
    '.pnpm-workspace-state-v1.json',
    '.pnpm/lock.yaml',
    '.pnpm/node_modules/.bin',
  ])
    await rm(join(modules, name), { recursive: true, force: true });
}

/** The texts of the licences under which others let us ship their work. */
async function licences(): Promise<string> {
  const listed = await pnpm(...SHIPPED, 'licenses', 'list', '--prod', '--json');
  type Entry = { name: string; versions: string[]; paths: string[]; license: string };
  const entries = Object.values(JSON.parse(listed.slice(listed.indexOf('{'))) as Record<string, Entry[]>).flat();
  return entries
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
    .map(({ name, versions, paths, license }) => {
      const [folder = ''] = paths;
      const files = existsSync(folder)
        ? readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
        : [];
      const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
      return [`${name} ${versions.join(', ')}: ${license}`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(72)}\n\n`);
}

/**
 * Lays the built product into `folder`, which runs with Node alone, wherever it is put and by whomever:
 *
 * - `apps/api`, `apps/web`: the service and the pages
 * - `prisma`: the migrations
 * - `bin/sallyport`: the command line
 * - `README.md`, `operators`: the book for operators
 * - `deploy`: what docs/deploy offers
 * - `sbom.cdx.json`, `LICENCES.txt`: what of others is in it (CycloneDX), and under which licences
 *
 * @param folder absolute path; what was there before is removed
 * @throws TaskFailed
 */
async function packageInto(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await layService(folder);
  const copies: [from: string, to: string][] = [
    ['apps/api/dist', 'apps/api/dist'],
    ['apps/web/dist', 'apps/web/dist'],
    ['prisma', 'prisma'],
    ['docs/operators.md', 'README.md'],
    ['docs/operators', 'operators'],
    ['docs/deploy', 'deploy'],
  ];
  for (const [from, to] of copies) await cp(join(root, from), join(folder, to), { recursive: true });

  const { name, version, description, engines, type } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { exitCode, output } = await run('git', ['rev-parse', '--short=12', 'HEAD']);
  const build = exitCode === 0 ? output.trim() : undefined;
  const manifest = { name, version, build, private: true, description, type, engines };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/sallyport'), COMMAND);
  await chmod(join(folder, 'bin/sallyport'), 0o755);

  const bom = join(folder, 'sbom.cdx.json');
  await pnpm(...SHIPPED, 'sbom', '--prod', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--out', bom);
  await writeFile(join(folder, 'LICENCES.txt'), `${await licences()}\n`);
}

await task(async () => {
  const [folder = join(root, '.cache/product'), ...more] = process.argv.slice(2);
  if (more.length > 0 || folder.startsWith('-')) throw new TaskFailed('Use it like this: pnpm package [FOLDER]');
  // pnpm runs us at the root, wherever it was called.
  const target = resolve(process.env.INIT_CWD ?? root, folder);
  if (existsSync(target) && !existsSync(join(target, 'sbom.cdx.json')) && readdirSync(target).length > 0) {
    throw new TaskFailed(`${target} holds something else: name an empty folder.`);
  }
  await ensureGenerated();
  await ensureBuilt();
  await announced(`Packaging the product into ${target}`, () => packageInto(target));
});
