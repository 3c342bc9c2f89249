import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildApp, buildServices, choresOf, featuresOf } from '../app.ts';
import { loadConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { openResources } from '../resources.ts';
import { testDatabaseKind } from '../testing/database.ts';
import { postgresUrl } from '../testing/postgres-server.ts';
import { run } from './run.ts';

/** One role owns the tables and migrates, a lesser one serves (docs/operators/install.md). */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.runIf(testDatabaseKind() === 'postgres')('SEC-41: the role that serves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-roles-'));
  const id = `${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  const database = `sallyport_test_${id}`;
  const [owner, server] = [`sallyport_test_owner_${id}`, `sallyport_test_server_${id}`];
  const admin = postgresUrl();
  const as = (role: string): string => {
    const url = new URL(admin);
    url.pathname = `/${database}`;
    url.username = '';
    url.searchParams.set('user', role);
    return url.href;
  };
  const env = {
    DATABASE_URL: as(server),
    MIGRATION_DATABASE_URL: '',
    MIGRATE_AT_START: '0',
    REDIS_URL: '',
    SALLYPORT_DATA_DIR: folder,
    SALLYPORT_ENCRYPTION_KEYS: `key:${randomBytes(32).toString('base64')}`,
    SALLYPORT_DEMO: '0',
    LOG_LEVEL: 'silent',
  };

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client
      .query(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }

  async function sallyport(args: readonly string[], more: Record<string, string> = {}): Promise<[number, string]> {
    for (const [name, value] of Object.entries({ ...env, ...more })) vi.stubEnv(name, value);
    let err = '';
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += text;
      return true;
    });
    return [await run(args), err];
  }

  beforeAll(async () => {
    await query(admin, `CREATE ROLE ${owner} LOGIN`);
    await query(admin, `CREATE ROLE ${server} LOGIN`);
    await query(admin, `CREATE DATABASE ${database} OWNER ${owner} TEMPLATE template0 ENCODING 'UTF8'`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    // It waits for connections that are ending; to cut one off would be an error that nobody here hears.
    await query(admin, `DROP DATABASE ${database}`);
    for (const role of [owner, server]) await query(admin, `DROP ROLE ${role}`);
    rmSync(folder, { recursive: true, force: true });
  });

  test('migrates nothing, not even an empty database', async () => {
    expect(await sallyport(['organizations', 'create', 'harbour', 'Harbour'])).toEqual([
      78,
      'The database lacks migrations: run `sallyport migrate` first.\n',
    ]);
    expect(await query(as(owner), 'SELECT 1 FROM pg_tables WHERE schemaname = current_schema()')).toEqual([]);
  });

  test('gets its rights from the owner who migrates, which may be repeated', async () => {
    expect(await sallyport(['migrate'], { MIGRATION_DATABASE_URL: as(server) })).toMatchObject([78, expect.anything()]);
    for (let count = 0; count < 2; count += 1) {
      expect(await sallyport(['migrate'], { MIGRATION_DATABASE_URL: as(owner) })).toEqual([0, '']);
    }
  });

  test('does all the work of the service', async () => {
    const user = {
      email: 'ola@harbour.example',
      name: 'Ola',
      role: 'admin',
      access: 'read_write',
      password: 'brass lantern otter 9',
    };
    const file = join(folder, 'seed.json');
    writeFileSync(
      file,
      JSON.stringify({ partners: [{ slug: 'harbour', name: 'Harbour', domains: ['harbour.example'], users: [user] }] }),
    );
    expect(await sallyport(['seed', file])).toEqual([0, '']);
    const next = `next:${randomBytes(32).toString('base64')},${env.SALLYPORT_ENCRYPTION_KEYS}`;
    expect(await sallyport(['keys', 'rotate'], { SALLYPORT_ENCRYPTION_KEYS: next })).toEqual([0, '']);
    expect(await sallyport(['audit', 'verify'])).toEqual([
      78,
      'The encryption key "next" is not among SALLYPORT_ENCRYPTION_KEYS.\n',
    ]);
    expect(await sallyport(['audit', 'verify'], { SALLYPORT_ENCRYPTION_KEYS: next })).toEqual([0, '']);

    const config = loadConfig({ ...env, SALLYPORT_ENCRYPTION_KEYS: next });
    const logger = createLogger('silent');
    const resources = await openResources(config, logger);
    const services = buildServices(config, resources);
    const features = featuresOf(services);
    const app = await buildApp(config, resources, services, features, { logger, webRoot: null, readyMs: 60_000 });
    try {
      expect((await app.inject('/readyz')).statusCode).toBe(200);
      const { email, password } = user;
      const login = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password } });
      expect(login.statusCode).toBe(200);
      const cookies = Object.fromEntries(login.cookies.map(({ name, value }) => [name, value]));
      const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) => {
        const answer = await app.inject({ method, url: `/api/v1${path}`, cookies, ...(payload ? { payload } : {}) });
        return answer.statusCode;
      };
      expect(await call('POST', '/me/mfa/totp')).toBe(201);
      expect(await call('POST', '/organizations', { slug: 'pier', name: 'Pier' })).toBe(201);
      expect(await call('GET', '/audit-events')).toBe(200);
      expect(await call('DELETE', '/me/sessions')).toBe(204);
      expect(await call('POST', '/auth/refresh')).toBe(204);
      for (const chore of choresOf(features, resources)) await chore.run();
    } finally {
      await app.close();
      await resources.close();
    }
  });

  test.each([
    ['switch triggers off', 'ALTER TABLE audit_events DISABLE TRIGGER ALL'],
    ['have triggers not fire', 'SET session_replication_role = replica'],
    ['remove a trigger', 'DROP TRIGGER audit_events_refuse ON audit_events'],
    ['delete an event', 'DELETE FROM audit_events WHERE sequence = 1'],
    ['change an event', `UPDATE audit_events SET actor_name = 'nobody'`],
    ['empty the log', 'TRUNCATE audit_events'],
    ['remove the end of the log', 'DELETE FROM audit_chain'],
    ['change a leaf', `UPDATE audit_leaves SET hash = sha256('else')`],
    ['delete a leaf', 'DELETE FROM audit_leaves'],
    ['remove the head', 'DELETE FROM audit_head'],
    ['write the chain anew', 'UPDATE audit_chain SET sequence = 0'],
    ['pretend a migration', 'DELETE FROM _prisma_migrations'],
    ['make a table', 'CREATE TABLE mine ()'],
    ['become the owner', `SET ROLE ${owner}`],
  ])('cannot %s', async (_, sql) => {
    // The database refuses it by right, before any trigger is asked.
    await expect(query(as(server), sql)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringMatching(/^(?:permission denied|must be owner of)/),
    });
    expect((await query(as(owner), 'SELECT 1 FROM audit_events')).length).toBeGreaterThan(0);
  });
});
