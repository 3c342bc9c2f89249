import { loadConfig } from '../config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { migrate as applyMigrations, migrationStatus } from '../platform/database/migrator.ts';
import { counted, print } from './output.ts';

/** Applies what is pending. Instances that do so at once wait for each other. */
export async function migrate(options: { json?: boolean }): Promise<void> {
  const { databaseUrl, dataDir } = loadConfig();
  const database = await openDatabase(
    databaseUrl === null ? { kind: 'embedded', dataDir } : { kind: 'postgres', url: databaseUrl },
  );
  try {
    const applied = await applyMigrations(database);
    const { pending } = await migrationStatus(database);
    print(options.json, { applied, pending }, [
      ...applied.map((name) => `Applied ${name}`),
      applied.length === 0 ? 'The database is up to date.' : `Applied ${counted(applied.length, 'migration')}.`,
    ]);
  } finally {
    await database.close();
  }
}
