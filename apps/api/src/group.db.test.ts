import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TestApp, type TestUser } from './testing/app.ts';
import { Browser, type Send } from './testing/browser.ts';
import { testDatabaseKind } from './testing/database.ts';
import { whileHeld } from './testing/overlap.ts';
import { databaseUrl } from './testing/postgres.ts';
import { sendBy } from './testing/send.ts';
import { type Server, Servers } from './testing/servers.ts';

// Each start is several processes that load the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });
const patience = { timeout: 120_000, interval: 50 };

const isOnLinux = process.platform === 'linux';

/** The processes that one has begun and that live. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

const isAlive = (pid: number): boolean => {
  try {
    // A process that nobody has waited for is still listed, as a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe.runIf(testDatabaseKind() === 'postgres' && isOnLinux)('two processes that listen together', () => {
  let scene: TestApp;
  let servers: Servers;

  beforeAll(async () => {
    const keys = `k1:${randomBytes(32).toString('base64')}`;
    scene = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: keys });
    scene.clock.set(new Date());
    servers = new Servers({
      DATABASE_URL: databaseUrl(scene.resources.database),
      SALLYPORT_ENCRYPTION_KEYS: keys,
      WEB_CONCURRENCY: '2',
      REDIS_URL: '',
      // So long may a test's idle connections hold up a restart.
      DRAIN_SECONDS: '2',
    });
  });
  afterAll(async () => {
    await servers.dispose();
    await scene.stop();
  });

  const over = (server: Server, agent: Agent | false): Send => {
    const { hostname, port } = new URL(server.url);
    return sendBy({ request, options: { host: hostname, port, agent } });
  };

  /** Which process answered, by the log line of the request that its problem names. */
  async function processBehind(server: Server, send: Send): Promise<number> {
    const { body } = await new Browser(send).get('/me');
    const ofRequest = (): number | undefined => {
      const line = server
        .output()
        .split('\n')
        .find((text) => text.includes(body.requestId));
      return line === undefined ? undefined : JSON.parse(line).pid;
    };
    return vi.waitFor(() => ofRequest() ?? expect.fail('the request is not logged yet'));
  }

  /** A connection to each of the processes, which stays open: what is sent over it reaches that one. */
  async function connectionToEach(server: Server): Promise<{ one: Send; other: Send; pids: Set<number> }> {
    const found = new Map<number, Send>();
    for (let tries = 0; tries < 50 && found.size < 2; tries += 1) {
      const send = over(server, new Agent({ keepAlive: true, maxSockets: 1 }));
      found.set(await processBehind(server, send), send);
    }
    const [one, other] = [...found.values()];
    if (!one || !other) throw new Error('Only one process answers.');
    return { one, other, pids: new Set(found.keys()) };
  }

  async function signedIn(user: TestUser, send: Send): Promise<Browser> {
    const browser = new Browser(send);
    const { email, password } = user;
    expect((await browser.post('/auth/login', { email, password })).body.status).toBe('authenticated');
    return browser;
  }

  /**
   * Requests one after another in each of several lanes, until `end`.
   *
   * @returns what each was answered with: a status, or the code of an error of the connection
   */
  function traffic(browsers: readonly Browser[]): { end(): Promise<(number | string)[]> } {
    let over = false;
    const lanes = browsers.map(async (browser, lane) => {
      const seen: (number | string)[] = [];
      // Bounded, should the end never come.
      for (let count = 0; count < 20_000 && !over; count += 1) {
        const asked = lane % 2 ? browser.get('/me') : browser.patch('/me', { name: `Name ${count}` });
        seen.push(
          await asked.then(
            ({ status }) => status,
            (error: Error & { code?: string }) => error.code ?? error.message,
          ),
        );
      }
      return seen;
    });
    return {
      end: async () => {
        over = true;
        return (await Promise.all(lanes)).flat();
      },
    };
  }

  describe('one group', () => {
    let server: Server;
    beforeAll(async () => {
      server = await servers.start();
    });

    test('both answer, under different process ids, and the metrics of either tell of all', async () => {
      const { one, other, pids } = await connectionToEach(server);
      expect([...pids].sort()).toEqual(childrenOf(server.pid).sort());
      for (const send of [one, other]) {
        const { body, statusCode } = await send({ url: '/metrics', headers: { host: 'localhost' } });
        expect(statusCode).toBe(200);
        for (const number of [0, 1, 2])
          expect(body).toMatch(new RegExp(`^process_resident_memory_bytes\\{process="${number}"\\} \\d+$`, 'm'));
        const counted = body.split('\n').filter((line) => /_duration_seconds_count\{.*"\/api\/v1\/me"/.test(line));
        for (const number of [1, 2]) expect(counted.some((line) => line.includes(`process="${number}"`))).toBe(true);
        expect(body.match(/^# HELP process_resident_memory_bytes /gm)).toHaveLength(1);
      }
    });

    test('SEC-22: a session that ends at one is refused at the other at once', async () => {
      const { one, other } = await connectionToEach(server);
      const browser = await signedIn(await scene.user(), one);
      expect((await browser.at(other).get('/me')).status).toBe(200);
      expect((await browser.copy().at(one).post('/auth/logout')).status).toBe(204);
      expect((await browser.at(other).get('/me')).body.code).toBe('unauthenticated');
    });

    test('SEC-53: without Redis they count together', async () => {
      const { one, other } = await connectionToEach(server);
      const admin = await scene.user({ role: 'admin', access: 'read_write' });
      const { id } = await scene.user({ organization: admin.organization, status: 'invited', password: null });
      const browser = await signedIn(admin, one);
      const statuses: number[] = [];
      for (const send of [one, other, one, other, one, other, one]) {
        statuses.push((await browser.at(send).post(`/users/${id}/invitation`)).status);
      }
      expect(statuses).toEqual([204, 204, 204, 204, 204, 429, 429]);
    });

    test('SEC-52: SIGHUP replaces both under load, and no request fails', async () => {
      const before = childrenOf(server.pid);
      const agents = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true }), false, false] as const;
      const browsers = await Promise.all(
        agents.map(async (agent) => signedIn(await scene.user(), over(server, agent))),
      );
      const load = traffic(browsers);
      server.signal('SIGHUP');
      await vi.waitFor(() => {
        const now = childrenOf(server.pid);
        expect(now).toHaveLength(2);
        expect(now.filter((pid) => before.includes(pid))).toEqual([]);
      }, patience);
      const seen = await load.end();
      expect(seen.length).toBeGreaterThan(20);
      expect(seen.filter((status) => status !== 200)).toEqual([]);
      await connectionToEach(server);
    });

    test('SEC-52: one that is killed is replaced, and fails no request but those it had in hand', async () => {
      const before = childrenOf(server.pid);
      const people = await Promise.all([1, 2, 3, 4].map(() => scene.user()));
      const browsers = await Promise.all(people.map((user) => signedIn(user, over(server, false))));
      const load = traffic(browsers);
      process.kill(before[0] ?? 0, 'SIGKILL');
      await vi.waitFor(() => {
        const now = childrenOf(server.pid);
        expect(now).toHaveLength(2);
        expect(now).not.toContain(before[0]);
      }, patience);
      // It is there before it listens.
      await vi.waitFor(() => connectionToEach(server), patience);
      const seen = await load.end();
      expect(seen.filter((status) => status === 200).length).toBeGreaterThan(20);
      expect(seen.filter((status) => status !== 200).length).toBeLessThanOrEqual(browsers.length);
    });

    test('SEC-52: SIGTERM lets both end what is under way, and leaves none', async () => {
      const { one, other } = await connectionToEach(server);
      const users = [await scene.user(), await scene.user()];
      const [left, right] = [await signedIn(users[0] as TestUser, one), await signedIn(users[1] as TestUser, other)];
      const processes = childrenOf(server.pid);
      const rows = {
        text: 'SELECT 1 FROM users WHERE id = ANY ($1) FOR NO KEY UPDATE',
        values: [users.map(({ id }) => id)],
      };
      let gone: Promise<number | null> | undefined;
      const answers = await whileHeld(
        databaseUrl(scene.resources.database),
        rows,
        2,
        () => [left.patch('/me', { name: 'Left' }), right.patch('/me', { name: 'Right' })],
        async () => {
          gone = server.stop();
          await vi.waitFor(() => expect(fetch(join(server.url, 'healthz'))).rejects.toThrow(), patience);
        },
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await gone).toBe(0);
      expect(processes.filter(isAlive)).toEqual([]);
    });
  });

  test('a restart whose new process does not start leaves those that serve', async () => {
    const file = join(servers.folder, 'database-url');
    writeFileSync(file, databaseUrl(scene.resources.database));
    const server = await servers.start({ DATABASE_URL: '', DATABASE_URL_FILE: file });
    const before = childrenOf(server.pid);
    writeFileSync(file, 'no URL');
    server.signal('SIGHUP');
    await vi.waitFor(() => expect(server.output()).toContain('A new process did not start'), patience);
    expect(childrenOf(server.pid)).toEqual(before);
    await connectionToEach(server);
    expect(await server.stop()).toBe(0);
  });

  test('SEC-52: none outlives a supervisor that was killed', async () => {
    const server = await servers.start();
    const processes = childrenOf(server.pid);
    expect(processes).toHaveLength(2);
    server.signal('SIGKILL');
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
  });

  test('one that cannot start ends the group with its own words, said once, and its code', async () => {
    const inUse = createServer().listen(0, '127.0.0.1');
    await once(inUse, 'listening');
    const { port } = inUse.address() as AddressInfo;
    await expect(servers.start({ PORT: String(port) })).rejects.toThrow(
      new Error(`69 Port ${port} of 127.0.0.1 is in use. Set PORT to another.\n`),
    );
    inUse.close();
  });
});
