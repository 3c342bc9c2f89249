import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedAdapterFactory } from './embedded-adapter.ts';
import { type MigrationHistory, prismaFolder, readMigrations } from './migrations.ts';
import { openPGlite } from './pglite.ts';
import { diffToSchema } from './schema-engine.ts';

/**
 * The SQL that leads from the migrations to prisma/schema.prisma, found on a database in memory; null where they agree.
 * What stands in the migrations and is beyond Prisma's schema (checks, functions, triggers) is no difference.
 */
export async function pendingDifference(history: MigrationHistory): Promise<string | null> {
  const schema = await readFile(join(prismaFolder(), 'schema.prisma'), 'utf8');
  // One is enough: what the engine asks of the database itself does not mind the migrations in it.
  const database = await openPGlite();
  try {
    return await diffToSchema(new EmbeddedAdapterFactory(database, async () => database), history, schema);
  } finally {
    if (!database.closed) await database.close();
  }
}

/**
 * Writes the folder of the next migration.
 *
 * @param name what it does, in snake_case
 * @returns path of its migration.sql; null when migrations and schema agree, and nothing was written
 */
export async function createMigration(name: string): Promise<string | null> {
  const history = await readMigrations();
  const sql = await pendingDifference(history);
  if (sql === null) return null;
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(history.folder, `${time}_${name}`);
  await mkdir(folder);
  const file = join(folder, 'migration.sql');
  await writeFile(file, sql);
  return file;
}
