import type { SecondFactorMethod } from './types.ts';

/** What a client does after a refused sign-in, or before a change that asks for a fresh proof. */
export const NEXT_ACTIONS = [
  'sign_in',
  'second_step',
  'enroll',
  'wait',
  'use_sso',
  'reauthenticate',
  'contact_admin',
] as const;

/**
 * Carried by every 401 and 403 of a sign-in, by `reauthentication_required` and `mfa_enrollment_required`, so that a client
 * of one's own is a switch statement.
 */
export interface NextStep {
  action: (typeof NEXT_ACTIONS)[number];
  /** With which second factors; for `reauthenticate` beside the password, none where there is none. */
  methods?: readonly SecondFactorMethod[];
  /** For `use_sso` and `reauthenticate` in a session that began at a provider: through which connection. */
  connectionId?: string;
  /** For `wait`: when another try makes sense. */
  until?: Date;
  /** How many codes may still be tried in this sign-in. */
  attemptsLeft?: number;
}

/** Why a code was refused, once the first step was passed. `candidate`: of an app that only a sign-in takes codes of yet. */
export const CODE_REFUSALS = ['wrong', 'already_used', 'clock_skew', 'candidate'] as const;
export type CodeRefusal = (typeof CODE_REFUSALS)[number];
