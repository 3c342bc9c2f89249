import { randomBytes, timingSafeEqual } from 'node:crypto';
import { newBackupCodes, normalizeBackupCode } from '@sallyport/core/backup-codes';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import { type BackupCodeHashes, type BackupCodes, backupCodesContext } from './store.ts';

const SALT_BYTES = 16;
const SECRET_BYTES = 32;

interface Deps {
  keyring: Keyring;
  hasher: PasswordHasher;
}

/**
 * Ten new codes and the set to store. What they are keyed with is random, and in the database only sealed for the user:
 * so it rotates with the encryption keys, which a hash cannot.
 *
 * @throws Problem `overloaded`
 */
export async function makeBackupCodes(
  { keyring, hasher }: Deps,
  userId: string,
): Promise<{ codes: string[]; set: BackupCodeHashes }> {
  const codes = newBackupCodes();
  const salt = Uint8Array.from(randomBytes(SALT_BYTES));
  const secret = randomBytes(SECRET_BYTES);
  const hashes = await hasher.deriveKeyed(
    codes.map((code) => normalizeBackupCode(code) ?? code),
    salt,
    secret,
  );
  return { codes, set: { salt, secret: keyring.seal(secret, backupCodesContext(userId)), hashes } };
}

/**
 * The hash of the unspent code that a person means, or null where the set has no such code.
 *
 * @throws KeyringError for a secret that was altered or belongs to another user; Problem `overloaded`
 */
export async function findBackupCode(
  { keyring, hasher }: Deps,
  { userId, salt, codesSecret, backupCodeHashes }: BackupCodes,
  input: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const code = normalizeBackupCode(input);
  if (code === null) return null;
  const hashes =
    codesSecret === null
      ? [await hasher.deriveUnkeyed(code, salt)]
      : await hasher.deriveKeyed([code], salt, keyring.open(codesSecret, backupCodesContext(userId)));
  return hashes.find((hash) => backupCodeHashes.some((stored) => timingSafeEqual(stored, hash))) ?? null;
}
