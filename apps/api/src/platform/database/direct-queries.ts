import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Transaction as AdapterTransaction,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { withAdapters } from './adapters.ts';
import { Prisma, PrismaClient } from './generated/client.ts';

type Raw = (statement: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => Promise<unknown>;

/** The adapter's transaction in which the code that asks runs. */
interface Running {
  transaction?: SqlQueryable;
  isOver?: true;
}

/**
 * A client whose `$queryRaw` and `$executeRaw` are handed to the adapter itself; on both databases, within transactions
 * too. What Prisma does with a raw statement on the way there and back (its engine is made for operations on models)
 * was measured at four times the processor time of `pg` itself.
 */
export function clientWithDirectQueries(
  factory: SqlDriverAdapterFactory,
  transactionOptions: { maxWait: number; timeout: number },
): PrismaClient {
  const running = new AsyncLocalStorage<Running>();
  const client = new PrismaClient({ adapter: rememberingTransactions(factory, running), transactionOptions });
  let adapter: Promise<SqlDriverAdapter> | undefined;
  const connected = async (): Promise<SqlDriverAdapter> => {
    assertOutside(running);
    adapter ??= factory.connect();
    return adapter;
  };
  const direct = withDirectQueries(client, connected);
  const transaction = (
    work: ((tx: Prisma.TransactionClient) => Promise<unknown>) | Prisma.PrismaPromise<unknown>[],
    options?: Parameters<PrismaClient['$transaction']>[1],
  ) => {
    if (Array.isArray(work)) return client.$transaction(work, options);
    assertOutside(running);
    const own: Running = {};
    const current = async (): Promise<SqlQueryable> => {
      if (!own.transaction) throw new Error('The adapter began no transaction.');
      return own.transaction;
    };
    const end = (): void => {
      own.isOver = true;
    };
    return running
      .run(own, () => client.$transaction((tx) => work(withDirectQueries(tx, current)), options))
      .finally(end);
  };
  return new Proxy(direct, {
    get: (target, property) => (property === '$transaction' ? transaction : Reflect.get(target, property, target)),
  });
}

function withDirectQueries<Client extends object>(client: Client, connect: () => Promise<SqlQueryable>): Client {
  const direct: Record<string | symbol, Raw> = {
    $queryRaw: async (statement, ...values) => rowsOf(await (await connect()).queryRaw(query(statement, values))),
    $executeRaw: async (statement, ...values) => (await connect()).executeRaw(query(statement, values)),
  };
  return new Proxy(client, {
    get: (target, property) => {
      const found = direct[property];
      if (found) return found;
      const value: unknown = Reflect.get(target, property, target);
      // What the client begets belongs to the client itself.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * Within a transaction the database is reached through that alone: a second connection, taken while the first is held,
 * waits for ever where all who hold one want another, and so does the embedded database, which has one.
 */
function assertOutside(running: AsyncLocalStorage<Running>): void {
  const own = running.getStore();
  if (own && !own.isOver) throw new Error('A transaction reaches the database through its own client alone.');
}

/** The factory, whose adapters tell `running` which transaction they begin, and serve nobody else within one. */
const rememberingTransactions = (
  factory: SqlDriverAdapterFactory,
  running: AsyncLocalStorage<Running>,
): SqlDriverAdapterFactory =>
  withAdapters(factory, (adapter) => {
    const start = adapter.startTransaction.bind(adapter);
    const [queryRaw, executeRaw] = [adapter.queryRaw.bind(adapter), adapter.executeRaw.bind(adapter)];
    const outside = async <T>(send: () => Promise<T>): Promise<T> => {
      assertOutside(running);
      return send();
    };
    adapter.queryRaw = (query) => outside(() => queryRaw(query));
    adapter.executeRaw = (query) => outside(() => executeRaw(query));
    adapter.startTransaction = async (isolationLevel) => {
      const begun = watched(await start(isolationLevel));
      const own = running.getStore();
      if (own) own.transaction = begun.direct;
      return begun.transaction;
    };
  });

const ENDS = new Set(['COMMIT', 'ROLLBACK']);

/**
 * The transaction for Prisma, which ends it, perhaps because its time is over; and for direct statements, which are
 * refused from then on: its connection serves others.
 */
function watched(inner: AdapterTransaction): { transaction: AdapterTransaction; direct: SqlQueryable } {
  const { adapterName, options, provider } = inner;
  let hasEnded = false;
  const end = <T>(work: () => T): T => {
    hasEnded = true;
    return work();
  };
  const whileOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    if (hasEnded) throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: 'Its time is over.' });
    return work();
  };
  return {
    transaction: {
      ...{ adapterName, options, provider },
      queryRaw: (query) => inner.queryRaw(query),
      executeRaw: (query) => (ENDS.has(query.sql) ? end(() => inner.executeRaw(query)) : inner.executeRaw(query)),
      commit: () => end(() => inner.commit()),
      rollback: () => end(() => inner.rollback()),
      createSavepoint: async (name) => inner.createSavepoint?.(name),
      rollbackToSavepoint: async (name) => inner.rollbackToSavepoint?.(name),
      releaseSavepoint: async (name) => inner.releaseSavepoint?.(name),
    },
    direct: {
      ...{ adapterName, provider },
      queryRaw: (query) => whileOpen(() => inner.queryRaw(query)),
      executeRaw: (query) => whileOpen(() => inner.executeRaw(query)),
    },
  };
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
