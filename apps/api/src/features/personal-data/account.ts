import { normalizeEmail, Problem } from '@sallyport/core';
import type { Account, CredentialsService } from '../users/index.ts';

/**
 * The user whom an operator names.
 *
 * @param who address in any spelling, or id
 * @throws Problem `not_found`
 */
export async function accountOf(passwords: CredentialsService, who: string): Promise<Account> {
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(who);
  const account = await passwords.account(isId ? { id: who } : { email: normalizeEmail(who) });
  if (!account) throw new Problem('not_found', { detail: `There is no user ${who}` });
  return account;
}
