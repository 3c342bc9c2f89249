import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../cli/run.ts';
import type { Database } from '../../platform/database/database.ts';
import { GOOD_PASSWORD } from '../../testing/app.ts';
import { Browser } from '../../testing/browser.ts';
import { testDatabase, testDatabaseKind } from '../../testing/database.ts';
import { databaseUrl } from '../../testing/postgres.ts';
import { type Server, Servers } from '../../testing/servers.ts';

// Each start is a process that loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

/** Servers on one PostgreSQL, as docs/operators/rotate.md has them rotate; the embedded database has one server. */
describe.runIf(testDatabaseKind() === 'postgres')('servers on one PostgreSQL', () => {
  const [k1, k2] = ['k1', 'k2'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
  let database: Database;
  let servers: Servers;

  beforeAll(async () => {
    database = await testDatabase();
    servers = new Servers({ DATABASE_URL: databaseUrl(database) });
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(async () => {
    await servers.dispose();
    await database.close();
  });

  const start = (keys: string): Promise<Server> => servers.start({ SALLYPORT_ENCRYPTION_KEYS: keys });

  async function stop(server: Server): Promise<void> {
    expect(await server.stop()).toBe(0);
  }

  async function command(args: readonly string[], keys: string): Promise<[code: number, out: string, err: string]> {
    const env = {
      DATABASE_URL: databaseUrl(database),
      SALLYPORT_DATA_DIR: servers.folder,
      SALLYPORT_ENCRYPTION_KEYS: keys,
      LOG_LEVEL: 'silent',
    };
    for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
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

  let used = 0;
  async function signedIn(at: Server): Promise<Browser> {
    const browser = new Browser(at.send);
    const { status } = await browser.post('/auth/login', { email: emailOf(used++), password: GOOD_PASSWORD });
    expect(status).toBe(200);
    return browser;
  }

  /** A user enrols: what `one` seals, `other` opens. */
  async function enrol(one: Server, other: Server): Promise<void> {
    const browser = await signedIn(one);
    const started = await browser.post('/me/mfa/totp');
    expect(started.status).toBe(201);
    const code = generateSync({ secret: started.body.secret });
    const confirmed = await browser.at(other.send).post('/me/mfa/totp/confirm', { password: GOOD_PASSWORD, code });
    expect([confirmed.status, confirmed.body.code]).toEqual([200, undefined]);
  }

  /** Starts `instance` anew with `keys` while the other one serves without a break. */
  async function restart(instance: Server, keys: string, other: Server): Promise<Server> {
    let restarting = true;
    const browser = await signedIn(other);
    const traffic = (async () => {
      const answers = new Set<number>();
      while (restarting) answers.add((await browser.post('/me/mfa/totp')).status);
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
    const seedFile = join(servers.folder, 'seed.json');
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
