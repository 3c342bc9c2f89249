import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

/**
 * A new database.
 *
 * @param path of a folder that is missing or empty; in memory when left out
 */
export function createPGlite(path?: string): Promise<PGlite> {
  // Segments of 1 MB instead of 16 keep the write-ahead log, and so the data folder and each backup, at a few MB.
  const options: PGliteOptions = { initDbStartParams: ['--wal-segsize=1'] };
  return path === undefined ? PGlite.create(options) : PGlite.create(path, options);
}

/** Opens `<dataDir>/database`. */
export async function openDataFolder(dataDir: string): Promise<{ pglite: PGlite; release: () => Promise<void> }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create(join(dataDir, 'database'));
  return { pglite, release: async () => {} };
}
