import { accessSync, closeSync, constants, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PGlite } from '@electric-sql/pglite';
import { DataFolderError } from '../data-folder-error.ts';
import { databaseWords } from './errors.ts';
import { DatabaseInUseError, lockFolder } from './folder-lock.ts';
import { MigrationError } from './migrations.ts';
import { migrate } from './migrator.ts';
import { openPGlite } from './pglite.ts';
import { embeddedTemplate } from './template.ts';

// What may lie in a data folder:
//   lock               held while the database is open
//   database           the database; it appears at once, whole and migrated
//   database.new       a database that is being made; the next start removes it
//   database.restored  a whole database that takes the place of `database`; the next start finishes that
//   database.replaced-<time>  what a restore has taken the place of; nothing here removes it
const current = (dataDir: string): string => join(dataDir, 'database');
const unfinished = (dataDir: string): string => join(dataDir, 'database.new');
const restored = (dataDir: string): string => join(dataDir, 'database.restored');

export interface OpenDataFolder {
  pglite: PGlite;
  /** Gives the folder back; call it once PGlite is closed. */
  release: () => void;
}

/**
 * Opens the database in `dataDir`, making folder and database where they are missing. A process killed while it made
 * the database leaves nothing that the next start does not mend (SEC-52).
 *
 * @throws DatabaseInUseError when another process has it open (SEC-54); DataFolderError
 */
export async function openDataFolder(dataDir: string): Promise<OpenDataFolder> {
  try {
    return await open(dataDir);
  } catch (error) {
    if (error instanceof DatabaseInUseError) throw error;
    const isFull = error instanceof MigrationError && databaseWords(error.cause)?.code === DISK_FULL;
    const code = isFull ? 'ENOSPC' : await obstacle(dataDir, error);
    throw error instanceof MigrationError && code === null ? error : new DataFolderError(dataDir, code, error);
  }
}

async function open(dataDir: string): Promise<OpenDataFolder> {
  const release = await takeDataFolder(dataDir);
  try {
    if (!existsSync(current(dataDir))) await place(dataDir, current(dataDir), createDatabase);
    return { pglite: await openPGlite(current(dataDir)), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Closes the database, so that the next start has nothing to recover, and gives the folder back. */
export async function closeDataFolder({ pglite, release }: OpenDataFolder): Promise<void> {
  await closeWhole(pglite);
  release();
}

/** A tarball of something else, or one that is broken. */
export class NoBackupError extends Error {
  override readonly name = 'NoBackupError';

  constructor(options: ErrorOptions) {
    super('This is no backup of the embedded database.', options);
  }
}

/**
 * Puts the content of a backup in the place of the database in `dataDir`, which is kept beside it.
 *
 * @param tarball what `backup()` gave
 * @param prepare brings the database up to date, and judges it, before it takes the place; where it throws, nothing is
 *   changed
 * @returns the path of the database that was there before; null when there was none
 * @throws DatabaseInUseError; NoBackupError; DataFolderError; what `prepare` does
 */
export async function restoreInto(
  dataDir: string,
  tarball: Uint8Array,
  prepare: (pglite: PGlite) => Promise<void>,
): Promise<string | null> {
  const release = await takeDataFolder(dataDir);
  try {
    await place(dataDir, restored(dataDir), async (path) => {
      const pglite = await unpack(dataDir, path, tarball);
      try {
        await prepare(pglite);
      } finally {
        if (!pglite.closed) await closeWhole(pglite);
      }
    });
    return await finishRestore(dataDir);
  } finally {
    release();
  }
}

/** @throws NoBackupError; DataFolderError where the folder is in the way, and not the tarball */
async function unpack(dataDir: string, path: string, tarball: Uint8Array): Promise<PGlite> {
  try {
    // Unpacked here: what PGlite does with a broken archive ends in an unhandled rejection.
    const tar = Uint8Array.from(await promisify(gunzip)(tarball));
    const pglite = await openPGlite(path, new Blob([tar], { type: 'application/x-tar' }));
    await pglite.query('SELECT 1 FROM _prisma_migrations');
    return pglite;
  } catch (cause) {
    const code = await obstacle(dataDir, cause);
    throw code === null ? new NoBackupError({ cause }) : new DataFolderError(dataDir, code, cause);
  }
}

/** SQLSTATE disk_full; PostgreSQL manual, appendix A. */
const DISK_FULL = '53100';
/** More than a database needs to open. */
const ROOM_BYTES = 4 * 1024 * 1024;

/** The system's code of what is in the way, null where nothing is. PGlite tells only numbers of its own, or nothing. */
async function obstacle(dataDir: string, error: unknown): Promise<string | null> {
  const codeOf = (value: unknown): string | null =>
    value instanceof Error && 'syscall' in value && 'code' in value ? String(value.code) : null;
  const probe = join(dataDir, 'probe');
  try {
    const version = join(current(dataDir), 'PG_VERSION');
    if (existsSync(version)) accessSync(version, constants.R_OK | constants.W_OK);
    await writeFile(probe, Buffer.alloc(ROOM_BYTES), { mode: 0o600 });
    return codeOf(error);
  } catch (found) {
    return codeOf(found);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

/** Locks the folder, which is made where it is missing, and mends what a killed process left. */
async function takeDataFolder(dataDir: string): Promise<() => void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const release = lockFolder(dataDir);
  try {
    await rm(unfinished(dataDir), { recursive: true, force: true });
    await finishRestore(dataDir);
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

/** An empty database that has had all migrations: a copy of the template, where there is one. */
async function createDatabase(path: string): Promise<void> {
  const template = await embeddedTemplate();
  if (template === null) return makeDatabase(path);
  await cp(template, path, { recursive: true });
}

/** The same, made from nothing, which takes seconds. */
export async function makeDatabase(path: string): Promise<void> {
  const pglite = await openPGlite(path);
  await migrate({ kind: 'embedded', pglite });
  await closeWhole(pglite);
}

async function closeWhole(pglite: PGlite): Promise<void> {
  await pglite.exec('CHECKPOINT');
  await pglite.close();
}

/** Has a database made under a name that does not count, and renames it once every byte of it is on the disk. */
async function place(dataDir: string, target: string, make: (path: string) => Promise<void>): Promise<void> {
  const path = unfinished(dataDir);
  try {
    await make(path);
    await chmod(path, 0o700);
    syncTree(path);
    await rename(path, target);
    sync(dataDir);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
}

async function finishRestore(dataDir: string): Promise<string | null> {
  if (!existsSync(restored(dataDir))) return null;
  let replaced: string | null = null;
  if (existsSync(current(dataDir))) {
    replaced = `${current(dataDir)}.replaced-${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(current(dataDir), replaced);
  }
  await rename(restored(dataDir), current(dataDir));
  sync(dataDir);
  return replaced;
}

/**
 * fsync of every file and folder under `path`; PGlite itself leaves that to the operating system. A thousand files, one
 * after another and without the thread pool: nothing else runs in this process yet.
 */
function syncTree(path: string): void {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) sync(file);
  for (const folder of new Set(files.map((file) => dirname(file)))) sync(folder);
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
