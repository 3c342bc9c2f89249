import type { PasswordContext } from '@sallyport/core/password-rules';

/** As core's `assertGoodPassword`, whose lists of words are loaded when the first password is set. */
export async function assertGoodPassword(password: string, pointer: string, context: PasswordContext): Promise<void> {
  const rules = await import('@sallyport/core/password-rules');
  rules.assertGoodPassword(password, pointer, context);
}
