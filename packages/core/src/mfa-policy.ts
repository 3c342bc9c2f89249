import { DAY_MS } from './durations.ts';
import type { Settings } from './session-policy.ts';
import type { FactorKind, MfaRequirement, Role, SessionMethod } from './types.ts';

/** What the organisation asks of a user's second factor. */
export interface MfaPolicy {
  /** Of this user, who signs in with a password. */
  required: boolean;
  /** Whether only a factor would do that no imitated page can take: a passkey. */
  phishingResistant: boolean;
  /** Name of the organisation that asks, where it is required. */
  askedBy?: string;
  /** Until when the user comes in without, where that is so. */
  graceEndsAt?: Date;
}

/** Whom the policy is applied to. */
export interface MfaSubject {
  role: Role;
  hasPassword: boolean;
  mfaEnabled: boolean;
  factors: readonly FactorKind[];
  /** From when the grace counts; the beginning of 1970 once it is used up; null before the first sign-in. */
  mfaGraceFrom: Date | null;
  /** The same of whoever has a second factor, and no passkey where one is required. */
  phishingResistantFrom: Date | null;
  /** Name of the organisation that asks. */
  mfaAskedBy: string;
}

/** The settings that are judged. */
export type MfaSettings = Pick<
  Settings,
  'localSignInEnabled' | 'mfaGraceDays' | 'mfaPhishingResistant' | 'mfaRequired'
>;

/** The session that is judged. */
export interface MfaSession {
  method: SessionMethod;
  /** Its sign-in starts the grace where none has begun. */
  createdAt: Date;
  /** Whether a passkey proved the user in it. */
  phishingResistant: boolean;
}

/** Whether `requirement` takes in users of the role. */
export const requiresMfaOf = (requirement: MfaRequirement, role: Role): boolean =>
  requirement === 'everybody' || (requirement === 'admins' && role === 'admin');

/**
 * For how many days a browser of a user may stand for the second step of a sign-in with the password; 0: it may not. The
 * one place where that is judged: a browser is no factor, so it never does where only some factors would.
 */
export const rememberedDaysOf = (policy: MfaPolicy, settings: Pick<Settings, 'rememberedDeviceDays'>): number =>
  policy.phishingResistant ? 0 : settings.rememberedDeviceDays;

/**
 * What is asked of a user, and whether its session opens nothing but enrolment. The one place where that is judged: at
 * sign-in, and at every request of every session.
 *
 * Nothing is asked of a user without a password that counts, nor of a session that began at an identity provider: whose
 * second factor that is, is the provider's matter.
 *
 * Where only a passkey will do, the factor and the session both have to be of that kind: whoever has a passkey and came in
 * by something else, a backup code, is led into adding another one, with no days left, as the passkey was there to be used.
 */
export function mfaDemand(
  { factors, hasPassword, mfaAskedBy, mfaEnabled, mfaGraceFrom, phishingResistantFrom, role }: MfaSubject,
  { localSignInEnabled, mfaGraceDays, mfaPhishingResistant: phishingResistant, mfaRequired }: MfaSettings,
  session: MfaSession,
  now: Date,
): { policy: MfaPolicy; mustEnroll: boolean } {
  const required = hasPassword && localSignInEnabled && requiresMfaOf(mfaRequired, role);
  if (!required) return { policy: { required, phishingResistant: false }, mustEnroll: false };
  const policy: MfaPolicy = { required, phishingResistant, askedBy: mfaAskedBy };
  const hasPasskey = factors.includes('passkey');
  const isMet = phishingResistant ? hasPasskey && session.phishingResistant : mfaEnabled;
  if (isMet || session.method === 'sso') return { policy, mustEnroll: false };
  if (phishingResistant && hasPasskey) return { policy, mustEnroll: true };
  const from = (mfaEnabled ? phishingResistantFrom : mfaGraceFrom) ?? session.createdAt;
  const graceEndsAt = new Date(from.getTime() + mfaGraceDays * DAY_MS);
  return now < graceEndsAt ? { policy: { ...policy, graceEndsAt }, mustEnroll: false } : { policy, mustEnroll: true };
}
