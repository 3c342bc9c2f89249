import type { SsoFailureCode } from '@sallyport/core';
import type { Federation } from '../../access/index.ts';

export type { Federation };

/** What a provider proved of a person, whatever the protocol. */
export interface VerifiedIdentity {
  issuer: string;
  /** Never changes and is never given to somebody else: `oid`, `sub`, NameID or the named attribute. */
  subject: string;
  /** `tid` of Entra. */
  tenantId: string | null;
  /** Normalised. To show; `mayMatchAddress` says whether an invitation may be found by it. */
  email: string | null;
  /**
   * Whether the provider vouches for the address. Even then it finds an account only within the verified domains of
   * the connection, and only once: after that the subject does (SEC-31).
   */
  mayMatchAddress: boolean;
  name: string | null;
  /** The provider says that it asked for more than one factor. */
  multiFactor: boolean;
  federation: Federation;
  /** When the person was last asked to prove itself there, Unix time in milliseconds; null where the provider does not say. */
  authenticatedAtMs: number | null;
  /** What came, for the page of a test. */
  received: ReceivedValue[];
}

export interface ReceivedValue {
  name: string;
  values: string[];
}

/** A sign-in through a provider that came to nothing, with the cause in words an admin can act on. */
export class SsoFault extends Error {
  readonly code: SsoFailureCode;
  /** What the provider sent, as far as it came to that. */
  readonly received: readonly ReceivedValue[];

  /** @param words for the audit log and the connection's page; never a secret, code or token (SEC-42) */
  constructor(
    code: SsoFailureCode,
    words: string,
    options: ErrorOptions & { received?: readonly ReceivedValue[] } = {},
  ) {
    super(printable(words), options);
    this.name = 'SsoFault';
    this.code = code;
    this.received = options.received ?? [];
  }
}

/** Without control characters and lone surrogates: what a provider sends is to be stored and shown. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');

/** What an `acr` or AuthnContextClassRef says that asked for more than one factor. */
const multiFactorContexts = new Set([
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'http://schemas.microsoft.com/claims/multipleauthn',
  'https://refeds.org/profile/mfa',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI',
]);

/**
 * Whether the provider says that it asked for more than one factor.
 *
 * @param amr methods: `mfa` of RFC 8176, or the name that Microsoft's SAML uses
 * @param acr class of the authentication context
 */
export const saysMultiFactor = (amr: readonly string[] | undefined, acr: string | undefined): boolean =>
  (amr?.some((method) => method === 'mfa' || multiFactorContexts.has(method)) ?? false) ||
  (acr !== undefined && multiFactorContexts.has(acr));
