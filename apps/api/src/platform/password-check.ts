import { Problem } from '@sallyport/core';
import { type PasswordContext, passwordFault } from '@sallyport/core/password-rules';

/**
 * Refuses a password that the rules of SEC-1 refuse.
 *
 * @param pointer RFC 6901 pointer of the password in the body
 * @throws Problem `weak_password`, which says why
 */
export function assertGoodPassword(password: string, pointer: string, context: PasswordContext): void {
  const fault = passwordFault(password, context);
  if (fault) {
    throw new Problem('weak_password', { detail: fault.message, errors: [{ pointer, message: fault.message }] });
  }
}
