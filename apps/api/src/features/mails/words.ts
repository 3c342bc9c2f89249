/** What several mails say. */

export interface To {
  /** Address. */
  to: string;
}

export const FACTORS_ARE_DEAD =
  'What you had set up for it does not work any more: remove the account from your authenticator app, and passkeys where you keep them.';

export const NOT_YOU =
  'If this was not you, someone else may know your password: change it at once, and tell your administrator.';

/** Mails know no time zone of whoever reads them. */
export const minuteOf = (time: Date): string => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A fragment never reaches a server or its logs. */
export function tokenUrl(publicUrl: URL, path: string, token: string): string {
  const url = new URL(path, publicUrl);
  url.hash = `token=${encodeURIComponent(token)}`;
  return url.href;
}
