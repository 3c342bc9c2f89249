import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Migration {
  /** Folder name: UTC time and what it does, `20261124140000_init`. Their order is the order of the names. */
  name: string;
  sql: string;
  /** SHA-256 of the file in hex, as Prisma Migrate keeps it in `_prisma_migrations`. */
  checksum: string;
}

/** The database cannot be brought to the state that this program needs. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export interface MigrationHistory {
  folder: string;
  /** `migration_lock.toml`. */
  lockfile: string;
  migrations: readonly Migration[];
}

/**
 * The nearest `prisma/` above this file: it is the repository's, run from source as well as from `dist/`.
 *
 * @throws Error when there is none
 */
export function prismaFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'prisma');
    if (existsSync(join(candidate, 'schema.prisma'))) return candidate;
    if (folder === dirname(folder)) throw new Error('There is no prisma/schema.prisma above the program.');
  }
}

/** @param folder the product's own unless told */
export async function readMigrations(folder = join(prismaFolder(), 'migrations')): Promise<MigrationHistory> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  return { folder, lockfile: await readFile(join(folder, 'migration_lock.toml'), 'utf8'), migrations };
}
