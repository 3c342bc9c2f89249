import { PrismaPg } from '@prisma/adapter-pg';
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/**
 * Prisma's own adapter for `pg`, with one addition: a transaction in which a statement failed cannot be committed.
 * PostgreSQL answers such a COMMIT with a quiet ROLLBACK, and the caller would believe in lost writes.
 */
export class PostgresAdapterFactory extends PrismaPg {
  constructor(pool: pg.Pool) {
    // Errors of idle or broken connections need no handling: the pool replaces the connection.
    super(pool, { onPoolError: () => {}, onConnectionError: () => {} });
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const start: SqlDriverAdapter['startTransaction'] = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => guarded(await start(isolationLevel));
    return adapter;
  }
}

function guarded(inner: Transaction): Transaction {
  let failed = false;
  const watch = async <T>(statement: Promise<T>): Promise<T> => {
    try {
      return await statement;
    } catch (error) {
      failed = true;
      throw error;
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
