import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { startTransaction } from './embedded-adapter.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { MigrationError, type MigrationHistory, readMigrations } from './migrations.ts';
import { PostgresAdapterFactory } from './postgres-adapter.ts';

/** What can be migrated; an open `Database` is one. */
export type MigrationTarget =
  | { readonly kind: 'embedded'; readonly pglite: PGlite }
  | { readonly kind: 'postgres'; readonly connection: pg.ClientConfig };

/** Rows of `_prisma_migrations` that count as applied. */
interface AppliedMigration {
  migration_name: string;
  checksum: string;
}

export interface MigrationStatus {
  /** Names in the folder that the database has not had, in order. */
  pending: string[];
  /** Names whose file was changed after it was applied. */
  edited: string[];
}

/** Key of the advisory lock under which instances migrate, one after another: "sallypor" in ASCII. */
const LOCK = 0x73616c6c79706f72n;

/**
 * Applies the pending migrations in one transaction, all or none. Safe when several instances start at once: they wait
 * for the first. With nothing pending it costs two queries and never loads the schema engine.
 *
 * @param history the product's own migrations unless told
 * @returns the names applied by this call
 * @throws MigrationError when a migration fails, was changed after it was applied, or is not known to this program
 */
export async function migrate(target: MigrationTarget, history?: MigrationHistory): Promise<string[]> {
  const migrations = history ?? (await readMigrations());
  return target.kind === 'embedded'
    ? migrateEmbedded(target.pglite, migrations)
    : migratePostgres(target.connection, migrations);
}

/**
 * For programs that only read.
 *
 * @throws MigrationError when the database is not as this program needs it
 */
export async function assertMigrated({ client }: { client: PrismaClient }): Promise<void> {
  const isMigrated = nothingPending(await readMigrations(), await applied((sql) => client.$queryRaw(Prisma.raw(sql))));
  if (!isMigrated) throw new MigrationError('The database lacks migrations: run `sallyport migrate` first.');
}

/** Whether no migration was ever applied. */
export async function isUntouched({ client }: { client: PrismaClient }): Promise<boolean> {
  return (await applied((sql) => client.$queryRaw(Prisma.raw(sql)))).length === 0;
}

const statuses = new WeakMap<object, MigrationStatus>();

/**
 * Whether migrations are pending. Asks the database each time, so it also tells whether that answers: one query once
 * everything was found applied, two before.
 */
export async function migrationStatus(database: { client: PrismaClient }): Promise<MigrationStatus> {
  const { client } = database;
  const known = statuses.get(database);
  if (known) {
    await client.$queryRaw(Prisma.sql`SELECT 1`);
    return known;
  }
  const status = compare(await readMigrations(), await applied((sql) => client.$queryRaw(Prisma.raw(sql))));
  if (status.pending.length === 0) statuses.set(database, status);
  return status;
}

async function migrateEmbedded(pglite: PGlite, history: MigrationHistory): Promise<string[]> {
  if (nothingPending(history, await applied(async (sql) => (await pglite.query(sql)).rows))) return [];
  const { applyMigrations } = await import('./schema-engine.ts');
  const tx = await startTransaction(pglite);
  try {
    const names = await applyMigrations(tx, history);
    await tx.commit();
    return names;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

async function migratePostgres(connection: pg.ClientConfig, history: MigrationHistory): Promise<string[]> {
  const pool = new pg.Pool({ ...connection, max: 1 });
  try {
    if (nothingPending(history, await applied(async (sql) => (await pool.query(sql)).rows))) return [];
    const { applyMigrations } = await import('./schema-engine.ts');
    const adapter = await new PostgresAdapterFactory(pool).connect();
    const tx = await adapter.startTransaction();
    const run = (sql: string) => tx.executeRaw({ sql, args: [], argTypes: [] });
    try {
      await run(`SELECT pg_advisory_xact_lock(${LOCK})`);
      // Without arguments `pg` speaks the simple protocol, which takes several statements.
      const names = await applyMigrations(
        { ...tx, executeScript: async (script) => void (await run(script)) },
        history,
      );
      await run('COMMIT');
      return names;
    } finally {
      // Ends nothing itself, it gives the connection back; one that is still in its transaction is closed below.
      await tx.rollback();
    }
  } finally {
    await pool.end();
  }
}

async function applied(query: (sql: string) => Promise<unknown>): Promise<AppliedMigration[]> {
  const [table] = (await query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`)) as {
    exists: boolean;
  }[];
  if (!table?.exists) return [];
  return (await query(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )) as AppliedMigration[];
}

function compare({ migrations }: MigrationHistory, rows: readonly AppliedMigration[]): MigrationStatus {
  const checksums = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  return {
    pending: migrations.filter(({ name }) => !checksums.has(name)).map(({ name }) => name),
    edited: migrations
      .filter(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum)
      .map(({ name }) => name),
  };
}

function nothingPending(history: MigrationHistory, rows: readonly AppliedMigration[]): boolean {
  const { pending, edited } = compare(history, rows);
  if (edited.length > 0) {
    throw new MigrationError(
      `Changed after it was applied to this database: migration ${edited.join(', ')}. Add a new one.`,
    );
  }
  const known = new Set(history.migrations.map(({ name }) => name));
  const newer = rows.filter(({ migration_name }) => !known.has(migration_name));
  if (newer.length > 0) {
    const names = newer.map(({ migration_name }) => migration_name).join(', ');
    throw new MigrationError(
      `This program is older than its database, which has had migration ${names}. Start the newer.`,
    );
  }
  return pending.length === 0;
}
