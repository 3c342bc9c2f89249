import type { Settings } from './session-policy.ts';
import type { MfaRequirement, Role, SessionMethod } from './types.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the organisation asks of a user's second factor. */
export interface MfaPolicy {
  /** Of this user, who signs in with a password. */
  required: boolean;
  /** Whether only a factor would do that no imitated page can take. No organisation can ask for that yet. */
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
  /** From when the grace counts; the beginning of 1970 once it is used up; null before the first sign-in. */
  mfaGraceFrom: Date | null;
  /** Name of the organisation that asks. */
  mfaAskedBy: string;
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
 * @param session how and when it began; its sign-in starts the grace where none has begun
 */
export function mfaDemand(
  { hasPassword, mfaAskedBy, mfaEnabled, mfaGraceFrom, role }: MfaSubject,
  {
    localSignInEnabled,
    mfaGraceDays,
    mfaRequired,
  }: Pick<Settings, 'localSignInEnabled' | 'mfaGraceDays' | 'mfaRequired'>,
  session: { method: SessionMethod; createdAt: Date },
  now: Date,
): { policy: MfaPolicy; mustEnroll: boolean } {
  const required = hasPassword && localSignInEnabled && requiresMfaOf(mfaRequired, role);
  if (!required) return { policy: { required, phishingResistant: false }, mustEnroll: false };
  const policy: MfaPolicy = { required, phishingResistant: false, askedBy: mfaAskedBy };
  if (mfaEnabled || session.method !== 'password') return { policy, mustEnroll: false };
  const graceEndsAt = new Date((mfaGraceFrom ?? session.createdAt).getTime() + mfaGraceDays * DAY_MS);
  return now < graceEndsAt ? { policy: { ...policy, graceEndsAt }, mustEnroll: false } : { policy, mustEnroll: true };
}
