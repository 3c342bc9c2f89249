import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { noTracing, type Tracing } from '../telemetry/tracing.ts';
import { type Orders, serveControlSocket } from './control-socket.ts';
import { type OpenDataFolder, openDataFolder, restoreInto } from './data-folder.ts';
import { clientWithDirectQueries } from './direct-queries.ts';
import { EmbeddedAdapterFactory } from './embedded-adapter.ts';
import { isDatabaseUnavailable } from './errors.ts';
import { exclusivelyInProcess, exclusivelyOnPostgres } from './exclusively.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { PostgresAdapterFactory } from './postgres-adapter.ts';
import { announceInProcess, announceOnPostgres, type Marks, type Presence } from './presence.ts';
import { StatementNames } from './statement-names.ts';
import { traced } from './traced-adapter.ts';

export { closeDataFolder, NoBackupError, type OpenDataFolder, openDataFolder } from './data-folder.ts';
export {
  connectionFault,
  databaseWords,
  isDatabaseUnavailable,
  isForeignKeyViolation,
  isUniqueViolation,
} from './errors.ts';
export { DatabaseInUseError } from './folder-lock.ts';
export { Prisma, type PrismaClient } from './generated/client.ts';
export { batches, records, texts, uuids } from './lists.ts';
export { MigrationError } from './migrations.ts';
export type { Marks, Presence } from './presence.ts';
export { plannedAnew } from './statement-names.ts';

/** The client inside `database.transaction`. */
export type Transaction = Prisma.TransactionClient;

/** What a store runs in: the client itself or a transaction of it. */
export type Db = PrismaClient | Transaction;

export interface TransactionOptions {
  /** Milliseconds to wait for a connection; 10 s unless told. */
  maxWait?: number;
  /** Milliseconds until it is rolled back; 15 s unless told. */
  timeout?: number;
  /** The embedded database runs transactions one after another whatever is asked here. */
  isolationLevel?: Prisma.TransactionIsolationLevel;
}

