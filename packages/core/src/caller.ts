import { mayChangeAdministration, mayReadAdministration } from './permissions.ts';
import { Problem } from './problem.ts';
import type { Access, AssuranceLevel, OrganizationKind, Role, SessionMethod } from './types.ts';

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
  /** Whether passwords are of use in the organisation; where not, none is made, changed or protected (SEC-6). */
  localSignInEnabled: boolean;
  /** Of a new password, in code points: what the organisation demands. */
  minimumPasswordLength: number;
  origin: Origin;
}

/** A session that was just opened or refreshed, with what its cookies carry. */
export interface IssuedSession {
  id: string;
  userId: string;
  organizationId: string;
  aal: AssuranceLevel;
  /** Opaque, base64url. */
  refreshToken: string;
  expiresAt: Date;
}

/** @throws Problem `forbidden` for members */
export function assertMayRead(caller: Caller): void {
  if (!mayReadAdministration(caller)) throw new Problem('forbidden', { detail: 'Only admins can see this.' });
}

/** @throws Problem `forbidden` for members and for admins who may only read */
export function assertMayChange(caller: Caller): void {
  if (!mayChangeAdministration(caller)) {
    throw new Problem('forbidden', { detail: 'Only admins with read/write access can change this.' });
  }
}
