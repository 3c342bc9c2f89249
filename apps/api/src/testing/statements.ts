import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import { StatementNames } from '../platform/database/statement-names.ts';

/** One for the process, which may load this file more than once. */
const SHARED: unique symbol = Symbol.for('sallyport.statements');

interface Shared {
  ofProduct: AsyncLocalStorage<true>;
  /** By text, until they are looked at. */
  fresh: Map<string, SqlQuery>;
  /** Texts of all that came so far. */
  seen: Set<string>;
}

const perProcess = globalThis as { [SHARED]?: Shared };

function shared(): Shared {
  perProcess[SHARED] ??= { ofProduct: new AsyncLocalStorage(), fresh: new Map(), seen: new Set() };
  return perProcess[SHARED];
}

/** Runs what the product does, not the test around it: the statements that it sends to PostgreSQL are looked at. */
export const asProduct = <T>(work: () => PromiseLike<T>): Promise<T> =>
  // Some begin only when they are waited for.
  shared().ofProduct.run(true, async () => await work());

/** Notes from now on every statement that the product sends to PostgreSQL. */
export function watchStatements(): void {
  const { nameOf } = StatementNames.prototype;
  if ('isWatched' in nameOf) return;
  const watching = function (this: StatementNames, query: SqlQuery): string {
    const { ofProduct, fresh, seen } = shared();
    if (ofProduct.getStore() && !seen.has(query.sql)) {
      seen.add(query.sql);
      fresh.set(query.sql, query);
    }
    return nameOf.call(this, query);
  };
  StatementNames.prototype.nameOf = Object.assign(watching, { isWatched: true });
}

/** Statements that nobody has taken yet, one of each text. */
export function takeStatements(): SqlQuery[] {
  const { fresh } = shared();
  const taken = [...fresh.values()];
  fresh.clear();
  return taken;
}
