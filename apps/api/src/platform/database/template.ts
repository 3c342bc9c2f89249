import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MigrationHistory, prismaFolder, readMigrations } from './migrations.ts';

/** What databases are copied from changes its name with the migrations: a part of their hash. */
export function templateVersion({ migrations }: MigrationHistory): string {
  const hash = createHash('sha256');
  for (const { name, checksum } of migrations) hash.update(`${name}:${checksum}\n`);
  return hash.digest('hex').slice(0, 12);
}

/** The git-ignored folder for what can be made again. */
export const cacheFolder = (): string => join(dirname(prismaFolder()), '.cache');

/** Beside the built program; beside the sources there is none. */
const ours = fileURLToPath(new URL('./embedded', import.meta.url));
/** What builds made, under the migrations that it has had. */
const madeFolder = async (): Promise<string> =>
  join(cacheFolder(), `embedded-${templateVersion(await readMigrations())}`);

/**
 * The folder of an empty embedded database that has had the migrations: the one of the build, or for a program that
 * runs from its sources what an earlier build of the same migrations left. Null where there is none.
 */
export async function embeddedTemplate(): Promise<string | null> {
  if (existsSync(join(ours, 'PG_VERSION'))) return ours;
  const made = await madeFolder();
  return existsSync(made) ? made : null;
}

/**
 * Part of a build: leaves the template beside the program, so that a first start copies files instead of creating a
 * cluster and running every migration. The one that was made of the same migrations before is taken again.
 *
 * @param make makes the database in a folder that does not exist yet, and closes it
 */
export async function buildEmbeddedTemplate(make: (path: string) => Promise<void>): Promise<void> {
  const made = await madeFolder();
  if (!existsSync(made)) {
    const unfinished = `${made}.${process.pid}`;
    await mkdir(cacheFolder(), { recursive: true });
    await make(unfinished);
    await rename(unfinished, made).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true });
      // Another build was first.
      if (!existsSync(made)) throw error;
    });
  }
  await rm(ours, { recursive: true, force: true });
  await cp(made, ours, { recursive: true });
  // Whoever runs the service need not be who built it. There is nothing in it that is not in the migrations.
  for (const entry of await readdir(ours, { withFileTypes: true, recursive: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
