import { Prisma } from './generated/client.ts';

/** Rows in one INSERT of Prisma: far below the 65,535 parameters that a statement of PostgreSQL takes. */
const ROWS_A_STATEMENT = 500;

/** `rows` in their order, in parts of `size`; one statement takes the default. */
export function* batches<T>(rows: readonly T[], size = ROWS_A_STATEMENT): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}

/** A list of texts, however long, in one parameter: `WHERE email IN ${texts(emails)}`. */
export const texts = (values: readonly string[]): Prisma.Sql =>
  Prisma.sql`(SELECT jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** The same of UUIDs. */
export const uuids = (values: readonly string[]): Prisma.Sql =>
  Prisma.sql`(SELECT jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)::uuid)`;

/** Rows, however many, in one parameter: `FROM ${records(users, 'id uuid, name text')}`, which is called `r`. */
export const records = (rows: readonly object[], columns: string): Prisma.Sql =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(${Prisma.raw(columns)})`;
