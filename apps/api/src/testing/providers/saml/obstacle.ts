import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export const webRoot = '/usr/share/simplesamlphp/www';

/**
 * Why SimpleSAMLphp cannot run here, or null when it can.
 *
 * Debian has it: `apt-get install --no-install-recommends simplesamlphp php8.2-cgi php8.2-cli php-xml php-mbstring
 * php-sqlite3` (php8.2-cgi keeps Apache's module out).
 */
export function samlProviderObstacle(): string | null {
  if (!existsSync(webRoot)) return 'SimpleSAMLphp is not installed (Debian: simplesamlphp)';
  const modules = spawnSync('php', ['-m'], { encoding: 'utf8' });
  if (modules.status !== 0) return 'PHP is not installed (Debian: php-cli)';
  const missing = ['dom', 'mbstring', 'openssl'].find((name) => !modules.stdout.split('\n').includes(name));
  return missing === undefined ? null : `PHP lacks its module ${missing}`;
}
