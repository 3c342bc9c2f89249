import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { requestBackup } from './control-socket.ts';
import { openDatabase } from './database.ts';

/**
 * Writes a backup of the embedded database to `file`, readable by its owner only: by way of the process that has the
 * database open, else by opening it. The file appears whole or not at all.
 *
 * @param dataDir absolute path of the data folder
 */
export async function writeBackup(dataDir: string, file: string): Promise<void> {
  const partial = `${file}.partial`;
  const write = async (tarball: Readable): Promise<void> => {
    await pipeline(tarball, createWriteStream(partial, { mode: 0o600 }));
  };
  try {
    if (!(await requestBackup(dataDir, write))) {
      const database = await openDatabase({ kind: 'embedded', dataDir });
      try {
        if (database.kind === 'embedded') await write(Readable.from([await database.backup()]));
      } finally {
        await database.close();
      }
    }
    const handle = await open(partial, 'r');
    await handle.sync().finally(() => handle.close());
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
