import type { Federation } from '../../access/index.ts';

export type { Federation };

/** Sealed beside the configuration. */
export interface ConnectionSecrets {
  clientSecret?: string;
  /** SAML: PKCS #8 and certificate, PEM. */
  keyPair?: { privateKey: string; certificate: string };
}

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
  /** What came, for the page of a test. */
  received: ReceivedValue[];
}

export interface ReceivedValue {
  name: string;
  values: string[];
}
