import { afterEach, describe, expect, test } from 'vitest';
import { testDatabaseKind } from '../../testing/database.ts';
import { postgresTestDatabase } from '../../testing/postgres.ts';
import { postgresUrl } from '../../testing/postgres-server.ts';
import { type Database, isDatabaseUnavailable, openDatabase } from './database.ts';

// The embedded database has one connection in the same thread; there the adapter prepares nothing.
describe.runIf(testDatabaseKind() === 'postgres')('statements on PostgreSQL', () => {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
  });

  /** With one connection, so that every statement meets what the ones before left there. */
  async function open(options: { prepared?: boolean } = {}): Promise<Database> {
    const first = await postgresTestDatabase();
    opened.push(first);
    const [row] = await first.client.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    const database = await openDatabase({ kind: 'postgres', url: postgresUrl(row?.name), poolSize: 1, ...options });
    opened.unshift(database);
    return database;
  }

  const find = ({ client }: Database, slug: string) =>
    client.$queryRaw`SELECT * FROM organizations WHERE slug = ${slug}`;

  const prepared = async ({ client }: Database): Promise<number> => {
    const rows = await client.$queryRawUnsafe<unknown[]>(
      `SELECT 1 FROM pg_prepared_statements WHERE statement LIKE '%FROM organizations WHERE slug%'`,
    );
    return rows.length;
  };

  test('what comes again is planned once, outside and inside transactions', async () => {
    const database = await open();
    for (const slug of ['a', 'b', 'c']) {
      expect(await find(database, slug)).toEqual([]);
      await database.transaction((tx) => tx.$queryRaw`SELECT id FROM organizations WHERE slug = ${slug}`);
    }
    expect(await prepared(database)).toBe(2);
  });

  test('nothing is kept where DATABASE_PREPARED is 0', async () => {
    const database = await open({ prepared: false });
    for (const slug of ['a', 'b', 'c']) await find(database, slug);
    expect(await prepared(database)).toBe(0);
  });

  test('behind a pooler that does not keep them, a request may have to come again, and all others go well', async () => {
    const database = await open();
    for (const slug of ['a', 'b']) await find(database, slug);
    // As another connection would, which the statement was not prepared on.
    await database.client.$executeRawUnsafe('DEALLOCATE ALL');
    const error = await find(database, 'c').catch((reason: unknown) => reason);
    expect(isDatabaseUnavailable(error)).toBe(true);
    for (const slug of ['d', 'e', 'f']) expect(await find(database, slug)).toEqual([]);
    expect(await prepared(database)).toBe(0);
  });

  test('after a migration that changes what they return, they are prepared anew', async () => {
    const database = await open();
    for (const slug of ['a', 'b']) await find(database, slug);
    await database.client.$executeRawUnsafe('ALTER TABLE organizations ADD COLUMN novelty INT');
    const error = await find(database, 'c').catch((reason: unknown) => reason);
    expect(isDatabaseUnavailable(error)).toBe(true);
    for (const slug of ['d', 'e', 'f']) expect(await find(database, slug)).toEqual([]);
    expect(await prepared(database)).toBeGreaterThan(0);
  });
});
