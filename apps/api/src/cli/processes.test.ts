import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { builtProgram } from '../testing/program.ts';

// Each step is a process that loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The built program in processes of its own, as operators run it. */
const folder = mkdtempSync(join(tmpdir(), 'sallyport-cli-'));
const own = join(import.meta.dirname, `../../.cache/cli-test-${process.pid}`);
let dist = '';

beforeAll(async () => {
  dist = await builtProgram(own);
});
afterAll(() => {
  for (const path of [own, folder]) rmSync(path, { recursive: true, force: true });
});

const env = {
  PATH: process.env.PATH,
  SALLYPORT_DATA_DIR: join(folder, 'data'),
  SALLYPORT_DEMO: '0',
  LOG_LEVEL: 'warn',
};

interface Result {
  code: number | null;
  out: string;
  err: string;
}

const sallyport = (...args: readonly string[]): Promise<Result> =>
  new Promise((resolve) => {
    const options = { env, cwd: folder };
    const child = execFile(process.execPath, [join(dist, 'cli.js'), ...args], options, (_, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });

/** A server that has said that it is ready. */
async function startServer(): Promise<ChildProcess> {
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, [join(dist, 'main.js')], { env: { ...env, PORT: '0' }, stdio });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('is ready') && resolve());
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  return child;
}

test('SEC-54: while the server has the database, a command ends with 75, and a backup goes through the server', async () => {
  const server = await startServer();
  const gone = once(server, 'exit');
  const [verified, usage, backup] = await Promise.all([
    sallyport('audit', 'verify'),
    sallyport('audit', 'verify', '--fast'),
    sallyport('backup', 'backup.tar.gz'),
  ]);
  server.kill('SIGTERM');
  await gone;
  expect(verified).toMatchObject({ code: 75, out: '', err: expect.stringMatching(/^[^\n]+\n$/) });
  expect(usage).toMatchObject({ code: 64, out: '' });
  expect(backup).toMatchObject({ code: 0, err: '' });
  expect(statSync(join(folder, 'backup.tar.gz')).mode & 0o777).toBe(0o600);

  expect(await sallyport('audit', 'verify', '--json')).toMatchObject({ code: 0, err: '' });
});
