import { randomBytes } from 'node:crypto';
import { normalizeEmail } from '@sallyport/core';
import { type Keyring, KeyringError } from '../../platform/crypto/keyring.ts';

const ID_BYTES = 16;

const contextOf = (email: string): string => `device:${normalizeEmail(email)}`;

/**
 * The value of the cookie of a browser that signed in with this address: 128 random bits, sealed for it. So a browser
 * that is likely known is told from a stranger before any queue and without the database (SEC-3).
 */
export const newDeviceToken = (keyring: Keyring, email: string): string =>
  Buffer.from(keyring.seal(randomBytes(ID_BYTES), contextOf(email))).toString('base64url');

/**
 * Whether this service once gave `token` to a browser that signed in with this address. Whether it counts still is for
 * the database to say. Of the spellings that base64 allows only one is taken, so one browser is one key.
 */
export function isDeviceToken(keyring: Keyring, token: string, email: string): boolean {
  const sealed = Buffer.from(token, 'base64url');
  if (sealed.toString('base64url') !== token) return false;
  try {
    return keyring.open(sealed, contextOf(email)).length === ID_BYTES;
  } catch (error) {
    if (error instanceof KeyringError) return false;
    throw error;
  }
}
