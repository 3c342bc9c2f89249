import { setImmediate } from 'node:timers/promises';
import type { PGlite, Transaction as PGliteTransaction } from '@electric-sql/pglite';
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaPGlite } from 'pglite-prisma-adapter';

/**
 * Prisma on the embedded database: `pglite-prisma-adapter` runs the statements, and what it does not do is done here.
 * - A COMMIT that fails is reported. The adapter swallows its error, and the caller would believe in lost writes.
 * - Rollbacks and scripts are awaited, so that the next statement finds them done and their errors have a catcher.
 * - Nested transactions have savepoints.
 */
export class EmbeddedAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = 'sallyport-embedded';

  /**
   * @param pglite the open database, which the caller closes
   * @param openShadow opens an empty scratch database; only Migrate's diff of a migrations folder asks for it
   */
  constructor(
    private readonly pglite: PGlite,
    private readonly openShadow?: () => Promise<PGlite>,
  ) {}

  async connect(): Promise<SqlDriverAdapter> {
    return embeddedAdapter(this.pglite, async () => {});
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    if (!this.openShadow) throw new Error('This database was opened without a shadow database.');
    const shadow = await this.openShadow();
    return embeddedAdapter(shadow, () => shadow.close());
  }
}

async function embeddedAdapter(pglite: PGlite, dispose: () => Promise<void>): Promise<SqlDriverAdapter> {
  return {
    ...(await statements(pglite)),
    startTransaction: () => startTransaction(pglite),
    executeScript: async (script) => {
      await pglite.exec(script).catch(rethrow);
    },
    getConnectionInfo: () => ({ supportsRelationJoins: true }),
    dispose,
  };
}

/** Milliseconds that statements may follow each other before timers and requests get their turn. */
const TURN_MS = 10;
let turnBegan = 0;

/**
 * PGlite works in this very thread and answers within the same turn of the event loop: a long row of statements would
 * stop everything else, the time limit of their own transaction included.
 */
async function giveWay(): Promise<void> {
  if (performance.now() - turnBegan < TURN_MS) return;
  await setImmediate();
  turnBegan = performance.now();
}

/** The adapter's own queryRaw and executeRaw over a database or a transaction of it. */
async function statements(queryable: PGlite | PGliteTransaction): Promise<SqlQueryable> {
  // The adapter calls nothing but `query` for these two, which a transaction has with the same signature.
  const counted = {
    query: async (...query: Parameters<PGlite['query']>) => {
      const result = await queryable.query(...query);
      // As PostgreSQL's own client counts: a SELECT at the end of a statement has rows too.
      return { ...result, affectedRows: result.rowCount ?? 0 };
    },
  };
  const inner = await new PrismaPGlite(counted as PGlite).connect();
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: async (query: SqlQuery) => {
      await giveWay();
      return inner.queryRaw(query).catch(explainClosed);
    },
    executeRaw: async (query: SqlQuery) => {
      await giveWay();
      return inner.executeRaw(query).catch(explainClosed);
    },
  };
}

/**
 * Begins a transaction, which also runs scripts of several statements; others, and statements outside it, wait in PGlite until it ends. The isolation level is left
 * aside: with one connection transactions run one after another, which is more than SERIALIZABLE asks.
 */
export async function startTransaction(
  pglite: PGlite,
): Promise<Transaction & { executeScript(script: string): Promise<void> }> {
  const begun = deferred<PGliteTransaction>();
  const mayEnd = deferred<void>();
  const ended = pglite.transaction(async (tx) => {
    begun.resolve(tx);
    await mayEnd.promise;
  });
  // A BEGIN that fails rejects here first; every later end is awaited by commit or rollback.
  ended.catch(begun.reject);

  const tx = await begun.promise.catch(rethrow);
  const run = async (sql: string) => {
    await tx.exec(sql).catch(rethrow);
  };
  return {
    ...(await statements(tx)),
    // "Phantom": Prisma sends no COMMIT or ROLLBACK of its own, PGlite does.
    options: { usePhantomQuery: true },
    commit: async () => {
      mayEnd.resolve();
      await ended.catch(rethrow);
    },
    rollback: async () => {
      await tx.rollback().catch(rethrow);
      mayEnd.resolve();
      await ended.catch(rethrow);
    },
    executeScript: run,
    createSavepoint: (name) => run(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => run(`ROLLBACK TO SAVEPOINT ${name}`),
    releaseSavepoint: (name) => run(`RELEASE SAVEPOINT ${name}`),
  };
}

/** A statement that waited for its turn while the time of its transaction ran out. */
function explainClosed(error: unknown): never {
  if (error instanceof Error && error.message === 'Transaction is closed') {
    throw new DriverAdapterError({ kind: 'TransactionAlreadyClosed', cause: error.message });
  }
  throw error;
}

function rethrow(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'XX000';
  throw new DriverAdapterError({
    kind: 'postgres',
    originalCode: code,
    originalMessage: message,
    code,
    severity: 'ERROR',
    message,
    detail: undefined,
    column: undefined,
    hint: undefined,
  });
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
