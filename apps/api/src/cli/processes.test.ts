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

interface Running {
  process: ChildProcess;
  /** On standard output. */
  said: string;
}

/** With the demo. */
let server: Running;

beforeAll(async () => {
  dist = await builtProgram(own);
  server = await startServer();
});
afterAll(() => {
  server.process.kill('SIGKILL');
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

const run = (file: string, args: readonly string[], more: Record<string, string> = {}): Promise<Result> =>
  new Promise((resolve) => {
    const options = { env: { ...env, ...more }, cwd: folder };
    const child = execFile(file, args, options, (_, out, err) => resolve({ code: child.exitCode, out, err }));
  });

const sallyport = (...args: readonly string[]) => run(process.execPath, [join(dist, 'cli.js'), ...args]);

const demoReset = (more: Record<string, string>) =>
  run(process.execPath, [join(dist, 'cli.js'), 'demo', 'reset'], more);

/** Where it says that it listens. */
const urlOf = (log: string): string => /Server listening at (http:[^"]+)"/.exec(log)?.[1] ?? '';

/** A server that has said that it is ready. */
async function startServer(more: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [join(dist, 'main.js')], {
    env: { ...env, LOG_LEVEL: 'info', SALLYPORT_DEMO: '1', PORT: '0', ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const running = { process: child, said: '' };
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      running.said += chunk;
      if (running.said.includes('is ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  return running;
}

test('SEC-42: off a terminal all that a server says is one JSON object a line, without passwords, nor health checks', async () => {
  const url = urlOf(server.said);
  for (const path of ['/healthz', '/readyz', '/metrics', '/.well-known/jwks.json']) {
    expect((await fetch(url + path)).status).toBe(200);
  }
  await vi.waitFor(() => expect(server.said).toContain('request completed'));
  const lines = server.said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const paths = lines.flatMap(({ req }) => (req ? [req.path] : []));
  expect(paths).toEqual(['/.well-known/jwks.json']);
  const file = join(env.SALLYPORT_DATA_DIR, 'demo-accounts.json');
  expect(lines).toContainEqual(expect.objectContaining({ demoAccounts: file, publicUrl: 'http://localhost:0' }));
  const [{ email, password }] = JSON.parse(readFileSync(file, 'utf8'));
  expect(email).toBe('pat@northwind.example');
  expect(server.said).not.toContain(password);
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

test('a reset of the demo goes through the server that has the database, and prints calls that work when pasted', async () => {
  const url = urlOf(server.said);
  const { code, out, err } = await demoReset({ SALLYPORT_DEMO: '1', PUBLIC_URL: url });
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^The demo tenants are as they were seeded: removed 3 organizations and 8 users/);
  const lines = out.match(/(?<=^ +)curl .+$/gm) ?? [];
  const pasted = await run('sh', ['-ec', lines.join('\n')]);
  expect(pasted).toMatchObject({ code: 0, err: '' });
  const [signedIn, me, users, signedOut] = pasted.out.split('\n');
  expect(JSON.parse(signedIn ?? '')).toMatchObject({ status: 'authenticated' });
  expect(JSON.parse(me ?? '')).toMatchObject({ email: 'pat@northwind.example' });
  expect(JSON.parse(users ?? '').items).toHaveLength(5);
  expect(signedOut).toBe('');
  const after = await run('sh', ['-ec', lines[1] ?? '']);
  expect(JSON.parse(after.out).code).toBe('unauthenticated');
  expect(await demoReset({ SALLYPORT_DEMO: '0' })).toMatchObject({ code: 78, out: '' });
});

test('a server without the demo refuses to reset one, whatever the command is told', async () => {
  const more = { SALLYPORT_DATA_DIR: join(folder, 'without-demo') };
  const other = await startServer({ ...more, SALLYPORT_DEMO: '0' });
  try {
    expect(await demoReset({ ...more, SALLYPORT_DEMO: '1' })).toEqual({
      code: 78,
      out: '',
      err: 'The server that runs here has SALLYPORT_DEMO=0, so nothing was reset.\n',
    });
  } finally {
    other.process.kill('SIGKILL');
  }
});

test('SEC-54: while the server has the database, a command ends with 75, and a backup goes through the server', async () => {
  const gone = once(server.process, 'exit');
  const [verified, usage, backup] = await Promise.all([
    sallyport('audit', 'verify'),
    sallyport('audit', 'verify', '--fast'),
    sallyport('backup', 'backup.tar.gz'),
  ]);
  server.process.kill('SIGTERM');
  await gone;
  expect(verified).toMatchObject({ code: 75, out: '', err: expect.stringMatching(/^[^\n]+\n$/) });
  expect(usage).toMatchObject({ code: 64, out: '' });
  expect(backup).toMatchObject({ code: 0, err: '' });
  expect(statSync(join(folder, 'backup.tar.gz')).mode & 0o777).toBe(0o600);

  // On a busy machine it tells how far it is.
  const err = expect.stringMatching(/^(?:Verifying: \d+ of \d+\n)*$/);
  expect(await sallyport('audit', 'verify', '--json')).toMatchObject({ code: 0, err });
});
