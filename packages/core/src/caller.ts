import type { MfaPolicy } from './mfa-policy.ts';
import type { NextStep } from './next-step.ts';
import { mayChangeAdministration, mayReadAdministration } from './permissions.ts';
import { Problem } from './problem.ts';
import {
  type Access,
  type AssuranceLevel,
  type FactorKind,
  methodsOf,
  type OrganizationKind,
  type Role,
  type SessionMethod,
} from './types.ts';

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
  session: {
    id: string;
    method: SessionMethod;
    aal: AssuranceLevel;
    /** Whether a passkey proved the user in it. */
    phishingResistant: boolean;
  };
  /** The connection that the session began through; null for one that began with a password. */
  connectionId: string | null;
  /** Whether the user proved itself, with all that it has, not longer ago than `PROOF_SECONDS`. */
  isFresh: boolean;
  /** False for a user who signs in through SSO only. */
  hasPassword: boolean;
  mfaEnabled: boolean;
  /** None where MFA is off. */
  factors: readonly FactorKind[];
  mfaPolicy: MfaPolicy;
  /** Whether the session opens nothing before a second factor is set up. */
  mustEnroll: boolean;
  /** Whether passwords are of use in the organisation; where not, none is made, changed or protected (SEC-6). */
  localSignInEnabled: boolean;
  /** Of a new password, in code points: what the organisation demands. */
  minimumPasswordLength: number;
  origin: Origin;
}

/**
 * A program behind a request, as its row and the user who made it say at this moment. It has no session, no password and
 * no factor; what hangs on those is for users alone.
 */
export interface ServiceAccount {
  serviceAccountId: string;
  name: string;
  role: Role;
  access: Access;
  organization: Caller['organization'];
  origin: Origin;
}

/** Whoever is behind a request that programs may send too. */
export type Principal = Caller | ServiceAccount;

export const isServiceAccount = (principal: Principal): principal is ServiceAccount => 'serviceAccountId' in principal;

/** Whether the principal is the user with this id. */
export const isUser = (principal: Principal, id: string): boolean =>
  !isServiceAccount(principal) && principal.userId === id;

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
export function assertMayRead(caller: Pick<Principal, 'role'>): void {
  if (!mayReadAdministration(caller)) throw new Problem('forbidden', { detail: 'Only admins can see this.' });
}

/**
 * The one guard before every change of what others may do (SEC-43).
 *
 * The key of a service account is its proof: it was made with a fresh one, and cannot give another (decision 0030).
 *
 * @throws Problem `forbidden` for members and for admins who may only read; `reauthentication_required` for those whose
 *   proof is too old
 */
export function assertMayChange(caller: Principal): void {
  if (!mayChangeAdministration(caller)) {
    throw new Problem('forbidden', { detail: 'Only admins with read/write access can change this.' });
  }
  if (!isServiceAccount(caller) && !caller.isFresh) throw reauthenticationRequired(caller);
}

/** Whether a password of the caller proves anything (SEC-6). */
export const isProvedByPassword = (caller: Pick<Caller, 'hasPassword' | 'localSignInEnabled'>): boolean =>
  caller.hasPassword && caller.localSignInEnabled;

/** What would make the caller fresh again: password and second factor where there are any, else the provider. */
export function reauthenticationRequired(caller: Caller): Problem {
  const through = caller.connectionId === null ? {} : { connectionId: caller.connectionId };
  if (!isProvedByPassword(caller)) {
    const next: NextStep = { action: 'use_sso', ...through };
    return new Problem('reauthentication_required', { detail: 'Sign in again at your identity provider.', next });
  }
  const methods = caller.mfaEnabled ? methodsOf(caller.factors, caller.mfaPolicy.phishingResistant) : [];
  const detail = caller.mfaEnabled ? 'Show your password and your second factor again.' : 'Enter your password again.';
  return new Problem('reauthentication_required', { detail, next: { action: 'reauthenticate', methods, ...through } });
}
