import type { Federation } from '../../access/index.ts';
import type { SamlConfig } from './saml/schemas.ts';

export type { Federation };

export interface EntraConfig {
  clientId: string;
  /** Directories whose users may come in; GUIDs in lower case, at least one. */
  tenantIds: string[];
  allowGuests: boolean;
  allowPersonalAccounts: boolean;
}

export interface GoogleConfig {
  clientId: string;
  /** Workspace domains, in their one spelling, at least one. */
  hostedDomains: string[];
}

export interface OidcConfig {
  issuer: string;
  clientId: string;
  clientAuthentication: 'client_secret_basic' | 'client_secret_post' | 'none';
  signingAlgorithm: string;
  /** Besides `openid`. */
  scopes: string[];
  nameClaim: string | null;
}

/** How a connection reaches its provider: by kind, without secrets. */
export type ProviderConfig =
  | { kind: 'entra'; config: EntraConfig }
  | { kind: 'google'; config: GoogleConfig }
  | { kind: 'oidc'; config: OidcConfig }
  | { kind: 'saml'; config: SamlConfig };

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
