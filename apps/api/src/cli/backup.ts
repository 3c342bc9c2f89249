import { type Config, loadConfig } from '../config.ts';
import { writeBackup } from '../platform/database/backup.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { pathOf, reasonOf } from './files.ts';
import { assertIsThere } from './open.ts';
import { print } from './output.ts';

/** @throws CommandError EX_USAGE with PostgreSQL, EX_NOINPUT without a database, EX_CANTCREAT */
export async function backup(file: string): Promise<void> {
  const config = embedded(loadConfig(), 'pg_dump');
  assertIsThere(config);
  const { dataDir } = config;
  try {
    await writeBackup(dataDir, pathOf(file));
  } catch (error) {
    if (reasonOf(error) === '') throw error;
    throw new CommandError(EX.CANTCREAT, `${file} cannot be written${reasonOf(error)}.`);
  }
  print(false, {}, [
    `Wrote ${file}. It holds no encryption keys: keep those of ${dataDir} or the environment with it.`,
  ]);
}

/** @throws CommandError EX_USAGE with PostgreSQL, which has a tool of its own for the task */
export function embedded(config: Config, tool: string): Config {
  if (config.databaseUrl === null) return config;
  throw new CommandError(EX.USAGE, `DATABASE_URL is set: use PostgreSQL's ${tool}. This is for the embedded database.`);
}
