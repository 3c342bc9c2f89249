/** An account as an authenticator app stores it. */
export interface TotpAccount {
  issuer: string;
  /** The account's name within the issuer: the user's address. */
  name: string;
  /** Shared secret, base32 without padding (RFC 4648 section 6). */
  secret: string;
}

/**
 * Reads a provisioning URI as strictly as the pickiest app would.
 *
 * @throws Error when it asks for anything but SHA-1, 6 digits, 30 seconds, or names no issuer
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function parseKeyUri(text: string): TotpAccount {
  const uri = new URL(text);
  const value = (name: string, fallback: string): string => uri.searchParams.get(name) ?? fallback;
  const isUsual =
    uri.protocol === 'otpauth:' &&
    uri.host === 'totp' &&
    value('algorithm', 'SHA1') === 'SHA1' &&
    value('digits', '6') === '6' &&
    value('period', '30') === '30';
  if (!isUsual) throw new Error(`Common authenticator apps would not take ${uri.protocol}//${uri.host}`);

  const label = decodeURIComponent(uri.pathname.slice(1));
  const colon = label.indexOf(':');
  const issuer = value('issuer', '');
  if (issuer === '' || colon < 0 || label.slice(0, colon) !== issuer) {
    throw new Error(`The label "${label}" does not begin with the issuer "${issuer}"`);
  }
  return { issuer, name: label.slice(colon + 1).trim(), secret: value('secret', '') };
}
