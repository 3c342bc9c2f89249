import { DAY_MS } from './durations.ts';

/** How long before its end a certificate of a provider is warned of. */
const WARN_BEFORE_MS = 30 * DAY_MS;

/** Whether a certificate of a provider is valid, or will soon not be: within 30 days, the last instant included. */
export function certificateValidity(
  { notBefore, notAfter }: { notBefore: Date; notAfter: Date },
  now: Date,
): 'valid' | 'expires_soon' | 'expired' | 'not_yet_valid' {
  if (now < notBefore) return 'not_yet_valid';
  if (now >= notAfter) return 'expired';
  return notAfter.getTime() - now.getTime() <= WARN_BEFORE_MS ? 'expires_soon' : 'valid';
}
