import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable, Transaction } from '@prisma/driver-adapter-utils';
import { noTracing, type Tracing } from '../telemetry/tracing.ts';
import { withAdapters } from './adapters.ts';

/** Characters of a statement that are told. */
const LONGEST_TEXT = 1000;

/** The factory, of whose adapters and transactions each statement is a span; as it is where nobody traces. */
export function traced(factory: SqlDriverAdapterFactory, tracing: Tracing): SqlDriverAdapterFactory {
  if (tracing === noTracing) return factory;
  return withAdapters(factory, (adapter) => {
    const start = adapter.startTransaction.bind(adapter);
    traceStatements(adapter, tracing);
    adapter.startTransaction = async (isolationLevel) => {
      const transaction = await part(tracing, 'BEGIN', () => start(isolationLevel));
      traceStatements(transaction, tracing);
      traceEnd(transaction, tracing);
      return transaction;
    };
  });
}

function traceStatements(queryable: SqlQueryable, tracing: Tracing): void {
  const queryRaw: SqlQueryable['queryRaw'] = queryable.queryRaw.bind(queryable);
  const executeRaw: SqlQueryable['executeRaw'] = queryable.executeRaw.bind(queryable);
  queryable.queryRaw = (query: SqlQuery) => part(tracing, query.sql, () => queryRaw(query));
  queryable.executeRaw = (query: SqlQuery) => part(tracing, query.sql, () => executeRaw(query));
}

/** Where the end of a transaction is not a statement of its own, of Prisma's, it is the adapter's. */
function traceEnd(transaction: Transaction, tracing: Tracing): void {
  if (!transaction.options.usePhantomQuery) return;
  const [commit, rollback] = [transaction.commit.bind(transaction), transaction.rollback.bind(transaction)];
  transaction.commit = () => part(tracing, 'COMMIT', commit);
  transaction.rollback = () => part(tracing, 'ROLLBACK', rollback);
}

/** The text has the places of values and never the values: each is a parameter. */
const part = <T>(tracing: Tracing, sql: string, work: () => Promise<T>): Promise<T> =>
  tracing.part(
    summaryOf(sql),
    'client',
    () => ({ 'db.system.name': 'postgresql', 'db.query.text': sql.trim().slice(0, LONGEST_TEXT) }),
    work,
  );

/** What it does, to which table first: `SELECT users`. */
export function summaryOf(sql: string): string {
  const [operation = 'statement'] = /[a-z]+/i.exec(sql) ?? [];
  const [, table] = /\b(?:from|into|update)\s+(?:"?public"?\.)?"?([a-z_]+)\b(?!\()/i.exec(sql) ?? [];
  return table === undefined ? operation.toUpperCase() : `${operation.toUpperCase()} ${table.toLowerCase()}`;
}
