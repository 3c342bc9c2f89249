import { createHash } from 'node:crypto';
import { afterAll, afterEach, expect, test } from 'vitest';
import { failureOf } from '../../cli/failure.ts';
import { testDatabase } from '../../testing/database.ts';
import { type MigrationHistory, readMigrations } from './migrations.ts';
import { migrate, migrationStatus } from './migrator.ts';

const database = await testDatabase();
const { client } = database;
const history = await readMigrations();

/** The product's migrations and one more. */
function extended(sql: string): MigrationHistory {
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { ...history, migrations: [...history.migrations, { name: '99991231235959_test', sql, checksum }] };
}

const columns = async (): Promise<number> =>
  Number(await client.$executeRaw`SELECT 1 FROM information_schema.columns WHERE table_name = 'made_by_test'`);

// The next test file may be given this very database.
const undo = async (): Promise<void> => {
  await client.$executeRaw`DROP TABLE IF EXISTS made_by_test`;
  await client.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name = '99991231235959_test'`;
};
afterEach(undo);
afterAll(() => database.close());

test('nothing is pending after the migrations', async () => {
  expect(await migrationStatus(database)).toEqual({ pending: [], edited: [] });
  expect(await migrationStatus(database)).toEqual({ pending: [], edited: [] });
  expect(await migrate(database)).toEqual([]);
});

test('several instances that start at once apply a migration once', async () => {
  const next = extended('CREATE TABLE made_by_test (a int); ALTER TABLE made_by_test ADD COLUMN b int;');
  const applied = await Promise.all([migrate(database, next), migrate(database, next), migrate(database, next)]);
  expect(applied.flat()).toEqual(['99991231235959_test']);
  expect(await columns()).toBe(2);
});

test('a migration that fails leaves nothing, and its mended form is applied by the next start', async () => {
  const broken = extended('CREATE TABLE made_by_test (a int); SELECT no_such_function();');
  await expect(migrate(database, broken)).rejects.toThrow(
    /^Migration 99991231235959_test failed and was rolled back: .*no_such_function/,
  );
  expect(await columns()).toBe(0);
  expect(failureOf(await migrate(database, broken).catch((error: unknown) => error))).toEqual({
    exitCode: 70,
    lines: [expect.stringMatching(/^Migration 99991231235959_test failed .*no_such_function.* \(42883\)\.$/)],
  });
  // With semicolons inside of a statement.
  const mended = extended(`CREATE TABLE made_by_test (a int);
    CREATE FUNCTION pg_temp.one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;`);
  expect(await migrate(database, mended)).toEqual(['99991231235959_test']);
  expect(await columns()).toBe(1);
});

test('an older program refuses a newer database', async () => {
  await migrate(database, extended('CREATE TABLE made_by_test (a int);'));
  await expect(migrate(database)).rejects.toThrow(/^This program is older than its database, .*99991231235959_test/);
});

test('a migration that was changed after it was applied is told of', async () => {
  await migrate(database, extended('CREATE TABLE made_by_test (a int);'));
  await expect(migrate(database, extended('CREATE TABLE made_by_test (a bigint);'))).rejects.toThrow(
    'Changed after it was applied to this database: migration 99991231235959_test.',
  );
});
