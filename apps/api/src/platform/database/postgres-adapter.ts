import { PrismaPg } from '@prisma/adapter-pg';
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { StatementNames } from './statement-names.ts';

/**
 * Prisma's own adapter for `pg`, with two additions. A transaction in which a statement failed cannot be committed:
 * PostgreSQL answers such a COMMIT with a quiet ROLLBACK, and the caller would believe in lost writes. And statements
 * that come again are prepared once for each connection, as far as what stands between takes it.
 */
export class PostgresAdapterFactory extends PrismaPg {
  constructor(
    pool: pg.Pool,
    private readonly names = new StatementNames({ enabled: false }),
  ) {
    super(pool, {
      // Errors of idle or broken connections need no handling: the pool replaces the connection.
      onPoolError: () => {},
      onConnectionError: () => {},
      statementNameGenerator: (query) => names.nameOf(query),
    });
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const start: SqlDriverAdapter['startTransaction'] = adapter.startTransaction.bind(adapter);
    const queryRaw: SqlDriverAdapter['queryRaw'] = adapter.queryRaw.bind(adapter);
    const executeRaw: SqlDriverAdapter['executeRaw'] = adapter.executeRaw.bind(adapter);
    adapter.queryRaw = (query) => queryRaw(query).catch(this.learn);
    adapter.executeRaw = (query) => executeRaw(query).catch(this.learn);
    adapter.startTransaction = async (isolationLevel) => guarded(await start(isolationLevel), this.learn);
    return adapter;
  }

  /** What PostgreSQL says of a prepared statement is no fault of the request's, which may come again at once. */
  private readonly learn = (error: unknown): never => {
    if (error instanceof DriverAdapterError) {
      const { originalCode, originalMessage } = error.cause as { originalCode?: string; originalMessage?: string };
      if (this.names.learn(originalCode ?? '', originalMessage ?? '')) {
        throw new DriverAdapterError({ kind: 'TransactionWriteConflict' });
      }
    }
    throw error;
  };
}

function guarded(inner: Transaction, learn: (error: unknown) => never): Transaction {
  let failed = false;
  const watch = async <T>(statement: Promise<T>): Promise<T> => {
    try {
      return await statement;
    } catch (error) {
      failed = true;
      return learn(error);
    }
  };
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    options: inner.options,
    queryRaw: (query) => watch(inner.queryRaw(query)),
    executeRaw: async (query: SqlQuery) => {
      const count = await watch(inner.executeRaw(query));
      // Sent all the same, so that the connection goes back to the pool outside of any transaction.
      if (failed && query.sql === 'COMMIT') throw abortedTransaction();
      return count;
    },
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    createSavepoint: async (name) => watch(Promise.resolve(inner.createSavepoint?.(name))),
    rollbackToSavepoint: async (name) => {
      await inner.rollbackToSavepoint?.(name);
      failed = false;
    },
    releaseSavepoint: async (name) => watch(Promise.resolve(inner.releaseSavepoint?.(name))),
  };
}

function abortedTransaction(): DriverAdapterError {
  const message = 'The transaction was rolled back: one of its statements failed.';
  return new DriverAdapterError({
    kind: 'postgres',
    originalCode: '25P02',
    originalMessage: message,
    code: '25P02',
    severity: 'ERROR',
    message,
    detail: undefined,
    column: undefined,
    hint: undefined,
  });
}
