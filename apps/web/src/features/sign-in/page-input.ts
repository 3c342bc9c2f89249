/** The address that the page before knew already, from the navigation's state; empty when it did not. */
export function knownEmail(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('email' in state)) return '';
  return typeof state.email === 'string' ? state.email : '';
}

/** The one-time token of a mailed link, from `#token=…`: a fragment never reaches a server or its logs. */
export function tokenFromFragment(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
}
