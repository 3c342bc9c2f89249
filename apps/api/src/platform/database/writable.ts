import { Prisma, type PrismaClient } from './generated/client.ts';

/**
 * What every write needs, and nothing that stays: the right to write (a CREATE is refused where that is off), room for
 * a page of a table (rows that go with the commit) and for the write-ahead log.
 */
const PROBE = Prisma.sql`
  DO $$
  BEGIN
    SET LOCAL client_min_messages = warning;
    CREATE TEMP TABLE IF NOT EXISTS write_probe (filler text) ON COMMIT DELETE ROWS;
    INSERT INTO pg_temp.write_probe SELECT repeat('-', 1000) FROM generate_series(1, 10);
    PERFORM pg_logical_emit_message(true, 'sallyport', 'write probe');
  END
  $$`;

/** Rejects, with the database's error, where it would refuse a write: it is read-only, or its disk is full. */
export async function assertWritable({ client }: { client: PrismaClient }): Promise<void> {
  await client.$executeRaw(PROBE);
}
