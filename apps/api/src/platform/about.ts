import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prismaFolder } from './database/migrations.ts';

/** Which program this is. */
export interface About {
  /** Of the product, as docs/CHANGELOG.md names it. */
  version: string;
  /** The commit that it was packaged from; `source` for one that runs where it was written. */
  build: string;
  /** The newest migration that it knows, and so needs. */
  schema: string;
}

/** Read from what lies beside the migrations: the product's own package.json, in a checkout as in a package. */
export function readAbout(): About {
  const prisma = prismaFolder();
  const manifest = JSON.parse(readFileSync(join(dirname(prisma), 'package.json'), 'utf8')) as {
    version: string;
    build?: string;
  };
  const migrations = readdirSync(join(prisma, 'migrations')).filter((name) => /^\d{14}_/.test(name));
  return { version: manifest.version, build: manifest.build ?? 'source', schema: migrations.sort().at(-1) ?? '' };
}
