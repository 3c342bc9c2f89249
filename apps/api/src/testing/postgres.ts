import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { readMigrations } from '../platform/database/migrations.ts';
import { migrate } from '../platform/database/migrator.ts';
import { templateVersion } from '../platform/database/template.ts';
import { newRun, postgresUrl } from './postgres-server.ts';

/** A database copied from the template. The global teardown drops it: dropping costs the server a checkpoint. */
export async function postgresTestDatabase(): Promise<Database> {
  const template = await postgresTemplate();
  const name = `${PREFIX}${process.env.SALLYPORT_TEST_RUN ?? newRun()}_${randomBytes(4).toString('hex')}`;
  await administer(async (admin) => {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    // No test takes the server's power away: a commit need not wait for the disk.
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  });
  return openDatabase({ kind: 'postgres', url: postgresUrl(name), poolSize: TEST_POOL_SIZE });
}

/** Where another process finds a test database. */
export function databaseUrl({ kind, ...database }: Database): string {
  if (!('connection' in database) || database.connection.connectionString === undefined)
    throw new Error(`The ${kind} database is of this process alone.`);
  return database.connection.connectionString;
}

/** Connections of each test database at most. */
export const TEST_POOL_SIZE = 5;

const PREFIX = 'sallyport_test_';
const TEMPLATE_PREFIX = 'sallyport_template_';
/** Key of the advisory lock under which one of several runs makes the template. */
const LOCK = 7_301_992;

/** Name of a freshly migrated database, made where it is missing. */
export async function postgresTemplate(): Promise<string> {
  const history = await readMigrations();
  const name = `${TEMPLATE_PREFIX}${templateVersion(history)}`;
  await administer(async (admin) => {
    await admin.query(`SELECT pg_advisory_lock(${LOCK})`);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 1) return;
    const unfinished = `${name}_new`;
    await admin.query(`DROP DATABASE IF EXISTS ${unfinished}`);
    await admin.query(`CREATE DATABASE ${unfinished} TEMPLATE template0 ENCODING 'UTF8'`);
    await migrate({ kind: 'postgres', connection: { connectionString: postgresUrl(unfinished) } }, history);
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
  });
  return name;
}

/** Drops the test databases of `run`, and what runs that were killed have left: those older than an hour. */
export async function dropTestDatabases(run: string): Promise<void> {
  await administer(async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [PREFIX],
    );
    for (const { name } of rows) {
      const began = Number.parseInt(name.slice(PREFIX.length), 36);
      if (!name.startsWith(`${PREFIX}${run}_`) && began > Date.now() - 3_600_000) continue;
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  });
}

async function administer<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: postgresUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
