import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from './repository.js';
import { run } from './run.ts';

// A build and an installation, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 600_000 });

const folder = mkdtempSync(join(tmpdir(), 'sallyport-package-'));
const product = join(folder, 'product');
const dataDir = join(folder, 'data');
/** `nobody` of every Linux; owns nothing. */
const NOBODY = 65_534;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  const task = join(root, 'packages/tasks/src/package.ts');
  const { exitCode, output } = await run(process.execPath, ['--import', 'tsx', task, product]);
  if (exitCode !== 0) throw new Error(output);
  mkdirSync(dataDir);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function* entriesUnder(path: string): Generator<string> {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    yield child;
    if (entry.isDirectory()) yield* entriesUnder(child);
  }
}

/** Names of the installed packages, as their folders in pnpm's store. */
const installed = (): string[] => readdirSync(join(product, 'apps/api/node_modules/.pnpm'));

test('everything it needs lies in it, and nothing that only development needs', () => {
  const outside = [...entriesUnder(product)].filter((path) => relative(product, realpathSync(path)).startsWith('..'));
  expect(outside).toEqual([]);
  expect(
    installed().filter((name) => /^(vite|vitest|typescript|tsx|prisma|@playwright\+|@sallyport\+)(@|$)/.test(name)),
  ).toEqual([]);
  expect(installed().some((name) => name.startsWith('fastify@'))).toBe(true);
  for (const path of entriesUnder(join(product, 'apps/api/node_modules'))) {
    if (/\.(ya?ml|json)$/.test(path) && !path.includes('/node_modules/.pnpm/')) {
      expect(readFileSync(path, 'utf8'), path).not.toContain(root);
    }
  }
});

test('the bill of materials names what is in it, with licences, and so does the file of their texts', () => {
  type Component = { group?: string; name: string; version: string; licenses?: unknown[]; purl: string };
  const bom = JSON.parse(readFileSync(join(product, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string;
    components: Component[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  const others = bom.components.filter(({ purl }) => !purl.includes('sallyport'));
  expect(others.filter(({ licenses = [] }) => licenses.length === 0).map(({ name }) => name)).toEqual([]);
  const purls = others.map(({ purl }) => purl);
  expect(purls).toContainEqual(expect.stringMatching(/^pkg:npm\/fastify@/));
  expect(purls).toContainEqual(expect.stringMatching(/^pkg:npm\/%40mantine\/core@/));
  expect(purls.filter((purl) => /npm\/(vitest|typescript)@/.test(purl))).toEqual([]);
  const texts = readFileSync(join(product, 'LICENCES.txt'), 'utf8');
  expect(texts).toMatch(/^fastify [\d.]+: MIT$/m);
  expect(texts).toContain('Apache License');
});

test('the command line runs in any folder', async () => {
  const { exitCode, output } = await run(join(product, 'bin/sallyport'), ['--help'], { cwd: folder });
  expect([exitCode, output]).toEqual([0, expect.stringContaining('migrate')]);
  const { output: version } = await run(join(product, 'bin/sallyport'), ['--version'], { cwd: folder });
  expect(version).toMatch(/^\d+\.\d+\.\d+ \(build [0-9a-f]{12}, schema \d{14}_\w+\)\n$/);
});

const isRoot = process.getuid?.() === 0;
/** A file system of our own, in which the checkout can be covered. */
const canHide = isRoot && spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

describe.skipIf(!canHide)(
  'as another user, with nothing of the checkout in reach (skipped without mount namespaces)',
  () => {
    test('it serves pages and API from a folder that it cannot write to, and drains', async () => {
      chownSync(dataDir, NOBODY, NOBODY);
      // The user that Node has to be readable for may not read ours, where the version manager of root put it.
      const program = `
      mount -t tmpfs none "$CHECKOUT" && cd / &&
      exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --no-new-privs node ${product}/apps/api/dist/main.js`;
      const env = {
        PATH: process.env.PATH,
        CHECKOUT: root,
        SALLYPORT_DATA_DIR: dataDir,
        PORT: '0',
        NODE_ENV: 'production',
      };
      const server = spawn('unshare', ['--mount', 'sh', '-c', program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      const port = await new Promise<string>((resolve, reject) => {
        for (const stream of [server.stdout, server.stderr]) {
          stream.setEncoding('utf8').on('data', (text: string) => {
            said += text;
            const [, found] = /Server listening at http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
            if (found !== undefined && said.includes('is ready')) resolve(found);
          });
        }
        server.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${said}`)));
      });
      server.removeAllListeners('exit');
      const gone = once(server, 'exit');
      try {
        const url = `http://127.0.0.1:${port}`;
        expect((await fetch(`${url}/readyz`)).status).toBe(200);
        const page = await (await fetch(`${url}/sign-in`)).text();
        const [, asset = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(page) ?? [];
        const script = await fetch(url + asset);
        expect(script.headers.get('content-type')).toContain('javascript');
        // To its end: an answer that nobody reads holds the drain until its time is over.
        expect((await script.text()).length).toBeGreaterThan(1000);
        const [{ email, password }] = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8'));
        const login = await fetch(`${url}/api/v1/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password }),
        });
        expect(login.status).toBe(200);
        expect(existsSync(join(dataDir, 'database'))).toBe(true);
      } finally {
        server.kill('SIGTERM');
      }
      expect(await gone, said).toEqual([0, null]);
    });
  },
);
