import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { databaseWords } from './errors.ts';
import { MigrationError, type MigrationHistory } from './migrations.ts';

/** What is used of it here; TypeScript keeps its types among those of the browser. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** The only file that knows Prisma's schema engine: the official one, as WebAssembly, over our driver adapters. */

/** A transaction that also runs scripts of several statements. */
export type ScriptTransaction = Transaction & { executeScript(script: string): Promise<void> };

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies what is pending, with Prisma Migrate's own table and checksums, inside `tx`, which the caller commits. So a
 * process killed on the way leaves neither half a migration nor the mark of a failed one.
 *
 * @throws MigrationError with the database's own words where a migration fails; Error with the engine's where the
 *   history does not fit
 */
export async function applyMigrations(tx: ScriptTransaction, history: MigrationHistory): Promise<string[]> {
  let failure: Error | undefined;
  const watch = async <T>(statement: Promise<T>, what: string): Promise<T> => {
    try {
      return await statement;
    } catch (error) {
      // What the engine does next fails too, the transaction being aborted; the first error is the one that tells.
      failure ??= new MigrationError(`${what}: ${messageOf(error)}`, { cause: error });
      throw error;
    }
  };
  const theTable = 'The table of migrations cannot be used';
  const adapter: SqlDriverAdapter = {
    ...tx,
    queryRaw: (query) => watch(tx.queryRaw(query), theTable),
    executeRaw: (query) => watch(tx.executeRaw(query), theTable),
    executeScript: (script) => {
      const name = history.migrations.find(({ sql }) => sql === script)?.name;
      const what = name === undefined ? theTable : `Migration ${name} failed and was rolled back`;
      return watch(tx.executeScript(script), what);
    },
    startTransaction: () => Promise.reject(new Error('Migrations run in one transaction already.')),
    dispose: async () => {},
  };
  const engine = await openEngine(factoryOf(adapter), 'datasource db { provider = "postgresql" }');
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: listOf(history), filters });
    return appliedMigrationNames;
  } catch (error) {
    throw failure ?? error;
  } finally {
    engine.free();
  }
}

/**
 * The SQL that leads from the migrations to `schema`, for the next migration; null where they agree.
 *
 * @param factory its shadow database, an empty one, gets the migrations
 * @param schema  the text of schema.prisma
 */
export async function diffToSchema(
  factory: SqlMigrationAwareDriverAdapterFactory,
  history: MigrationHistory | null,
  schema: string,
): Promise<string | null> {
  const files = [{ path: 'schema.prisma', content: schema }];
  const engine = await openEngine(factory, schema);
  try {
    const { stdout, exitCode } = await engine.diff({
      from: history === null ? { tag: 'empty' } : { tag: 'migrations', ...listOf(history) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters,
    });
    return exitCode === 0 ? null : stdout;
  } finally {
    engine.free();
  }
}

/**
 * The bindings hold one engine per process, so what says that it is loaded must be one per process too: vitest runs
 * this file more than once beside one copy of the bindings.
 */
const LOADED: unique symbol = Symbol.for('sallyport.schema-engine');
const perProcess = globalThis as { [LOADED]?: Promise<void> };

/** Compiles the engine at its first use; 5 MB of WebAssembly that a start with nothing pending never needs. */
function load(): Promise<void> {
  perProcess[LOADED] ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const wasm = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } });
    bindings.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === 'function') start();
  })();
  return perProcess[LOADED];
}

async function openEngine(factory: SqlMigrationAwareDriverAdapterFactory, schema: string) {
  await load();
  const datamodels: [string, string][] = [['schema.prisma', schema]];
  return bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}

function factoryOf(adapter: SqlDriverAdapter): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: async () => adapter,
    connectToShadowDb: () => Promise.reject(new Error('Applying migrations needs no shadow database.')),
  };
}

function messageOf(error: unknown): string {
  const words = databaseWords(error);
  if (words) return `${words.message} (${words.code})`;
  if (error instanceof DriverAdapterError) return error.cause.kind;
  return error instanceof Error ? error.message : String(error);
}

const listOf = (history: MigrationHistory) => ({
  baseDir: history.folder,
  lockfile: { path: 'migration_lock.toml', content: history.lockfile },
  shadowDbInitScript: '',
  migrationDirectories: history.migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
});
