import type { Caller } from '@sallyport/core';

/** Whom an event names: the id, and the address or command name as it was at that moment. */
export interface Party {
  id: string | null;
  name: string;
}

/** A user of whom the log is to say nothing but the id. */
export interface Nameless {
  id: string;
  name: null;
}

/** A user as events name it. */
export const partyOf = ({ userId, email }: { userId: string; email: string }): Party => ({ id: userId, name: email });

/** Who, whom and where of what a user did to itself. */
export function ownDoing(
  user: { userId: string; email: string; organizationId: string } | Pick<Caller, 'userId' | 'email' | 'organization'>,
): { actor: Party; subject: Party; organizationId: string } {
  const organizationId = 'organization' in user ? user.organization.id : user.organizationId;
  return { actor: partyOf(user), subject: partyOf(user), organizationId };
}
