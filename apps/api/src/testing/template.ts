import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type MigrationHistory, prismaFolder } from '../platform/database/migrations.ts';

/** What test databases are copied from changes its name with the migrations: a part of their hash. */
export function templateVersion({ migrations }: MigrationHistory): string {
  const hash = createHash('sha256');
  for (const { name, checksum } of migrations) hash.update(`${name}:${checksum}\n`);
  return hash.digest('hex').slice(0, 12);
}

/** The git-ignored folder for what can be made again. */
export const cacheFolder = (): string => join(dirname(prismaFolder()), '.cache');
