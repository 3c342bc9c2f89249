import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Opens `<dataDir>/database`. */
export async function openDataFolder(dataDir: string): Promise<{ pglite: PGlite; release: () => Promise<void> }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create(join(dataDir, 'database'));
  return { pglite, release: async () => {} };
}
