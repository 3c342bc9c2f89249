import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { TestApp } from '../testing/app.ts';
import type { Finding } from './doctor/finding.ts';
import { run } from './run.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const keys = `key:${randomBytes(32).toString('base64')}`;
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function doctor(env: Record<string, string>): Promise<{ code: number; findings: Finding[] }> {
  const defaults = { REDIS_URL: '', SMTP_URL: '', DATABASE_URL: '', SALLYPORT_ENCRYPTION_KEYS: keys, TRUST_PROXY: '' };
  for (const [name, value] of Object.entries({ ...defaults, ...env })) vi.stubEnv(name, value);
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const code = await run(['doctor', '--json']);
  return { code, ...JSON.parse(out) };
}

const outcomes = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ of, outcome }) => [of, outcome]));

test('a bad environment is told with every fault, and what is good is not looked at', async () => {
  const { code, findings } = await doctor({ PORT: 'x', SMTP_URL: 'hunter2' });
  expect(code).toBe(78);
  expect(findings.filter(({ outcome }) => outcome === 'fault').map(({ words }) => words.split(' ')[0])).toEqual([
    'PORT',
    'SMTP_URL',
  ]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

test('neighbours that do not answer, and a database that is not there, are told without their secrets', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const { code, findings } = await doctor({
    DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/none`,
    REDIS_URL: `redis://:hunter2@127.0.0.1:${port}`,
    SMTP_URL: `smtp://u:hunter2@127.0.0.1:${port}`,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  expect(code).toBe(78);
  expect(outcomes(findings)).toMatchObject({
    database: 'fault',
    redis: 'fault',
    mail: 'fault',
    'public url': 'warning',
  });
  expect(findings.find(({ of }) => of === 'redis')?.words).toContain('ECONNREFUSED');
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

describe('with a server that runs', () => {
  let service: TestApp;
  const serve = async (env: Record<string, string>) => {
    service = await TestApp.start({ SALLYPORT_ENCRYPTION_KEYS: keys, ...env });
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = service.app.server.address() as AddressInfo;
    const { database } = service.resources;
    return {
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SALLYPORT_DATA_DIR: service.config.dataDir,
      ...(database.kind === 'embedded' ? {} : { DATABASE_URL: String(database.connection.connectionString) }),
    };
  };
  afterEach(() => service.stop());

  test('what can be used is so', async () => {
    const env = await serve({});
    const { findings } = await doctor(env);
    expect(outcomes(findings)).toMatchObject({ node: 'ok', disk: 'ok', 'public url': 'ok', metrics: 'skipped' });
    if (service.resources.database.kind === 'embedded') return;
    expect(outcomes(findings)).toMatchObject({ tables: 'ok', keys: 'ok', clock: 'ok', proxy: 'ok' });
  });

  test('SEC-57: a header that anybody can make up, and that the service believes, is a fault', async () => {
    const env = await serve({ TRUST_PROXY: '1' });
    if (service.resources.database.kind === 'embedded') return;
    const { code, findings } = await doctor(env);
    expect([code, outcomes(findings).proxy]).toEqual([78, 'fault']);
  });

  test('SEC-55: keys that the database was not written with are told, and nothing is written', async () => {
    const env = await serve({});
    if (service.resources.database.kind === 'embedded') return;
    const before = await service.db.encryptionKeyCheck.findMany();
    const other = `other:${randomBytes(32).toString('base64')}`;
    const { code, findings } = await doctor({ ...env, SALLYPORT_ENCRYPTION_KEYS: other });
    expect([code, outcomes(findings).keys]).toEqual([78, 'fault']);
    expect(await service.db.encryptionKeyCheck.findMany()).toEqual(before);
  });

  test('tables that lack a migration are told', async () => {
    const env = await serve({});
    if (service.resources.database.kind === 'embedded') return;
    const last = `migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`;
    await service.db.$executeRawUnsafe(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE ${last}`);
    try {
      const { code, findings } = await doctor(env);
      expect([code, outcomes(findings).tables]).toEqual([78, 'fault']);
    } finally {
      await service.db.$executeRawUnsafe(`UPDATE _prisma_migrations SET rolled_back_at = NULL WHERE ${last}`);
    }
  });
});
