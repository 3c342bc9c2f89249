import { inspect } from 'node:util';
import { EX } from './cli/exit-codes.ts';
import { failureOf } from './cli/failure.ts';
import { loadConfig } from './config.ts';
import { tellReady } from './demo-accounts.ts';
import { closeDataFolder, type OpenDataFolder, openDataFolder } from './platform/database/database.ts';
import { openService } from './server.ts';

// The API as `pnpm dev` runs it: a process that stays, and takes a new build of this very file at each change, so that
// what takes seconds, the packages and the embedded database, is loaded and opened once (decision 0041).

/** The embedded database, for as long as the process lives; null where the database is PostgreSQL. */
export const openFolder = async (): Promise<OpenDataFolder | null> => {
  const { databaseUrl, dataDir } = loadConfig();
  return databaseUrl === null ? openDataFolder(dataDir) : null;
};

export const closeFolder = closeDataFolder;

/**
 * Serves as the environment says.
 *
 * @param folder what {@link openFolder} gave, or that of an earlier build did
 * @param first whether to say that it is ready, and which demo accounts there are
 * @returns ends it, but for the database
 */
export async function serve(
  folder: OpenDataFolder | null,
  { first }: { first: boolean },
): Promise<() => Promise<void>> {
  const config = loadConfig();
  const service = await openService(config, null, folder ?? undefined);
  await service.listen();
  if (first) tellReady(config, service.logger, service.accounts);
  return service.close;
}

/** What to tell of an error that ended a start: what an operator would read, or of a fault of ours all of it. */
export function explain(error: unknown): string {
  const { exitCode, lines } = failureOf(error);
  return exitCode === EX.SOFTWARE ? inspect(error) : lines.join('\n');
}
