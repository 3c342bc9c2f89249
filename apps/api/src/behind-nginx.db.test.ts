import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { TestApp, type TestUser } from './testing/app.ts';
import { Browser, type Send } from './testing/browser.ts';
import { testDatabaseKind } from './testing/database.ts';
import { databaseUrl } from './testing/postgres.ts';
import { sendBy } from './testing/send.ts';
import { type Server, Servers } from './testing/servers.ts';

// Each start is a process that loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

const hasNginx = spawnSync('nginx', ['-v']).status === 0;
const NAME = 'login.example.com';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe.runIf(testDatabaseKind() === 'postgres')('a server that is about to stop', () => {
  test('SEC-52: says so to load balancers, and serves on until they have seen it', async () => {
    const keys = `k1:${randomBytes(32).toString('base64')}`;
    const scene = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: keys });
    const servers = new Servers({
      DATABASE_URL: databaseUrl(scene.resources.database),
      SALLYPORT_ENCRYPTION_KEYS: keys,
      DRAIN_DELAY_SECONDS: '10',
    });
    try {
      const server = await servers.start();
      const ready = async () => (await fetch(new URL('/readyz', server.url))).status;
      await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 30_000 });
      const gone = server.stop();
      await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 9000 });
      expect((await fetch(new URL('/api/v1/me', server.url))).status).toBe(401);
      expect(await gone).toBe(0);
    } finally {
      await servers.dispose();
      await scene.stop();
    }
  });
});

