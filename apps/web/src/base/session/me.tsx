import { mayReadAdministration } from '@sallyport/core';
import { useSession } from '@sallyport/react';
import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Me } from '../api/types.ts';

const LastUser = createContext<Me | null>(null);

/** Around what only the signed-in see: who was signed in last is still there while it is being left. */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession();
  const [last, setLast] = useState<Me | null>(null);
  if (session.status === 'signed_in' && session.user !== last) setLast(session.user);
  return <LastUser value={last}>{children}</LastUser>;
}

/** The signed-in user. Only below {@link SignedIn}, in pages whose loader has asked for it. */
export function useMe(): Me {
  const session = useSession();
  const last = useContext(LastUser);
  const me = session.status === 'signed_in' ? session.user : last;
  if (!me) throw new Error('Nobody is signed in.');
  return me;
}

/** Whether there are organizations besides its own that this user may look at. */
export function managesCustomers(me: Me): boolean {
  return mayReadAdministration(me) && me.organization.kind === 'partner';
}
