import type { Db } from '../platform/database/database.ts';

/** Every text of every row of the database, the sealed ones as they lie there. */
export async function everythingStored(db: Db): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`;
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await db.$queryRawUnsafe<{ text: string }[]>(
        `SELECT COALESCE(string_agg(t::text, ' '), '') AS text FROM ${name} t`,
      );
      return row?.text ?? '';
    }),
  );
  return texts.join('\n');
}
