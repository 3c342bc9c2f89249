import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choresOf, featuresOf } from './app.ts';
import { Prisma } from './platform/database/database.ts';
import { TestApp } from './testing/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await TestApp.start({ BACKUP_DIR: 'backups' });
});
afterAll(() => service.stop());

interface Column {
  name: string;
  type: string;
  required: boolean;
}

/** A column whose age alone makes a row worthless; the other names are those that no `expires_at` stands beside. */
const EXPIRING = ['expires_at', 'last_used_at'];
/** The counters have neither: they are over a day after the last attempt. */
const COUNTED = { table: 'attempt_counts', column: 'updated_at' };

async function expiringTables(): Promise<string[]> {
  const rows = await service.db.$queryRaw<{ table: string }[]>`
    SELECT DISTINCT table_name::text AS table FROM information_schema.columns
    WHERE table_schema = 'public' AND (column_name IN (${Prisma.join(EXPIRING)})
      OR (table_name = ${COUNTED.table} AND column_name = ${COUNTED.column}))
    ORDER BY 1`;
  return rows.map(({ table }) => table);
}

const columnsOf = (table: string) => service.db.$queryRaw<Column[]>`
  SELECT column_name::text AS name, format_type(a.atttypid, NULL) AS type,
    is_nullable = 'NO' AND column_default IS NULL AS required
  FROM information_schema.columns c
  JOIN pg_attribute a ON a.attrelid = ('public.' || quote_ident(c.table_name))::regclass AND a.attname = c.column_name
  WHERE c.table_schema = 'public' AND c.table_name = ${table}`;

/** Some value that a column takes; moments are long ago, and a row ends after it began. */
function someValue({ name, type }: Column): string {
  const values: Record<string, string> = {
    uuid: 'gen_random_uuid()',
    text: `'text'`,
    bytea: `sha256('text'::bytea)`,
    integer: '1',
    boolean: 'true',
    jsonb: `'{}'::jsonb`,
    'timestamp with time zone': `'2020-01-0${name === 'expires_at' ? 2 : 1}T00:00:00Z'::timestamptz`,
  };
  // What is left are enumerations.
  return values[type] ?? `(enum_range(NULL::${type}))[1]`;
}

/** A row that was over long ago, and hangs on nothing. */
async function insertExpired(table: string): Promise<void> {
  const columns = (await columnsOf(table)).filter(({ name, required }) => required || EXPIRING.includes(name));
  const names = columns.map(({ name }) => name).join(', ');
  const values = columns.map(someValue).join(', ');
  await service.db.$transaction(async (tx) => {
    // Without foreign keys.
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRawUnsafe(`INSERT INTO ${table} (${names}) VALUES (${values})`);
  });
}

const countOf = async (table: string): Promise<number> => {
  const [row] = await service.db.$queryRawUnsafe<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count ?? -1;
};

describe('SEC-58: the chores', () => {
  test('leave nothing behind that is over, in any table with an end', async () => {
    const tables = await expiringTables();
    expect(tables.length).toBeGreaterThanOrEqual(8);
    for (const table of tables) await insertExpired(table);
    for (const table of tables) expect([table, await countOf(table)]).toEqual([table, 1]);
    for (const { run } of choresOf(featuresOf(service.services), service.resources)) await run();
    for (const table of tables) expect([table, await countOf(table)]).toEqual([table, 0]);
  });

  test('back up the embedded database, where there is a folder for it, and no other', async () => {
    const isEmbedded = service.resources.database.kind === 'embedded';
    const names = choresOf(featuresOf(service.services), service.resources).map(({ name }) => name);
    expect(names.includes('backup')).toBe(isEmbedded);
    const made = /^sallyport_backup_timestamp_seconds [1-9]/m.test(await service.resources.metrics.text());
    expect(made).toBe(isEmbedded);
  });

  test('have a name each', () => {
    const names = choresOf(featuresOf(service.services), service.resources).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
