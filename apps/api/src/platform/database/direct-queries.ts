import {
  type ColumnType,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { Prisma, type PrismaClient } from './generated/client.ts';

type Raw = (statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => Promise<unknown>;

/**
 * The client, with `$queryRaw` and `$executeRaw` handed to the adapter itself; on both databases, and outside of
 * transactions, whose statements stay with Prisma. What Prisma does with a raw statement on the way there and back (its
 * engine is made for operations on models) was measured at four times the processor time of `pg` itself.
 *
 * @param connected an adapter of the database, asked for at the first statement
 */
export function withDirectQueries(client: PrismaClient, connected: () => Promise<SqlDriverAdapter>): PrismaClient {
  let adapter: Promise<SqlDriverAdapter> | undefined;
  const connect = (): Promise<SqlDriverAdapter> => {
    adapter ??= connected();
    return adapter;
  };
  const direct: Record<string | symbol, Raw> = {
    $queryRaw: async (statement, ...values) => rowsOf(await (await connect()).queryRaw(query(statement, values))),
    $executeRaw: async (statement, ...values) => (await connect()).executeRaw(query(statement, values)),
  };
  return new Proxy(client, {
    get: (target, property) => {
      const found = direct[property];
      if (found) return found;
      const value: unknown = Reflect.get(target, property, target);
      // A transaction, and what it begets, belongs to Prisma's own client.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function query(statement: TemplateStringsArray | Prisma.Sql, values: unknown[]): SqlQuery {
  const { text, values: args } = isTemplate(statement) ? Prisma.sql(statement, ...values) : statement;
  return {
    sql: text,
    args,
    // Every parameter has its type in the statement, or from where it stands in it.
    argTypes: args.map((arg) => ({ scalarType: 'unknown', arity: Array.isArray(arg) ? 'list' : 'scalar' })),
  };
}

const isTemplate = (statement: TemplateStringsArray | Prisma.Sql): statement is TemplateStringsArray =>
  Array.isArray(statement);

function rowsOf({ columnNames, columnTypes, rows }: SqlResultSet): Record<string, unknown>[] {
  const readers = columnTypes.map(readerOf);
  return rows.map((row) => {
    const record: Record<string, unknown> = {};
    columnNames.forEach((name, index) => {
      const value = row[index];
      const reader = readers[index];
      record[name] = value === null || !reader ? value : reader(value);
    });
    return record;
  });
}

type Reader = (value: unknown) => unknown;

const bytes: Reader = (value) => Uint8Array.from(value as Uint8Array);
const time: Reader = (value) => new Date(value as string);

/** What the adapter leaves to its caller; null for what is a value already. */
const readers = new Map<ColumnType, Reader | null>([
  [ColumnTypeEnum.Int32, null],
  [ColumnTypeEnum.Int64, (value) => BigInt(value as string)],
  [ColumnTypeEnum.Float, null],
  [ColumnTypeEnum.Double, null],
  [ColumnTypeEnum.Boolean, null],
  [ColumnTypeEnum.Character, null],
  [ColumnTypeEnum.Text, null],
  [ColumnTypeEnum.Enum, null],
  [ColumnTypeEnum.Uuid, null],
  [ColumnTypeEnum.DateTime, time],
  [ColumnTypeEnum.Json, (value) => JSON.parse(value as string)],
  [ColumnTypeEnum.Bytes, bytes],
  [ColumnTypeEnum.Int32Array, null],
  [ColumnTypeEnum.BooleanArray, null],
  [ColumnTypeEnum.TextArray, null],
  [ColumnTypeEnum.UuidArray, null],
  [ColumnTypeEnum.BytesArray, (values) => (values as unknown[]).map(bytes)],
]);

function readerOf(type: ColumnType): Reader | null {
  const reader = readers.get(type);
  if (reader === undefined) throw new TypeError(`No statement here returns a column of Prisma's type ${type} yet.`);
  return reader;
}
