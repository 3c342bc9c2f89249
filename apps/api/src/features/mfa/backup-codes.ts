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
 * Hashes of codes under a salt and a secret of their own. What they are keyed with is random, and in the database only sealed for the user:
 * so it rotates with the encryption keys, which a hash cannot.
 *
 * @throws Problem `overloaded`
 */
export async function hashCodes(
  { keyring, hasher }: Deps,
  codes: readonly string[],
  context: string,
): Promise<BackupCodeHashes> {
  const salt = Uint8Array.from(randomBytes(SALT_BYTES));
  const secret = randomBytes(SECRET_BYTES);
  const hashes = await hasher.deriveKeyed(
    codes.map((code) => normalizeBackupCode(code) ?? code),
    salt,
    secret,
  );
  return { salt, secret: keyring.seal(secret, context), hashes };
}

/**
 * Ten new codes and the set to store.
 *
 * @throws Problem `overloaded`
 */
export async function makeBackupCodes(deps: Deps, userId: string): Promise<{ codes: string[]; set: BackupCodeHashes }> {
  const codes = newBackupCodes();
  return { codes, set: await hashCodes(deps, codes, backupCodesContext(userId)) };
}

/**
 * The hash of the unspent code that a person means, or null where the set has no such code.
 *
 * @throws KeyringError for a secret that was altered or belongs to another user; Problem `overloaded`
 */
export async function findBackupCode(
  deps: Deps,
  { userId, salt, codesSecret: secret, backupCodeHashes }: BackupCodes,
  input: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  return findCode(deps, { salt, secret }, backupCodeHashes, backupCodesContext(userId), input);
}

/**
 * The one of `hashes` that the code has which a person means, or null.
 *
 * @param keyed with what the hashes were made; the secret is sealed for `context`, and null where there was none
 * @throws KeyringError for a secret that was altered or belongs to another user; Problem `overloaded`
 */
export async function findCode(
  { keyring, hasher }: Deps,
  { salt, secret }: { salt: Uint8Array; secret: Uint8Array | null },
  hashes: readonly Uint8Array[],
  context: string,
  input: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const code = normalizeBackupCode(input);
  if (code === null) return null;
  const made =
    secret === null
      ? [await hasher.deriveUnkeyed(code, salt)]
      : await hasher.deriveKeyed([code], salt, keyring.open(secret, context));
  return made.find((hash) => hashes.some((stored) => timingSafeEqual(stored, hash))) ?? null;
}
