import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Services } from '../app.ts';
import { type Config, loadConfig } from '../config.ts';
import { BrokenSealError } from '../features/audit/index.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { assertMigrated } from '../platform/database/migrator.ts';
import type { Resources } from '../resources.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { counted, remark } from './output.ts';

export interface Opened {
  config: Config;
  resources: Resources;
  services: Services;
}

/**
 * Runs a command on the same resources and services as the server, and closes them. Mail that the command caused waits
 * for the server, or for `mail deliver`; its audit events are sealed. An empty database gets its tables; those of
 * another are left to `migrate`.
 *
 * @param options.readOnly the command only reads: then the tables must be there
 * @throws ConfigError; DatabaseInUseError while the server has the embedded database open
 */
export async function withServices<T>(run: (opened: Opened) => Promise<T>, { readOnly = false } = {}): Promise<T> {
  const config = loadConfig();
  // Loaded here, so that help and wrong command lines are answered at once.
  const [{ buildServices }, { createLogger }, { openResources }] = await Promise.all([
    import('../app.ts'),
    import('../logger.ts'),
    import('../resources.ts'),
  ]);
  const migrations = readOnly ? 'refuse' : 'create';
  const resources = await openResources(config, createLogger('silent'), { migrations });
  try {
    const services = buildServices(config, resources);
    const result = await run({ config, resources, services });
    if (!readOnly) {
      await remarkWaiting(resources);
      await seal(services);
    }
    return result;
  } finally {
    await resources.close();
  }
}

/**
 * For commands that read the database and nothing else; it must be there, and migrated.
 *
 * @throws CommandError EX_NOINPUT where there is no embedded database; MigrationError
 */
export async function withDatabase<T>(run: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig();
  assertIsThere(config);
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase(
    databaseUrl === null ? { kind: 'embedded', dataDir } : { kind: 'postgres', url: databaseUrl },
  );
  try {
    await assertMigrated(database);
    return await run(database, config);
  } finally {
    await database.close();
  }
}

/** @throws CommandError EX_NOINPUT: opening an embedded database that is not there would make it */
export function assertIsThere({ databaseUrl, dataDir }: Config): void {
  if (databaseUrl !== null || existsSync(join(dataDir, 'database'))) return;
  throw new CommandError(EX.NOINPUT, `There is no database in ${dataDir}.`);
}

async function remarkWaiting({ mailWorker }: Resources): Promise<void> {
  const waiting = await mailWorker.waiting();
  if (waiting === 0) return;
  remark(`${counted(waiting, 'mail waits', 'mails wait')} for the server, or for \`sallyport mail deliver\`.`);
}

/** What the command wrote into the audit log; on the embedded database no server does it meanwhile. */
async function seal({ sealer }: Services): Promise<void> {
  try {
    await sealer.seal();
  } catch (error) {
    if (!(error instanceof BrokenSealError)) throw error;
    remark(`${error.message} Nothing is sealed until that is mended: run \`sallyport audit verify\`.`);
  }
}
