/** Longest address that SMTP can carry, in bytes of UTF-8 (RFC 5321 section 4.5.3.1.3, less the angle brackets). */
export const EMAIL_MAX_LENGTH = 254;
/** Longest part before the @, in bytes of UTF-8 (RFC 5321 section 4.5.3.1.1). */
const LOCAL_PART_MAX_LENGTH = 64;

/** WHATWG HTML "valid email address", with the letters, marks and digits of all scripts in the local part (RFC 6531). */
const ADDRESS =
  /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/u;

/** What an internationalised domain name is made of; nothing else is handed to the URL parser. */
const INTERNATIONALIZED_DOMAIN = /^[\p{L}\p{M}\p{N}\p{Join_Control}.·-]+$/u;

/**
 * The one spelling of an address, by which users and counts of failures are found: trimmed, NFKC, lower case, the
 * domain in its ASCII form. Takes anything, judges nothing; normalising twice changes nothing.
 */
export function normalizeEmail(input: string): string {
  const folded = fold(input);
  const at = folded.lastIndexOf('@');
  return at === -1 ? folded : `${folded.slice(0, at)}@${toAscii(folded.slice(at + 1))}`;
}

/** The one spelling of a domain, as it stands in a normalised address. */
export function normalizeDomain(input: string): string {
  return toAscii(fold(input));
}

/** The domain of an address in its one spelling; empty when there is none. */
export function emailDomain(email: string): string {
  const normalized = normalizeEmail(email);
  const at = normalized.lastIndexOf('@');
  return at === -1 ? '' : normalized.slice(at + 1);
}

/** Whether what a person typed is an email address, once it is normalised. */
export function isEmailAddress(input: string): boolean {
  const email = normalizeEmail(input);
  if (!ADDRESS.test(email)) return false;
  return (
    byteLength(email) <= EMAIL_MAX_LENGTH && byteLength(email.slice(0, email.indexOf('@'))) <= LOCAL_PART_MAX_LENGTH
  );
}

function fold(text: string): string {
  // Lower case can undo the normal form, and what NFKC makes can be space.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC').trim();
}

/** The A-label form (RFC 5890) of a folded domain; the domain itself where it has none. */
function toAscii(domain: string): string {
  if (/^\p{ASCII}*$/u.test(domain) || !INTERNATIONALIZED_DOMAIN.test(domain)) return domain;
  return URL.canParse(`https://${domain}`) ? new URL(`https://${domain}`).hostname : domain;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
