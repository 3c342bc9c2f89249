import { emailDomain, type SsoFailureCode } from '@sallyport/core';
import type { Db } from '../../../platform/database/database.ts';
import { type ConnectionRow, verifiedDomainsOf } from '../connections/store.ts';
import type { VerifiedIdentity } from '../protocols/identity.ts';
import { identitiesStore } from './store.ts';

/** What a sign-in through a provider comes to. */
export type Decision =
  | { effect: 'sign_in'; userId: string; identityId: string }
  | { effect: 'link'; userId: string }
  | { effect: 'provision'; email: string; name: string }
  | { effect: 'refuse'; code: SsoFailureCode; words: string; userId?: string };

/**
 * Whom an account at a provider signs in (SEC-31, SEC-33). By connection, issuer and subject once it is linked; by the
 * address only the first time, only within the connection's verified domains, only without a password in the way or
 * with a link that was mailed to that very address, and never into another organisation. Changes nothing.
 *
 * @param mailedTo the user whose mailed link began this
 */
export async function decisionOf(
  db: Db,
  connection: ConnectionRow,
  identity: VerifiedIdentity,
  mailedTo: string | null = null,
): Promise<Decision> {
  const store = identitiesStore(db);
  const linked = await store.find(connection.id, identity.issuer, identity.subject);
  if (linked) {
    const { userId } = linked;
    if (linked.organizationId !== connection.organizationId)
      return refuse('sso_failed', 'The user belongs to another organization than the connection.');
    if (linked.tenantId !== identity.tenantId)
      return refuse('sso_failed', 'The account was linked in another directory (tid).', userId);
    if (mailedTo !== null && mailedTo !== userId)
      return refuse('sso_identity_taken', 'The account is linked to another user than the link was mailed to.', userId);
    if (linked.status !== 'active') return refuse('sso_failed', `The user is ${linked.status}.`, userId);
    return { effect: 'sign_in', userId, identityId: linked.id };
  }

  const { email } = identity;
  if (email === null || !identity.mayMatchAddress)
    return refuse('sso_account_unknown', 'The account is not linked, and the provider gave no address it vouches for.');
  if (!verifiedDomainsOf(connection).includes(emailDomain(email))) {
    const words = `The account is not linked, and ${emailDomain(email)} is not a verified domain of this connection.`;
    return refuse('sso_account_unknown', words);
  }
  const holder = await store.findHolder(email, connection.id);
  if (mailedTo !== null && holder?.userId !== mailedTo)
    return refuse('sso_failed', `The link was mailed to another address than ${email}.`, mailedTo);
  if (!holder) {
    if (connection.provisioning === 'jit') return { effect: 'provision', email, name: identity.name ?? email };
    return refuse('sso_account_unknown', `No user has the address ${email}. Invite the person, or allow creation.`);
  }
  if (holder.organizationId !== connection.organizationId)
    return refuse('sso_account_unknown', `The address ${email} cannot be used in this organization.`);
  const { userId } = holder;
  if (holder.status === 'disabled') return refuse('sso_failed', 'The user is disabled.', userId);
  if (holder.hasPassword && mailedTo === null) {
    const words = 'A user with a password has this address. It has to sign in with it and link the account itself.';
    return refuse('sso_link_required', words, userId);
  }
  if (holder.isLinkedHere) {
    const words = 'Another account of this provider is linked to the user with this address. Unlink it first.';
    return refuse('sso_failed', words, userId);
  }
  return { effect: 'link', userId };
}

const refuse = (code: SsoFailureCode, words: string, userId?: string): Decision => ({
  effect: 'refuse',
  code,
  words,
  ...(userId === undefined ? {} : { userId }),
});

/** The decision as the page of a test tells it. */
export function effectInWords(decision: Decision): string {
  switch (decision.effect) {
    case 'sign_in':
      return 'Signs in the user that this account is linked to.';
    case 'link':
      return 'Signs in the user with this address, and links the account to it.';
    case 'provision':
      return `Creates ${decision.email} as a read-only member, and signs it in.`;
    case 'refuse':
      return `Is refused. ${decision.words}`;
  }
}
