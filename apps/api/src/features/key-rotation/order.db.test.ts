import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../cli/run.ts';
import { GOOD_PASSWORD } from '../../testing/app.ts';
import { testDatabaseKind } from '../../testing/database.ts';
import { postgresTemplate } from '../../testing/postgres.ts';
import { postgresUrl } from '../../testing/postgres-server.ts';

// Each start is a process that loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

/** Servers on one PostgreSQL, as docs/operators.md has them rotate; the embedded database has one server. */
describe.runIf(testDatabaseKind() === 'postgres')('servers on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-rotation-'));
  const name = `sallyport_test_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  const [server, url] = [postgresUrl(), postgresUrl(name)];
  const [k1, k2] = ['k1', 'k2'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
  const servers = new Set<ChildProcess>();

  beforeAll(async () => administer(`CREATE DATABASE ${name} TEMPLATE ${await postgresTemplate()}`));
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    for (const child of servers) child.kill('SIGKILL');
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  });

  async function administer(sql: string): Promise<void> {
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(sql).finally(() => admin.end());
  }

  const envOf = (keys: string) => ({
    DATABASE_URL: url,
    REDIS_URL: '',
    SALLYPORT_DATA_DIR: folder,
    SALLYPORT_ENCRYPTION_KEYS: keys,
    PUBLIC_URL: 'http://localhost:3000',
    LOG_LEVEL: 'silent',
  });

  interface Instance {
    child: ChildProcess;
    port: number;
  }

  async function freePort(): Promise<number> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    probe.close();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  /** A server that answers, or the exit code and last words of one that would not start. */
  async function start(keys: string): Promise<Instance> {
    const port = await freePort();
    const env = { PATH: process.env.PATH, ...envOf(keys), PORT: String(port) };
    const main = join(import.meta.dirname, '../../main.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    servers.add(child);
    let words = '';
    child.stderr.on('data', (chunk) => {
      words += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk) => String(chunk).includes('is ready') && resolve());
      child.once('close', (code) => reject(new Error(`${code} ${words}`)));
    });
    return { child, port };
  }

  async function stop({ child }: Instance): Promise<void> {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    servers.delete(child);
  }

  async function command(args: readonly string[], keys: string): Promise<[code: number, out: string, err: string]> {
    for (const [variable, value] of Object.entries(envOf(keys))) vi.stubEnv(variable, value);
    const written: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
    const spies = (['stdout', 'stderr'] as const).map((stream) =>
      vi.spyOn(process[stream], 'write').mockImplementation((text) => {
        written[stream] += text;
        return true;
      }),
    );
    const code = await run(args);
    for (const spy of spies) spy.mockRestore();
    return [code, written.stdout, written.stderr];
  }

  const USERS = 14;
  const emailOf = (index: number): string => `user-${index}@acme.example`;

  async function call(
    { port }: Instance,
    path: string,
    body: object,
    cookie = '',
  ): Promise<{ status: number; cookie: string; body: Record<string, string> }> {
    const headers = { 'content-type': 'application/json', cookie };
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const cookies = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    return { status: answer.status, cookie: cookies.join('; '), body: JSON.parse((await answer.text()) || '{}') };
  }

  let used = 0;
  async function signedIn(at: Instance): Promise<string> {
    const { status, cookie } = await call(at, '/auth/login', { email: emailOf(used++), password: GOOD_PASSWORD });
    expect(status).toBe(200);
    return cookie;
  }

  /** A user enrols: what `one` seals, `other` opens. */
  async function enrol(one: Instance, other: Instance): Promise<void> {
    const cookie = await signedIn(one);
    const started = await call(one, '/me/mfa/totp', {}, cookie);
    expect(started.status).toBe(201);
    const code = generateSync({ secret: started.body.secret ?? '' });
    const confirmed = await call(other, '/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code }, cookie);
    expect([confirmed.status, confirmed.body.code]).toEqual([200, undefined]);
  }

  /** Starts `instance` anew with `keys` while the other one serves without a break. */
  async function restart(instance: Instance, keys: string, other: Instance): Promise<Instance> {
    let restarting = true;
    const cookie = await signedIn(other);
    const traffic = (async () => {
      const answers = new Set<number>();
      while (restarting) answers.add((await call(other, '/me/mfa/totp', {}, cookie)).status);
      return answers;
    })();
    try {
      await stop(instance);
      return await start(keys);
    } finally {
      restarting = false;
      expect(await traffic).toEqual(new Set([201]));
    }
  }

  test('SEC-55: keys rotate in the documented order under traffic, and no server ever meets what it cannot open', async () => {
    const users = Array.from({ length: USERS }, (_, index) => ({
      ...{ email: emailOf(index), name: 'User', role: 'member', access: 'read_only', password: GOOD_PASSWORD },
    }));
    const seedFile = join(folder, 'seed.json');
    const partner = { slug: 'acme', name: 'Acme', domains: ['acme.example'], users, customers: [] };
    writeFileSync(seedFile, JSON.stringify({ partners: [partner] }));
    expect((await command(['seed', seedFile], `${k1}`))[0]).toBe(0);

    let [one, other] = await Promise.all([start(`${k1}`), start(`${k1}`)]);
    const both = async (): Promise<void> => {
      await enrol(one, other);
      await enrol(other, one);
    };
    // Out of order: the new key would seal before the servers know it.
    await expect(start(`${k2},${k1}`)).rejects.toThrow(/^78 SALLYPORT_ENCRYPTION_KEYS: "k2" comes first, .*\n$/);
    expect(await command(['keys', 'rotate'], `${k2},${k1}`)).toMatchObject([78, '', expect.stringContaining('"k2"')]);

    let before = `${k1}`;
    for (const keys of [`${k1},${k2}`, `${k2},${k1}`, `${k2}`]) {
      if (keys === k2) {
        const [code, out] = await command(['keys', 'rotate'], before);
        expect([code, out]).toEqual([0, expect.stringContaining('may be taken out of SALLYPORT_ENCRYPTION_KEYS: k1')]);
      }
      one = await restart(one, keys, other);
      // Half of the way: each serves what the other sealed, and may start again as it was.
      await enrol(one, other);
      other = await restart(other, before, one);
      if (keys === `${k2},${k1}`) {
        // Out of order: the other one still seals with the old key.
        await expect(start(`${k2}`)).rejects.toThrow(/^78 SALLYPORT_ENCRYPTION_KEYS: .* is missing/);
      }
      other = await restart(other, keys, one);
      before = keys;
    }
    await both();
    await Promise.all([stop(one), stop(other)]);
  });
});
