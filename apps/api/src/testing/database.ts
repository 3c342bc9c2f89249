import type { Database } from '../platform/database/database.ts';
import { embeddedTestDatabase } from './embedded.ts';
import { postgresTestDatabase } from './postgres.ts';

export type TestDatabaseKind = Database['kind'];

/** The database this run is about: vitest's projects `api-embedded` and `api-postgres` say so in the environment. */
export function testDatabaseKind(): TestDatabaseKind {
  return process.env.SALLYPORT_TEST_DATABASE === 'postgres' ? 'postgres' : 'embedded';
}

/** Closed databases of this process, emptied, for the next test that wants one. */
const idle: Record<TestDatabaseKind, Database[]> = { embedded: [], postgres: [] };

/**
 * A database of its own, migrated and empty; nothing another test does is seen in it. Close it after use:
 *
 * ```ts
 * const database = await testDatabase();
 * afterAll(() => database.close());
 * ```
 *
 * The first of a process takes about a second; once it is closed, the next one takes it over in some 50 ms.
 */
export async function testDatabase(kind: TestDatabaseKind = testDatabaseKind()): Promise<Database> {
  const database = idle[kind].pop() ?? (await (kind === 'embedded' ? embeddedTestDatabase() : postgresTestDatabase()));
  return {
    ...database,
    close: async () => {
      await database.client.$executeRawUnsafe(EMPTY);
      idle[kind].push(database);
    },
  };
}

/** Back to the state after the migrations, whatever a test did to rows and triggers. */
const EMPTY = `
  DO $$
  DECLARE
    tables text;
    guarded regclass;
  BEGIN
    SELECT string_agg(format('%I', tablename), ', ') INTO tables
      FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations';
    SET LOCAL session_replication_role = replica;
    EXECUTE 'TRUNCATE ' || tables || ' RESTART IDENTITY';
    FOR guarded IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgenabled = 'D' LOOP
      EXECUTE format('ALTER TABLE %s ENABLE TRIGGER ALL', guarded);
    END LOOP;
    INSERT INTO audit_chain (id, sequence, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));
  END
  $$`;
