import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSpKeyPair } from '../../../features/sso/saml/key-pair.ts';
import type { SpKeyPair } from '../../../features/sso/saml/types.ts';

const folder = join(import.meta.dirname, '../../../../../../.cache/test-keys');

/** A key pair for tests by its name, the same each time on one machine: making RSA keys takes seconds. */
export async function testKeyPair(name: string): Promise<SpKeyPair> {
  const file = join(folder, `${name}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SpKeyPair;
  } catch {
    const keyPair = await newSpKeyPair(`${name}.test`, new Date());
    mkdirSync(folder, { recursive: true });
    // Others may be making it too; each writes it whole.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(keyPair), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    return keyPair;
  }
}
