import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Installed by the system's package manager, or unpacked by `pnpm test` (packages/tasks/src/test/saml-provider.ts). */
const places = ['/', join(import.meta.dirname, '../../../../../.cache/simplesamlphp')];

/** SimpleSAMLphp's folder of pages, where it is. */
export const samlWebRoot = (): string | undefined =>
  places.map((place) => join(place, 'usr/share/simplesamlphp/www')).find((folder) => existsSync(folder));

/** Why SimpleSAMLphp cannot run here, or null when it can. */
export function samlProviderObstacle(): string | null {
  if (samlWebRoot() === undefined) return 'SimpleSAMLphp is not here (Debian: simplesamlphp)';
  const modules = spawnSync('php', ['-m'], { encoding: 'utf8' });
  if (modules.status !== 0) return 'PHP is not installed (Debian: php-cli)';
  const missing = ['dom', 'mbstring', 'openssl'].find((name) => !modules.stdout.split('\n').includes(name));
  return missing === undefined ? null : `PHP lacks its module ${missing} (Debian: php-xml, php-mbstring)`;
}
