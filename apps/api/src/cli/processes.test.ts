import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
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

let server: ChildProcess;
/** What the server wrote on standard output. */
let said = '';

beforeAll(async () => {
  dist = await builtProgram(own);
  server = await startServer();
});
afterAll(() => {
  server.kill('SIGKILL');
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
  const child = spawn(process.execPath, [join(dist, 'main.js')], {
    env: { ...env, LOG_LEVEL: 'info', SALLYPORT_DEMO: '1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  return child;
}

test('SEC-42: off a terminal all that a server says is one JSON object a line, without passwords, nor health checks', async () => {
  const [, url = ''] = /Server listening at (http:[^"]+)"/.exec(said) ?? [];
  for (const path of ['/healthz', '/readyz', '/metrics', '/.well-known/jwks.json']) {
    expect((await fetch(url + path)).status).toBe(200);
  }
  await vi.waitFor(() => expect(said).toContain('request completed'));
  const lines = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const paths = lines.flatMap(({ req }) => (req ? [req.path] : []));
  expect(paths).toEqual(['/.well-known/jwks.json']);
  const file = join(env.SALLYPORT_DATA_DIR, 'demo-accounts.json');
  expect(lines).toContainEqual(expect.objectContaining({ demoAccounts: file, publicUrl: 'http://localhost:0' }));
  const [{ email, password }] = JSON.parse(readFileSync(file, 'utf8'));
  expect(email).toBe('pat@northwind.example');
  expect(said).not.toContain(password);
});

test('a start without OTEL_EXPORTER_OTLP_ENDPOINT loads nothing of OpenTelemetry, nor of a log for people', () => {
  const textOf = (file: string): string => readFileSync(join(dist, file), 'utf8');
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const [, next = ''] of textOf(file).matchAll(/^(?:import|export)\b[^;]*?["']\.\/([^"']+\.js)["']/gm))
      load(next);
  };
  load('main.js');
  const built = readdirSync(dist).filter((file) => file.endsWith('.js'));
  for (const words of ['OTLPTraceExporter', 'isColorSupported']) {
    const files = built.filter((file) => textOf(file).includes(words));
    expect(files).not.toEqual([]);
    expect(files.filter((file) => loaded.has(file))).toEqual([]);
  }
});

test('SEC-54: while the server has the database, a command ends with 75, and a backup goes through the server', async () => {
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

  // On a busy machine it tells how far it is.
  const err = expect.stringMatching(/^(?:Verifying: \d+ of \d+\n)*$/);
  expect(await sallyport('audit', 'verify', '--json')).toMatchObject({ code: 0, err });
});
