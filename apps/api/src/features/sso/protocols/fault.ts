/** What the person sees on the sign-in page; the words for each are the SPA's. */
export const ssoFailureCodes = [
  /** Something is wrong with the answer, or the person may not come in: the admin finds the cause. */
  'sso_failed',
  /** The provider knows the person, this service does not. */
  'sso_account_unknown',
  /** The address belongs to a user with a password, which has to be proved first. */
  'sso_link_required',
  /** The account at the provider belongs to another user here. */
  'sso_identity_taken',
  /** The provider is down, slow or answers nonsense, or the connection is switched off. */
  'sso_unavailable',
  /** The attempt took too long, was used already or began in another browser. */
  'sso_expired',
] as const;

export type SsoFailureCode = (typeof ssoFailureCodes)[number];

/** A sign-in through a provider that came to nothing, with the cause in words an admin can act on. */
export class SsoFault extends Error {
  readonly code: SsoFailureCode;
  /** What the provider sent, as far as it came to that. */
  readonly received: readonly { name: string; values: string[] }[];

  /** @param words for the audit log and the connection's page; never a secret, code or token (SEC-42) */
  constructor(
    code: SsoFailureCode,
    words: string,
    options: ErrorOptions & { received?: readonly { name: string; values: string[] }[] } = {},
  ) {
    super(printable(words), options);
    this.name = 'SsoFault';
    this.code = code;
    this.received = options.received ?? [];
  }
}

/** Without control characters and lone surrogates: what a provider sends is to be stored and shown. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
