import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
/** `nobody`, where there is no user of PostgreSQL's. */
const NOBODY = 65_534;

/**
 * Where PostgreSQL's programs lie: Debian keeps most of them, by version, out of the PATH.
 *
 * @param names what is needed: `initdb`, `pg_ctl`
 * @returns the folder that has all of them, of the newest version; null where none has
 */
export function postgresPrograms(names: readonly string[]): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => names.every((name) => existsSync(join(folder, name)))) ?? null;
}

/** Whom a PostgreSQL of a test's own runs as, for it refuses root; null where the test is not root. */
export function postgresUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : NOBODY;
  };
  return { uid: id('-u'), gid: id('-g') };
}
