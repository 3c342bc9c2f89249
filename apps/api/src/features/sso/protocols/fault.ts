import type { SsoFailureCode } from '@sallyport/core';

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
