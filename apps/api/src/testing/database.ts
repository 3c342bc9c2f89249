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
      await empty(database);
      idle[kind].push(database);
    },
  };
}

/** Back to the state after the migrations, whatever a test did to rows and triggers. */
async function empty({ client }: Database): Promise<void> {
  const used = await client.$queryRawUnsafe<{ name: string }[]>(USED);
  await client.$executeRawUnsafe(EMPTY);
  // The next rows lie in the order in which they come, as in a new table.
  if (used.length > 0) await client.$executeRawUnsafe(`VACUUM ${used.map(({ name }) => name).join(', ')}`);
}

/** Tables that have rows, or had some. */
const USED = `
  SELECT quote_ident(relname) AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
      AND pg_relation_size(oid) > 0`;

/** `TRUNCATE` would make a new file of each table and index: half a second for all that there are. */
const EMPTY = `
  DO $$
  DECLARE
    used text;
    numbers text;
    guarded regclass;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR used IN ${USED} LOOP
      EXECUTE 'DELETE FROM ' || used;
    END LOOP;
    FOR numbers IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE last_value IS NOT NULL LOOP
      EXECUTE format('ALTER SEQUENCE %s RESTART', numbers);
    END LOOP;
    FOR guarded IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE tgenabled = 'D' LOOP
      EXECUTE format('ALTER TABLE %s ENABLE TRIGGER ALL', guarded);
    END LOOP;
    INSERT INTO audit_chain (id, sequence, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));
  END
  $$`;
