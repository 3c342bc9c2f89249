import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { SERVICE_ACCOUNT_KEY_PREFIX } from '@sallyport/core';

const SECRET_BYTES = 32;

const KEY = new RegExp(`^${SERVICE_ACCOUNT_KEY_PREFIX}([0-9a-f]{${2 * SECRET_BYTES}})([0-9a-f]{8})$`);

const checksumOf = (secret: string): string => crc32(secret).toString(16).padStart(8, '0');

/**
 * A key of 256 random bits in hex, after a prefix and before a CRC-32 by which scanners of secrets know it without asking:
 * `sallyport_sa_` and 72 hex digits.
 */
export function newKey(): string {
  const secret = randomBytes(SECRET_BYTES).toString('hex');
  return `${SERVICE_ACCOUNT_KEY_PREFIX}${secret}${checksumOf(secret)}`;
}

/** Whether `text` looks like a key that was made here; anything else needs no look at the database. */
export function isKey(text: string): boolean {
  const [, secret, checksum] = KEY.exec(text) ?? [];
  return secret !== undefined && checksum === checksumOf(secret);
}
