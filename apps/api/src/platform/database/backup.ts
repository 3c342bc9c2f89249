import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { order } from './control-socket.ts';
import { type EmbeddedDatabase, openDatabase } from './database.ts';

/** Ends the name of a backup that is not whole. */
export const PARTIAL = '.partial';

/**
 * Writes a backup of the embedded database to `file`: by way of the process that has the database open, else by opening
 * it. See `writeWhole`.
 *
 * @param dataDir absolute path of the data folder
 */
export async function writeBackup(dataDir: string, file: string): Promise<void> {
  await writeWhole(file, async (write) => {
    if (await order(dataDir, 'backup', write)) return;
    const database = await openDatabase({ kind: 'embedded', dataDir });
    try {
      if (database.kind === 'embedded') await write(Readable.from([await database.backup()]));
    } finally {
      await database.close();
    }
  });
}

/** The same from the process that has the database open. */
export async function writeBackupOf(database: Pick<EmbeddedDatabase, 'backup'>, file: string): Promise<void> {
  await writeWhole(file, async (write) => write(Readable.from([await database.backup()])));
}

/** Writes what `fill` gives to `file`, readable by its owner only. It appears whole and on the disk, or not at all. */
async function writeWhole(
  file: string,
  fill: (write: (tarball: Readable) => Promise<void>) => Promise<void>,
): Promise<void> {
  const partial = file + PARTIAL;
  try {
    await fill((tarball) => pipeline(tarball, createWriteStream(partial, { mode: 0o600 })));
    await sync(partial);
    await rename(partial, file);
    await sync(dirname(file));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
