import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import pg from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { buildApp, buildServices, featuresOf } from './app.ts';
import { loadConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { openPGlite } from './platform/database/pglite.ts';
import { openResources } from './resources.ts';
import { runCommand } from './testing/command.ts';
import { testDatabaseKind } from './testing/database.ts';
import { postgresUrl } from './testing/postgres-server.ts';

// The real hashes, on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/**
 * The database of each released version as its `pg_dump --inserts` left it, in testing/releases: a partner with an
 * admin who has an authenticator, a member with a password alone, one with none, and a customer.
 */
const releases: Record<string, { secret: string; backupCode: string }> = {
  '0.1.0': { secret: 'VIMFF7D22EPVDC3WBUDJYI2UPSVWS63M', backupCode: 'QM7E-749Q-RM4P' },
};
const folderOfReleases = join(import.meta.dirname, 'testing/releases');
const keys = 'fixture:YQsupHOJ86OFRMrQc90UJBrdT281h0+Y/NTI6MbcRIA=';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-upgrades-'));
const databases: string[] = [];
const admin = postgresUrl();

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

afterAll(async () => {
  // It waits for connections that are ending; to cut one off would be an error that nobody here hears.
  for (const name of databases) await query(admin, `DROP DATABASE ${name}`);
  rmSync(folder, { recursive: true, force: true });
});

/** What an operator of that version has, and the environment that leads to it. */
async function databaseOf(version: string): Promise<Record<string, string>> {
  const sql = readFileSync(join(folderOfReleases, `${version}.sql`), 'utf8');
  const dataDir = join(folder, version);
  const env = { SALLYPORT_DATA_DIR: dataDir, SALLYPORT_ENCRYPTION_KEYS: keys, SALLYPORT_DEMO: '0', REDIS_URL: '' };
  if (testDatabaseKind() === 'embedded') {
    mkdirSync(dataDir);
    const pglite = await openPGlite(join(dataDir, 'database'));
    await pglite.exec(sql);
    await pglite.close();
    return { ...env, DATABASE_URL: '' };
  }
  const name = `sallyport_test_${Date.now().toString(36)}_${randomBytes(4).toString('hex')}`;
  await query(admin, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  databases.push(name);
  await query(postgresUrl(name), sql);
  return { ...env, DATABASE_URL: postgresUrl(name) };
}

test('every release has its database here', () => {
  expect(readdirSync(folderOfReleases)).toEqual(Object.keys(releases).map((version) => `${version}.sql`));
});

describe.each(Object.entries(releases))('the database of %s', (version, { secret, backupCode }) => {
  test('is migrated, and its people sign in as before', async () => {
    const env = await databaseOf(version);
    const config = loadConfig(env);
    const logger = createLogger('silent');
    const resources = await openResources(config, logger);
    const services = buildServices(config, resources);
    const app = await buildApp(config, resources, services, featuresOf(services), { logger, webRoot: null });
    const signIn = async (email: string, password: string, proof?: { method: string; code: string }) => {
      const payload = { email, password };
      const first = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
      if (!proof) return first.json().status;
      expect(first.json()).toMatchObject({ status: 'mfa_required' });
      const cookies = Object.fromEntries(first.cookies.map(({ name, value }) => [name, value]));
      const second = await app.inject({ method: 'POST', url: '/api/v1/auth/login/mfa', payload: proof, cookies });
      return second.json().status;
    };
    try {
      const code = generateSync({ secret });
      const password = 'brass lantern otter 9';
      expect(await signIn('ola@harbour.example', password, { method: 'totp', code })).toBe('authenticated');
      const backup = { method: 'backup_code', code: backupCode };
      expect(await signIn('ola@harbour.example', password, backup)).toBe('authenticated');
      expect(await signIn('max@harbour.example', 'copper lantern otter 8')).toBe('authenticated');
    } finally {
      await app.close();
      await resources.close();
    }

    expect(await runCommand(['audit', 'verify'], env)).toMatchObject({ code: 0 });
    expect(await runCommand(['migrate', '--json'], env)).toMatchObject({
      code: 0,
      out: '{"applied":[],"pending":[]}\n',
    });
    vi.unstubAllEnvs();
  });
});
