/** Bounds of a password in Unicode code points (SEC-1). An organisation may raise the minimum. */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

export type PasswordFaultCode = 'too_short' | 'too_long' | 'common' | 'contains_context';

/** Why a password is not taken; `message` tells the person what to do. */
export interface PasswordFault {
  code: PasswordFaultCode;
  message: string;
}

/**
 * The one form of a password that is judged and hashed: every kind of space is the ASCII space, and composed
 * characters are NFC. Case, width and everything else stay, so that nothing is lost of what the user chose.
 *
 * @see RFC 8265 section 4.2.2 (OpaqueString), in keeping with NIST SP 800-63B-4 section 3.1.1.2
 */
export function normalizePassword(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}

/** Length of a password in code points, once normalised (NIST SP 800-63B-4 section 3.1.1.2). */
export function passwordLength(password: string): number {
  return [...normalizePassword(password)].length;
}

/**
 * The part of the judgement that needs no word list; `@sallyport/core/password-rules` has the whole.
 *
 * @param minimumLength in code points
 */
export function passwordLengthFault(
  password: string,
  minimumLength: number = PASSWORD_MIN_LENGTH,
): PasswordFault | null {
  const length = passwordLength(password);
  if (length < minimumLength) return { code: 'too_short', message: `Use at least ${minimumLength} characters.` };
  if (length > PASSWORD_MAX_LENGTH)
    return { code: 'too_long', message: `Use at most ${PASSWORD_MAX_LENGTH} characters.` };
  return null;
}