interface Common {
  readonly client: PrismaClient;
  /**
   * Runs `fn` in one transaction, committed when it returns and rolled back when it throws. A statement that failed
   * inside dooms the whole, even where `fn` catches its error.
   *
   * `fn` reaches the database through `tx` alone: `client` is refused until the transaction has ended, for it would wait
   * for that on the embedded database, and take a second connection while holding the first on PostgreSQL.
   */
  transaction<T>(fn: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Runs `work` where no other instance runs work of that name at this moment; else gives null at once. For chores,
   * never for what guards a counter, a code or a token.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | null>;
  /** Tells the other processes on this database what this one is, for as long as it lives; see presence.ts. */
  announce(marks: readonly string[], judge: (others: readonly Marks[]) => void): Promise<Presence>;
  /** Asks the database for one row. Throws when it does not answer. */
  ping(): Promise<void>;
  /** See `isDatabaseUnavailable`; here for layers that know a database only by this interface. */
  isUnavailable(error: unknown): boolean;
  close(): Promise<void>;
}

export interface PostgresDatabase extends Common {
  readonly kind: 'postgres';
  /** For what must be one connection: migrations and their lock. */
  readonly connection: pg.ClientConfig;
  /** Of the pool at this moment. */
  poolState(): PoolState;
}

/** Connections of the pool, those of them that nothing uses, and statements that wait for one. */
export interface PoolState {
  total: number;
  idle: number;
  waiting: number;
}

export interface EmbeddedDatabase extends Common {
  readonly kind: 'embedded';
  readonly pglite: PGlite;
  /** The whole database as a gzipped tar, as of this moment; the service goes on meanwhile. See `restoreDatabase`. */
  backup(): Promise<Uint8Array>;
  /** What commands of the operator have this process do meanwhile; `backup` is one. */
  readonly orders: Orders;
}

export type Database = PostgresDatabase | EmbeddedDatabase;

export type DatabaseConfig =
  | {
      kind: 'embedded';
      /** Absolute path of the data folder; it is made when missing. */
      dataDir: string;
      /** Where whoever opens the database has the folder open already; it stays open when the database is closed. */
      folder?: OpenDataFolder;
    }
  | {
      kind: 'postgres';
      /** postgres:// or postgresql://, or the path of a socket folder as `pg` takes it. */
      url: string;
      /** Connections at most, of this process; 10 unless told. */
      poolSize?: number;
      /** How long a statement may take, in seconds; 10 unless told. */
      statementSeconds?: number;
      /** Milliseconds that a statement waits for a connection, before it fails as unavailable; 5,000 unless told. */
      waitMs?: number;
      /** Whether statements stay prepared on their connection, which some poolers cannot have; true unless told. */
      prepared?: boolean;
      /** Seen in pg_stat_activity; `sallyport` unless told. */
      applicationName?: string;
    };

const TRANSACTION_DEFAULTS = { maxWait: 10_000, timeout: 15_000 };

/**
 * Opens the database, creating the embedded one (schema included) when there is none yet. A PostgreSQL that does not
 * answer is no error here: the first query says so, and connections come back by themselves.
 *
 * @throws DatabaseInUseError when another process has the embedded database open
 */
export async function openDatabase(config: DatabaseConfig, tracing = noTracing): Promise<Database> {
  if (config.kind === 'postgres') return openPostgres(config, tracing);
  const { pglite, release } = config.folder ?? (await openDataFolder(config.dataDir));
  const database = await embeddedDatabase(pglite, tracing);
  const closeSocket = await serveControlSocket(config.dataDir, database.orders);
  return {
    ...database,
    close: async () => {
      await closeSocket();
      if (config.folder) return database.client.$disconnect();
      await database.close();
      release();
    },
  };
}

/** A database on an open PGlite. */
export async function embeddedDatabase(pglite: PGlite, tracing: Tracing = noTracing): Promise<EmbeddedDatabase> {
  // The adapter sends and reads timestamps without their offset and takes them for UTC.
  await pglite.exec(`SET TIME ZONE 'UTC'`);
  const client = clientWithDirectQueries(traced(new EmbeddedAdapterFactory(pglite), tracing), TRANSACTION_DEFAULTS);
  const backup = async (): Promise<Uint8Array> => {
    await pglite.exec('CHECKPOINT');
    const tarball = await pglite.dumpDataDir('gzip');
    return new Uint8Array(await tarball.arrayBuffer());
  };
  return {
    kind: 'embedded',
    pglite,
    ...common(client),
    exclusively: exclusivelyInProcess(),
    announce: announceInProcess,
    close: async () => {
      await client.$disconnect();
      if (pglite.closed) return;
      // So that the next start has nothing to recover.
      await pglite.exec('CHECKPOINT');
      await pglite.close();
    },
    backup,
    orders: new Map([['backup', backup]]),
  };
}

/** See `restoreInto`. @param prepare as there; it may leave the database open */
export const restoreDatabase = (
  dataDir: string,
  tarball: Uint8Array,
  prepare: (database: EmbeddedDatabase) => Promise<void>,
): Promise<string | null> =>
  restoreInto(dataDir, tarball, async (pglite) => {
    const database = await embeddedDatabase(pglite);
    await prepare(database).finally(() => database.close());
  });

function openPostgres(config: Extract<DatabaseConfig, { kind: 'postgres' }>, tracing: Tracing): PostgresDatabase {
  const connection: pg.ClientConfig = {
    ...inUtc(config.url),
    application_name: config.applicationName ?? 'sallyport',
    keepAlive: true,
    connectionTimeoutMillis: config.waitMs ?? 5_000,
  };
  const statementMs = (config.statementSeconds ?? 10) * 1000;
  const pool = new pg.Pool({
    ...connection,
    max: config.poolSize ?? 10,
    idleTimeoutMillis: 30_000,
    // A statement of this service takes milliseconds. What takes seconds waits for a lock or for a dead peer.
    statement_timeout: statementMs,
    query_timeout: statementMs + 2000,
    idle_in_transaction_session_timeout: 30_000,
  });
  const names = new StatementNames(config.prepared === undefined ? {} : { enabled: config.prepared });
  const factory = traced(new PostgresAdapterFactory(pool, names), tracing);
  const client = clientWithDirectQueries(factory, TRANSACTION_DEFAULTS);
  return {
    kind: 'postgres',
    connection,
    poolState: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    ...common(client),
    exclusively: (name, work) => exclusivelyOnPostgres(connection, name, work),
    announce: (marks, judge) => announceOnPostgres(connection, marks, judge),
    close: async () => {
      await client.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

/** The adapter sends and reads timestamps without their offset and takes them for UTC, so sessions must be in UTC. */
function inUtc(url: string): pg.ClientConfig {
  const option = '-c timezone=UTC';
  if (!URL.canParse(url)) return { connectionString: url, options: option };
  const parsed = new URL(url);
  // What the URL says would win over what stands beside it.
  // What these mean to `pg` today, which warns of it at each use: it will soon take them for less.
  const mode = parsed.searchParams.get('sslmode');
  const isLibpqs = parsed.searchParams.get('uselibpqcompat') === 'true';
  if (mode !== null && /^(prefer|require|verify-ca)$/.test(mode) && !isLibpqs) {
    parsed.searchParams.set('sslmode', 'verify-full');
  }
  const own = parsed.searchParams.get('options');
  parsed.searchParams.delete('options');
  return { connectionString: parsed.href, options: own === null ? option : `${own} ${option}` };
}

function common(client: PrismaClient): Pick<Common, 'client' | 'transaction' | 'ping' | 'isUnavailable'> {
  return {
    client,
    transaction: (fn, options) => client.$transaction(fn, options),
    ping: async () => {
      await client.$queryRaw(Prisma.sql`SELECT 1`);
    },
    isUnavailable: isDatabaseUnavailable,
  };
}
