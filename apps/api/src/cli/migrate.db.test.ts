import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabaseKind } from '../testing/database.ts';
import { postgresUrl } from '../testing/postgres-server.ts';
import { program } from '../testing/program.ts';

// Each step is a process that loads the whole program, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const isEmbedded = testDatabaseKind() === 'embedded';
const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-migrate-'));
const name = `sallyport_test_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;

async function administer(sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: postgresUrl() });
  await admin.connect();
  await admin.query(sql).finally(() => admin.end());
}

beforeAll(async () => {
  if (!isEmbedded) await administer(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  if (!isEmbedded) await administer(`DROP DATABASE ${name} WITH (FORCE)`);
});

interface Result {
  code: number | null;
  out: string;
  err: string;
}

const migrate = () =>
  new Promise<Result>((resolve) => {
    const env = {
      PATH: process.env.PATH,
      SALLYPORT_DATA_DIR: dataDir,
      SALLYPORT_ENCRYPTION_KEYS: `key:${randomBytes(32).toString('base64')}`,
      ...(isEmbedded ? {} : { DATABASE_URL: postgresUrl(name) }),
    };
    const child = execFile(process.execPath, [...program('cli'), 'migrate', '--json'], { env }, (_, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });

test('migrate is safe when several start at once on an empty database', async () => {
  const results = await Promise.all([migrate(), migrate(), migrate()]);
  const done = results.filter(({ code }) => code === 0).map(({ out }) => JSON.parse(out));
  if (isEmbedded) {
    // The folder has one owner at a time; the others say so in one line.
    expect(done.length).toBeGreaterThan(0);
    for (const { code, err } of results)
      if (code !== 0) expect([code, err]).toEqual([75, expect.stringMatching(/^.+\n$/)]);
  } else {
    expect(results.map(({ code, err }) => [code, err])).toEqual(results.map(() => [0, '']));
    expect(done.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  }
  expect(done.map(({ pending }) => pending)).toEqual(done.map(() => []));
  expect(await migrate()).toEqual({ code: 0, out: '{"applied":[],"pending":[]}\n', err: '' });
});
