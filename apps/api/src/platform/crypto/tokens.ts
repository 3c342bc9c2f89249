import { createHash, randomBytes } from 'node:crypto';

/** A bearer secret of 256 random bits, base64url (43 characters). Only its hash is ever stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256 of a bearer secret. The secret has full entropy, so a fast hash is enough (ASVS 5.0 11.4.2). */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(createHash('sha256').update(token).digest());
