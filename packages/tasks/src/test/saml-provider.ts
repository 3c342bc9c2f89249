import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { announced } from '../progress.ts';
import { root } from '../repository.js';
import { run } from '../run.ts';

const aptGet = '/usr/bin/apt-get';

/**
 * SimpleSAMLphp, the identity provider of the SAML tests, on Debian and its kin. Where it cannot be had, those tests
 * say so and are skipped. It is unpacked into `.cache/`: installed, it would bring Apache and start it.
 */
export async function ensureSamlProvider(): Promise<void> {
  const target = join(root, '.cache/simplesamlphp');
  if (existsSync('/usr/share/simplesamlphp') || existsSync(target) || !existsSync(aptGet)) return;
  await announced('Fetching SimpleSAMLphp', async () => {
    if (process.getuid?.() === 0) await installPhp();
    const work = `${target}.${process.pid}`;
    mkdirSync(work, { recursive: true });
    await run(aptGet, ['download', 'simplesamlphp'], { cwd: work });
    const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
    const unpacked = join(work, 'unpacked');
    if (archive !== undefined && (await run('dpkg-deb', ['-x', join(work, archive), unpacked])).exitCode === 0) {
      renameSync(unpacked, target);
    }
    rmSync(work, { recursive: true, force: true });
  });
}

async function installPhp(): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run(aptGet, ['update'], { env });
  const packages = ['php-cli', 'php-xml', 'php-mbstring'];
  await run(aptGet, ['install', '--yes', '--no-install-recommends', ...packages], { env });
}
