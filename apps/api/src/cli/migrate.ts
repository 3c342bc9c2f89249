import { type Config, loadConfig } from '../config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { grantUse, roleOf } from '../platform/database/grants.ts';
import { migrate as applyMigrations, migrationStatus } from '../platform/database/migrator.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { counted, print } from './output.ts';

/**
 * Applies what is pending. Instances that do so at once wait for each other. With MIGRATION_DATABASE_URL its role does,
 * and that of DATABASE_URL may then use the tables.
 *
 * @throws CommandError EX_CONFIG where both URLs have one role, which then would be no lesser one
 */
export async function migrate(options: { json?: boolean }): Promise<void> {
  const config = loadConfig();
  const database = await open(config);
  try {
    const applied = await applyMigrations(database);
    const { pending } = await migrationStatus(database);
    const grantee = await grant(config, database);
    print(options.json, { applied, pending, ...(grantee === null ? {} : { grantee }) }, [
      ...applied.map((name) => `Applied ${name}`),
      applied.length === 0 ? 'The database is up to date.' : `Applied ${counted(applied.length, 'migration')}.`,
      ...(grantee === null ? [] : [`The role ${grantee} may use the tables.`]),
    ]);
  } finally {
    await database.close();
  }
}

async function open({ databaseUrl, dataDir, migrationDatabaseUrl }: Config): Promise<Database> {
  const url = migrationDatabaseUrl ?? databaseUrl;
  return openDatabase(url === null ? { kind: 'embedded', dataDir } : { kind: 'postgres', url });
}

/** @returns the role that may use the tables from now on; null where one role does all */
async function grant({ databaseUrl, migrationDatabaseUrl }: Config, owner: Database): Promise<string | null> {
  if (databaseUrl === null || migrationDatabaseUrl === null || owner.kind === 'embedded') return null;
  const server = await openDatabase({ kind: 'postgres', url: databaseUrl });
  try {
    if (server.kind === 'embedded') return null;
    const role = await roleOf(server.connection);
    if (role === (await roleOf(owner.connection))) {
      throw new CommandError(EX.CONFIG, `MIGRATION_DATABASE_URL and DATABASE_URL have one role, ${role}: take two.`);
    }
    await grantUse(owner.connection, role);
    return role;
  } finally {
    await server.close();
  }
}
