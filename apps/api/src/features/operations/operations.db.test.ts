import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { buildApp, buildManagementApp } from '../../app.ts';
import { createLogger } from '../../logger.ts';
import { TestApp } from '../../testing/app.ts';

let service: TestApp;
beforeEach(async () => {
  service = await TestApp.start();
});
afterEach(() => service.stop());

const ready = async (): Promise<number> => (await service.app.inject('/readyz')).statusCode;

/** Has the database refuse every write, or take them again, as one does that failed over or was locked by its admin. */
async function refuseWrites(refuse: boolean): Promise<void> {
  const { database } = service.resources;
  if (database.kind === 'embedded') {
    await database.pglite.exec(`SET default_transaction_read_only = ${refuse ? 'on' : 'off'}`);
    return;
  }
  const admin = new pg.Client(database.connection);
  await admin.connect();
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  await admin.query('SET default_transaction_read_only = off');
  await admin.query(`ALTER DATABASE ${rows[0]?.name} SET default_transaction_read_only = ${refuse ? 'on' : 'off'}`);
  // Sessions keep what they began with.
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  await admin.end();
  // They end a moment later; until the pool has seen it, who gets one of them is answered with an error.
  await expect.poll(() => database.poolState().total).toBe(0);
}

test('SEC-53: readyz says 503 while the database refuses writes, and so does whatever writes', async () => {
  const user = await service.user();
  expect(await ready()).toBe(200);
  await refuseWrites(true);
  try {
    service.clock.advance({ seconds: 10 });
    expect(await ready()).toBe(503);
    const { status } = await service.browser().post('/auth/login', { email: user.email, password: user.password });
    expect(status).toBe(503);
  } finally {
    await refuseWrites(false);
  }
  expect(await ready()).toBe(200);
});

test('SEC-53: readyz answers within a second, however long the database takes, and asks it once for all who ask', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let asked = 0;
  const silent = new Promise<void>(() => undefined);
  const assertReady = () => {
    asked += 1;
    return silent;
  };
  const app = await buildManagementApp({ ...service.resources, assertReady }, createLogger('silent'));
  await app.ready();
  const answers = [app.inject('/readyz'), app.inject('/readyz')];
  while (vi.getTimerCount() < 2) await setImmediate();
  vi.advanceTimersByTime(1000);
  expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([503, 503]);
  expect(asked).toBe(1);
  expect((await app.inject('/healthz')).statusCode).toBe(200);
  await app.close();
});

test('a management listener has health and metrics, for whoever reaches it, and nothing else', async () => {
  const { resources } = service;
  const management = await buildManagementApp(resources, createLogger('silent'));
  const options = { logger: createLogger('silent'), webRoot: null };
  const config = { ...service.config, management: { host: '127.0.0.1', port: 9464 } };
  const main = await buildApp(config, resources, service.services, [], options);
  const through = { headers: { 'x-forwarded-for': '192.0.2.1', host: 'sallyport.example' } };
  const statuses = async (app: typeof main) => {
    const paths = ['/healthz', '/readyz', '/metrics', '/api/v1/openapi.json'];
    return Promise.all(paths.map(async (url) => (await app.inject({ url, ...through })).statusCode));
  };
  expect(await statuses(management)).toEqual([200, 200, 200, 404]);
  expect(await statuses(main)).toEqual([200, 200, 404, 200]);
  // Which program this is, is for those who watch.
  const about = {
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    build: 'source',
    schema: expect.stringMatching(/^\d{14}_/),
  };
  expect((await management.inject({ url: '/healthz', ...through })).json()).toEqual({ status: 'up', ...about });
  expect((await main.inject({ url: '/healthz', ...through })).json()).toEqual({ status: 'up' });
  expect((await main.inject('/healthz')).json()).toEqual({ status: 'up', ...about });
  const metrics = (await management.inject('/metrics')).body;
  expect(metrics).toMatch(/^sallyport_build_info\{version="[\d.]+",build="source",schema="\d{14}_\w+"\} 1$/m);
  expect(metrics).toMatch(/^sallyport_audit_seal_lag_seconds \d/m);
  expect(/^sallyport_redis_up [01]$/m.test(metrics)).toBe(service.config.redisUrl !== null);
  expect(/^sallyport_database_waiting 0$/m.test(metrics)).toBe(resources.database.kind === 'postgres');
  // There is one place for metrics, so that a rule for the proxy can be forgotten.
  expect((await main.inject('/metrics')).statusCode).toBe(404);
  await Promise.all([management.close(), main.close()]);
});

test('asking whether the service is ready writes once in a while', async () => {
  expect(await ready()).toBe(200);
  await refuseWrites(true);
  try {
    expect(await ready()).toBe(200);
    service.clock.advance({ seconds: 5 });
    expect(await ready()).toBe(503);
  } finally {
    await refuseWrites(false);
  }
});

test('what watches all the time is not logged, and what people ask is', async () => {
  const lines: string[] = [];
  const logged = createLogger('info', { write: (line) => void lines.push(line) });
  const { config, resources, services } = service;
  const app = await buildApp(config, resources, services, [], { logger: logged, webRoot: null });
  for (const url of ['/healthz', '/readyz?by=balancer', '/metrics']) await app.inject(url);
  expect(lines).toEqual([]);
  await app.inject('/.well-known/jwks.json');
  expect(lines.length).toBeGreaterThan(0);
  await app.close();
});
