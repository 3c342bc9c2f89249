import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, embeddedDatabase } from '../platform/database/database.ts';
import { readMigrations } from '../platform/database/migrations.ts';
import { migrate } from '../platform/database/migrator.ts';
import { openPGlite } from '../platform/database/pglite.ts';
import { cacheFolder, templateVersion } from '../platform/database/template.ts';

let template: Promise<Blob> | undefined;

/** A PGlite in memory, filled from the tarball. */
export async function embeddedTestDatabase(): Promise<Database> {
  template ??= embeddedTarball().then(async (file) => new Blob([await readFile(file)]));
  return embeddedDatabase(await openPGlite(undefined, await template));
}

/**
 * Path of a tarball of a freshly migrated database, made where it is missing.
 * Vitest's global setup calls it first, so that two workers do not both make it.
 */
export async function embeddedTarball(): Promise<string> {
  const folder = join(cacheFolder(), 'test-databases');
  const history = await readMigrations();
  const file = join(folder, `${templateVersion(history)}.tar`);
  if (existsSync(file)) return file;

  await mkdir(folder, { recursive: true });
  for (const old of await readdir(folder)) await rm(join(folder, old), { force: true });
  const pglite = await openPGlite();
  await migrate({ kind: 'embedded', pglite }, history);
  await pglite.exec('CHECKPOINT');
  const tarball = await pglite.dumpDataDir('none');
  await pglite.close();
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, new Uint8Array(await tarball.arrayBuffer()));
  await rename(unfinished, file);
  return file;
}