describe.runIf(testDatabaseKind() === 'postgres' && hasNginx)(
  'two servers behind nginx (run where nginx is installed)',
  () => {
    let scene: TestApp;
    let servers: Servers;
    let upstream: Server[];
    let ports: { http: number; https: number };
    let certificate: Buffer;
    let nginx: ReturnType<typeof spawn>;
    const file = (name: string): string => join(servers.folder, name);

    beforeAll(async () => {
      const keys = `k1:${randomBytes(32).toString('base64')}`;
      scene = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: keys });
      scene.clock.set(new Date());
      servers = new Servers({
        DATABASE_URL: databaseUrl(scene.resources.database),
        SALLYPORT_ENCRYPTION_KEYS: keys,
        PUBLIC_URL: `https://${NAME}`,
        TRUST_PROXY: '1',
      });
      upstream = await Promise.all([servers.start(), servers.start()]);
      ports = { http: await freePort(), https: await freePort() };
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file('key.pem')];
      const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
      execFileSync('openssl', ['req', '-x509', ...key, ...subject, '-out', file('cert.pem')], { stdio: 'ignore' });
      certificate = readFileSync(file('cert.pem'));
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      writeFileSync(
        file('nginx.conf'),
        `${process.getuid?.() === 0 ? 'user root;' : ''}
      pid ${file('nginx.pid')}; error_log ${file('error.log')}; worker_processes 2;
      events {}
      http {
        access_log off;
        ${temporary.map((name) => `${name}_temp_path ${file(name)};`).join(' ')}
        include ${file('sallyport.conf')};
      }`,
      );
      configure([]);
      nginx = spawn('nginx', ['-c', file('nginx.conf'), '-e', file('error.log'), '-g', 'daemon off;'], {
        stdio: 'ignore',
      });
      await vi.waitFor(async () => expect((await send({ method: 'GET', url: '/healthz' })).statusCode).toBe(200), {
        timeout: 30_000,
      });
    });
    afterAll(async () => {
      const gone = once(nginx, 'exit');
      nginx.kill('SIGQUIT');
      await gone;
      await servers.dispose();
      await scene.stop();
    });

    /** The documented configuration, on the ports and certificates of this test. @param down servers that get nothing */
    function configure(down: readonly Server[]): void {
      const documented = readFileSync(join(import.meta.dirname, '../../../docs/deploy/nginx.conf'), 'utf8');
      const lines = upstream.map(
        (server) => `server ${new URL(server.url).host}${down.includes(server) ? ' down' : ''};`,
      );
      const ours = documented
        .replace(/server 127\.0\.0\.1:3001;\s*server 127\.0\.0\.1:3002;/, lines.join(' '))
        .replace('listen 80;', `listen 127.0.0.1:${ports.http};`)
        .replace('listen 443 ssl', `listen 127.0.0.1:${ports.https} ssl`)
        .replace('/etc/ssl/login.example.com.pem', file('cert.pem'))
        .replace('/etc/ssl/private/login.example.com.key', file('key.pem'));
      writeFileSync(file('sallyport.conf'), ours);
    }

    const workers = (): string[] =>
      readFileSync(`/proc/${nginx.pid}/task/${nginx.pid}/children`, 'utf8').trim().split(' ');

    /** As the documentation says: reload, and wait until the workers from before have ended. */
    async function reload(): Promise<void> {
      const before = workers();
      nginx.kill('SIGHUP');
      await vi.waitFor(() => expect(workers().filter((pid) => before.includes(pid))).toEqual([]), { timeout: 60_000 });
    }

    /** A connection of its own for each request, over TLS. */
    const send: Send = (message) =>
      sendBy({
        request,
        options: {
          ...{ host: '127.0.0.1', port: ports.https, servername: NAME, ca: certificate, agent: false },
        },
        headers: { host: NAME },
      })(message);

    async function signedIn(user: TestUser, headers?: Record<string, string>): Promise<Browser> {
      const browser = new Browser(send, headers === undefined ? {} : { headers });
      const { status, body } = await browser.post('/auth/login', { email: user.email, password: user.password });
      expect([status, body.status]).toEqual([200, 'authenticated']);
      return browser;
    }

    test('http leads to https, and metrics are closed', async () => {
      const [answer] = await once(
        get({ host: '127.0.0.1', port: ports.http, path: '/sign-in', headers: { host: NAME } }),
        'response',
      );
      answer.resume();
      expect([answer.statusCode, answer.headers.location]).toEqual([301, `https://${NAME}/sign-in`]);
      expect((await send({ url: '/metrics' })).statusCode).toBe(404);
    });

    test('SEC-57: the address is the one that nginx saw, whatever the client says', async () => {
      const browser = await signedIn(await scene.user(), { 'x-forwarded-for': '203.0.113.77' });
      const [session] = (await browser.get('/me/sessions')).body.items;
      expect(session.address).toBe('127.0.0.1');
    });

    test('many long cookies of the domain come through', async () => {
      const browser = await signedIn(await scene.user());
      for (const name of ['one', 'other', 'third']) browser.jar.set(name, 'x'.repeat(3500));
      expect((await browser.get('/me')).status).toBe(200);
    });

    test('SEC-52: one is drained and replaced under load, and no request fails', async () => {
      const people = await Promise.all([1, 2, 3].map(() => scene.user()));
      const browsers = await Promise.all(people.map((user) => signedIn(user)));
      let replaced = false;
      const load = browsers.map(async (browser) => {
        const seen: number[] = [];
        // Bounded, should the replacement never end.
        for (let count = 0; count < 5000 && !replaced; count += 1) {
          seen.push((await browser.get('/me')).status, (await browser.patch('/me', { name: `Name ${count}` })).status);
        }
        return seen;
      });

      const [old, stays] = upstream;
      if (!old || !stays) throw new Error('two servers were started');
      configure([old]);
      await reload();
      expect(await old.stop()).toBe(0);
      upstream = [await servers.start(), stays];
      configure([]);
      await reload();
      configure([stays]);
      await reload();
      expect((await browsers[0]?.get('/me'))?.status).toBe(200);
      replaced = true;
      const seen = (await Promise.all(load)).flat();
      expect(seen.length).toBeGreaterThan(20);
      expect(seen.filter((status) => status !== 200)).toEqual([]);
    });
  },
);
