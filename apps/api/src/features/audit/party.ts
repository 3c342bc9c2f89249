import type { Caller, ServiceAccount } from '@sallyport/core';

/** Whom an event names: the id, and the address or command name as it was at that moment. */
export interface Party {
  id: string | null;
  name: string;
  /** Where a program did it, which is no user: the event keeps it among its details. */
  serviceAccountId?: string;
}

/** A user of whom the log is to say nothing but the id. */
export interface Nameless {
  id: string;
  name: null;
}

/** A user or a program as events name it. */
export const partyOf = (
  who: { userId: string; email: string } | Pick<ServiceAccount, 'serviceAccountId' | 'name'>,
): Party =>
  'serviceAccountId' in who
    ? { id: null, name: `service account: ${who.name}`, serviceAccountId: who.serviceAccountId }
    : { id: who.userId, name: who.email };

/** Who, whom and where of what a user did to itself. */
export function ownDoing(
  user: { userId: string; email: string; organizationId: string } | Pick<Caller, 'userId' | 'email' | 'organization'>,
): { actor: Party; subject: Party; organizationId: string } {
  const organizationId = 'organization' in user ? user.organization.id : user.organizationId;
  return { actor: partyOf(user), subject: partyOf(user), organizationId };
}
