/**
 * How failures in a row on one key are slowed down (SEC-3, NIST SP 800-63B-4 section 3.2.2). Plain data, so that one
 * SQL statement can apply it.
 */
export interface AttemptPolicy {
  /** Failures in a row until the first block: the last of them causes it. */
  freeAttempts: number;
  baseSeconds: number;
  maxSeconds: number;
  /**
   * What follows a block. True: the count starts anew, and the next block takes another `freeAttempts` failures.
   * False: each further failure blocks, for twice as long, up to the maximum.
   */
  resetsAfterBlock: boolean;
  /** Failures within a day of the first of them, after which the rest of that day is blocked. Null: no limit. */
  dayLimit: number | null;
  /** How far attempts may raise the count, which others share: one beyond is refused and counts for nothing. */
  upTo?: { inRow: number; inDay: number };
}

/** Requests that fail within a fixed window, from one source address. */
export interface SourcePolicy {
  failures: number;
  windowSeconds: number;
}

/**
 * Passwords: for an address, for a known device, for a user inside a session. The longest block stays within the
 * 15 minutes that SEC-3 promises.
 */
export const passwordPolicy = {
  freeAttempts: 10,
  baseSeconds: 30,
  maxSeconds: 900,
  resetsAfterBlock: false,
  dayLimit: null,
} as const satisfies AttemptPolicy;

/** Codes of a user, across challenges, factors and routes. A guess is right by chance 3 times in a million. */
export const secondFactorPolicy = {
  freeAttempts: 10,
  baseSeconds: 900,
  maxSeconds: 900,
  resetsAfterBlock: true,
  dayLimit: 50,
} as const satisfies AttemptPolicy;

/**
 * The same codes checked within a session, for which nobody showed the password. They stop half way to the block: nobody
 * without the password locks the second step (SEC-3).
 */
export const checkPolicy = {
  ...secondFactorPolicy,
  upTo: { inRow: 5, inDay: 25 },
} as const satisfies AttemptPolicy;

/** Generous, because a whole office can share one address. */
export const sourcePolicy = { failures: 300, windowSeconds: 900 } as const satisfies SourcePolicy;

/** Codes tried in one challenge (SEC-4). */
export const CHALLENGE_ATTEMPTS = 5;
/** Time between password and code (SEC-4). */
export const CHALLENGE_SECONDS = 5 * 60;
/** Time to answer with a passkey, at a sign-in by it alone, too; a pending sign-in lasts as long. */
export const PASSKEY_SECONDS = 5 * 60;
/** Passkeys of one user. */
export const MOST_PASSKEYS = 20;
/** Longest name of a passkey, in UTF-16 code units. */
export const PASSKEY_NAME_LENGTH = 60;
/** Time to confirm an enrolment. */
export const ENROLLMENT_SECONDS = 10 * 60;
/** Time in which another authenticator app proves itself in a sign-in, to take the place of the present one. */
export const CANDIDATE_SECONDS = 7 * 24 * 60 * 60;
/** After how much silence of an authenticator app a code of it is asked for. */
export const APP_CHECK_SECONDS = 28 * 24 * 60 * 60;
export const INVITATION_SECONDS = 7 * 24 * 60 * 60;
/** Life of a mailed link that links an account at a provider; the same, as people are away for some days. */
export const SSO_LINK_SECONDS = 7 * 24 * 60 * 60;
export const PASSWORD_RESET_SECONDS = 60 * 60;
/** How long the link counts that says that a reset of MFA was not asked for. */
export const MFA_RESET_DISPUTE_SECONDS = 7 * 24 * 60 * 60;
/** How long a reset of MFA waits for a second admin. */
export const RESET_APPROVAL_SECONDS = 7 * 24 * 60 * 60;
/** Life of the mailed link that confirms a recovery address. */
export const RECOVERY_ADDRESS_SECONDS = 24 * 60 * 60;
/** Life of the link that is mailed to a recovery address, by which a reset of MFA is asked for. */
export const RECOVERY_SECONDS = 60 * 60;
/** How long a re-enrolment pass is taken; afterwards an admin gives another one. */
export const REENROLLMENT_PASS_SECONDS = 7 * 24 * 60 * 60;

/**
 * Seconds for which the n-th failure in a row blocks the key; 0 when it does not.
 *
 * @param failuresInRow n, from 1
 */
export function blockedSeconds(policy: AttemptPolicy, failuresInRow: number): number {
  const { freeAttempts, baseSeconds, maxSeconds } = policy;
  if (failuresInRow < freeAttempts) return 0;
  if (policy.resetsAfterBlock) return failuresInRow % freeAttempts === 0 ? baseSeconds : 0;
  return Math.min(baseSeconds * 2 ** (failuresInRow - freeAttempts), maxSeconds);
}
