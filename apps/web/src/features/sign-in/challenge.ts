export type Method = 'totp' | 'backup_code';

/** What the second step needs to know; the challenge itself is an HttpOnly cookie. */
export interface Challenge {
  methods: readonly Method[];
  /** Unix time in milliseconds by this device's clock. */
  deadlineMs: number;
  returnTo: string;
}

const key = 'sallyport-challenge';

/** Keeps the pending sign-in for this tab, so that a reload does not lose it. */
export function keepChallenge(challenge: Challenge): void {
  sessionStorage.setItem(key, JSON.stringify(challenge));
}

export function forgetChallenge(): void {
  sessionStorage.removeItem(key);
}

/** The pending sign-in of this tab, or null when there is none (or something else wrote there). */
export function readChallenge(): Challenge | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    return isChallenge(value) ? value : null;
  } catch {
    return null;
  }
}

function isChallenge(value: unknown): value is Challenge {
  if (typeof value !== 'object' || value === null) return false;
  const { methods, deadlineMs, returnTo } = value as Record<string, unknown>;
  return Array.isArray(methods) && typeof deadlineMs === 'number' && typeof returnTo === 'string';
}
