import type { Access, Role } from '@sallyport/core';

/** Where a request came from; kept with sessions and audit events. */
export interface Origin {
  /** IP address as text. */
  address: string;
  /** At most 512 characters. */
  userAgent: string;
  requestId: string;
}

/** The signed-in user behind a request, as the session row and its user say at this moment. */
export interface Caller {
  userId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  organizationId: string;
  organizationKind: 'partner' | 'customer';
  session: { id: string; method: 'password' | 'sso'; aal: 1 | 2 };
  hasPassword: boolean;
  mfaEnabled: boolean;
  origin: Origin;
}
