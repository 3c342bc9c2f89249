/** How many backup codes a set has. */
export const BACKUP_CODE_COUNT = 10;
/** From this many left, the user is warned (SEC-13). */
export const BACKUP_CODES_LOW = 3;

/** Crockford's base32: no I, L, O, U, so that no two symbols look alike. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 12;

/**
 * Ten distinct codes of 60 random bits, as `XXXX-XXXX-XXXX`. NIST SP 800-63B-4 section 3.1.2 (look-up secrets) asks
 * for 20 bits, SEC-13 for 50.
 */
export function newBackupCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < BACKUP_CODE_COUNT) codes.add(newCode());
  return [...codes];
}

/**
 * The code a person meant, in the form that is hashed: 12 upper-case symbols. Null when it cannot be one.
 *
 * Case, spaces and any dashes are forgiven, and so are O for 0, and I or L for 1.
 *
 * @see https://www.crockford.com/base32.html
 */
export function normalizeBackupCode(input: string): string | null {
  const code = input
    .replace(/[\s\p{Dash}]/gu, '')
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code) ? code : null;
}

/** One code of the same form, to be read out: the pass that a reset of MFA gives. */
export function newCode(): string {
  // 32 divides 256: the low five bits of a random byte are a random symbol, without bias.
  const bytes = crypto.getRandomValues(new Uint8Array(SYMBOLS));
  const symbols = Array.from(bytes, (byte) => ALPHABET.charAt(byte & 31)).join('');
  return symbols.replace(/(.{4})(?=.)/g, '$1-');
}
