import {
  APP_CHECK_SECONDS,
  type Caller,
  isProvedByPassword,
  type MfaPolicy,
  methodsOf,
  Problem,
  reauthenticationRequired,
} from '@sallyport/core';

interface Enrollable {
  enabled: boolean;
  /** Whether MFA could be turned on. */
  canEnroll: boolean;
  /** Problem code that says why it cannot. */
  reason?: 'mfa_requires_local_password' | 'mfa_already_enabled' | 'local_sign_in_disabled';
}

export interface MfaStatus extends Enrollable {
  /** Whether the session opens nothing before a second factor is set up. */
  mustEnroll: boolean;
  policy: MfaPolicy;
}

/** Whether the user has MFA, whether it could be turned on, and whether it has to be. */
export function mfaStatus(caller: Caller): MfaStatus {
  return { ...enrollable(caller), mustEnroll: caller.mustEnroll, policy: caller.mfaPolicy };
}

function enrollable(caller: Pick<Caller, 'mfaEnabled' | 'hasPassword' | 'localSignInEnabled'>): Enrollable {
  if (caller.mfaEnabled) return { enabled: true, canEnroll: false, reason: 'mfa_already_enabled' };
  if (!caller.hasPassword) return { enabled: false, canEnroll: false, reason: 'mfa_requires_local_password' };
  // Nobody asks for the second factor of a password that opens nothing (SEC-6).
  if (!caller.localSignInEnabled) return { enabled: false, canEnroll: false, reason: 'local_sign_in_disabled' };
  return { enabled: false, canEnroll: true };
}

/**
 * When a code of the app is to be asked for, to see whether it is there still.
 *
 * @param lastUse when a code of it was accepted last; null without an app
 * @returns null also where no code of an app is taken at present: nobody needs to keep one for that
 */
export function appCheckDueAt(caller: Caller, lastUse: Date | null): Date | null {
  const isTaken = methodsOf(caller.factors, caller.mfaPolicy.phishingResistant).includes('totp');
  if (lastUse === null || !isTaken || !isProvedByPassword(caller)) return null;
  return new Date(lastUse.getTime() + APP_CHECK_SECONDS * 1000);
}

/**
 * Whether the caller may add a factor, be it the first or another one. Where MFA is on, the session has passed it: a
 * session that came through a provider's word alone, and the password, bind no factor (NIST SP 800-63B-4, section 4.1.2).
 *
 * @throws Problem `mfa_requires_local_password`, `local_sign_in_disabled`, `reauthentication_required`
 */
export function assertMayAddFactor(caller: Caller): void {
  assertMayHaveFactors(caller);
  if (caller.mfaEnabled && caller.session.aal < 2) throw reauthenticationRequired(caller);
}

/** @throws Problem `mfa_requires_local_password`, `local_sign_in_disabled` where a second factor would be of no use */
export function assertMayHaveFactors(caller: Caller): void {
  const { reason } = enrollable({ ...caller, mfaEnabled: false });
  if (reason) throw new Problem(reason);
}
