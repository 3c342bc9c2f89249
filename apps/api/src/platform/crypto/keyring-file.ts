import { createSecretKey, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EncryptionKey } from './keyring.ts';

const KEY_BYTES = 32;
const entryPattern = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=?)$/;

/**
 * Reads `id:base64(32 bytes)`, comma separated, or one a line.
 *
 * @returns null when an entry has another form or an id comes twice
 */
export function parseEncryptionKeys(text: string): EncryptionKey[] | null {
  const keys = new Map<string, EncryptionKey>();
  for (const entry of text.trim().split(/[,\n]/)) {
    const [, id, base64] = entryPattern.exec(entry.trim()) ?? [];
    if (id === undefined || base64 === undefined || keys.has(id)) return null;
    keys.set(id, { id, secret: createSecretKey(Buffer.from(base64, 'base64')) });
  }
  return [...keys.values()];
}

/**
 * Whether a key is no work of a random generator: of 32 random bytes 30 differ on average, and fewer than 16 in less
 * than one of 10^15 keys; all printable (a passphrase, hex digits) is one in 10^13.
 */
export function isEvidentlyNotRandom({ secret }: EncryptionKey): boolean {
  const bytes = [...secret.export()];
  const steps = new Set(bytes.slice(1).map((byte, index) => (byte - (bytes[index] ?? 0)) & 0xff));
  return new Set(bytes).size < 16 || steps.size === 1 || bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
}

/**
 * The text of the keys file, which is first generated where there is none. Of several processes that start at once
 * one wins, and all read its keys; a crash leaves either a whole file or none.
 *
 * @throws the file system's error when folder or file cannot be read or written
 */
export function readOrGenerateKeysFile(file: string): string {
  return readIfPresent(file) ?? generate(file);
}

function readIfPresent(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function generate(file: string): string {
  // A random id, so that a new key is never mistaken for a lost one (SEC-55).
  const id = `generated-${randomBytes(4).toString('hex')}`;
  const text = `${id}:${randomBytes(KEY_BYTES).toString('base64')}\n`;
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const descriptor = openSync(temporary, 'wx', 0o600);
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    closeSync(descriptor);
    linkSync(temporary, file);
    return text;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return readFileSync(file, 'utf8');
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
