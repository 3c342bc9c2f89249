import type { Access, AssuranceLevel, OrganizationKind, Role, SessionMethod } from '@sallyport/core';

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
  organization: { id: string; slug: string; name: string; kind: OrganizationKind };
  session: { id: string; method: SessionMethod; aal: AssuranceLevel };
  /** False for a user who signs in through SSO only. */
  hasPassword: boolean;
  mfaEnabled: boolean;
  origin: Origin;
}
