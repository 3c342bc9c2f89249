import { CHALLENGE_SECONDS, SECOND_FACTOR_METHODS, SETTINGS_BOUNDS, type SecondFactorMethod } from '@sallyport/core';
import { safeReturnTo } from '../../base/session/return-to.ts';

/** What the second step needs to know; the challenge itself is an HttpOnly cookie. */
export interface Challenge {
  methods: readonly SecondFactorMethod[];
  /** Unix time in milliseconds by this device's clock. */
  deadlineMs: number;
  /** For how many days this browser can be remembered; absent where it cannot. */
  rememberDeviceDays?: number;
  /** How many hours a reset waits that is asked for by a recovery address; absent where nobody can. */
  recoveryDelayHours?: number;
  returnTo: string;
}

const key = 'sallyport-challenge';
const withoutPasskeys = ['totp', 'backup_code'] as const;

type Offer = 'rememberDeviceDays' | 'recoveryDelayHours';
type Kept = Omit<Challenge, Offer> & Record<Offer, number | undefined>;

/** Keeps the pending sign-in for this tab, so that a reload does not lose it. JSON leaves out what is undefined. */
export function keepChallenge(challenge: Kept): void {
  sessionStorage.setItem(key, JSON.stringify(challenge));
}

export function forgetChallenge(): void {
  sessionStorage.removeItem(key);
}

/**
 * The pending sign-in that single sign-on left to be completed with a code here; its page has it in the address.
 *
 * @param query of the address, untrusted: the challenge itself is the cookie
 * @returns null when the address is not that of such a sign-in
 */
export function challengeFromQuery(query: URLSearchParams, origin: string, nowMs: number): Challenge | null {
  const expiresAtMs = Date.parse(query.get('expiresAt') ?? '');
  if (Number.isNaN(expiresAtMs)) return null;
  const named = (query.get('methods') ?? '').split(',');
  const methods = SECOND_FACTOR_METHODS.filter((method) => named.includes(method));
  const longestMs = CHALLENGE_SECONDS * 1000;
  // Where the clock of this device is wrong, the service still knows the end.
  const isPlausible = expiresAtMs - nowMs <= longestMs && expiresAtMs > nowMs - longestMs;
  const hours = Number(query.get('recoveryDelayHours'));
  const { maximum } = SETTINGS_BOUNDS.recoveryDelayHours;
  return {
    methods: methods.length > 0 ? methods : withoutPasskeys,
    deadlineMs: isPlausible ? expiresAtMs : nowMs + longestMs,
    ...(Number.isInteger(hours) && hours > 0 && hours <= maximum && { recoveryDelayHours: hours }),
    returnTo: safeReturnTo(query.get('returnTo'), origin),
  };
}

/** The pending sign-in that the address names, or that of this tab. */
export const pendingChallenge = (query: URLSearchParams): Challenge | null =>
  challengeFromQuery(query, window.location.origin, Date.now()) ?? readChallenge();

/** The pending sign-in of this tab, or null when there is none (or something else wrote there). */
function readChallenge(): Challenge | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isChallenge(value) ? value : null;
  } catch {
    return null;
  }
}

function isChallenge(value: unknown): value is Challenge {
  if (typeof value !== 'object' || value === null) return false;
  const { methods, deadlineMs, rememberDeviceDays, recoveryDelayHours, returnTo } = value as Record<string, unknown>;
  const areOffers = [rememberDeviceDays, recoveryDelayHours].every((n) => n === undefined || typeof n === 'number');
  return Array.isArray(methods) && typeof deadlineMs === 'number' && areOffers && typeof returnTo === 'string';
}
