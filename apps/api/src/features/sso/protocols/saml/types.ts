import type { SamlConfig } from '../schemas.ts';

/** RSA key with its self-signed certificate: signs our requests and opens encrypted assertions. */
export interface SpKeyPair {
  /** PKCS #8, PEM: secret. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
}

/** Who we are for one connection; from configuration (PUBLIC_URL), never from the request. */
export interface ServiceProvider {
  /** Also the address of our metadata. */
  readonly entityId: string;
  /** AssertionConsumerService, HTTP-POST binding. */
  readonly acsUrl: string;
}

/** All that the adapter needs to know of a connection. */
export interface SamlConnection {
  readonly config: SamlConfig;
  readonly serviceProvider: ServiceProvider;
  readonly keyPair: SpKeyPair;
}

export interface AuthnRequest {
  /** `newRequestId()`; the caller keeps it until the answer comes. */
  readonly requestId: string;
  /** Opaque, 1 to 80 characters of base64url (SAML Bindings 3.4.3); never an address. */
  readonly relayState: string;
}

export interface ExpectedResponse {
  /** Of the pending request, or null for a sign-in that began at the provider. */
  readonly expectedRequestId: string | null;
}

/** What the provider said of one attribute. */
export interface SamlAttribute {
  readonly name: string;
  readonly friendlyName?: string;
  readonly values: readonly string[];
}

/** What was signed, and nothing else. */
export interface VerifiedSamlAssertion {
  /** For the replay table, with the connection: the caller refuses an assertion it has seen before. */
  readonly assertionId: string;
  /** Until when the assertion could be accepted again: so long the replay table keeps it. */
  readonly expiresAt: Date;
  /** Entity id of the provider. */
  readonly issuer: string;
  /** NameID or the named attribute, exactly as it came (compared byte for byte), 1 to 256 characters. */
  readonly subject: string;
  /** As the provider says it: proves no ownership. Not normalised. */
  readonly email?: string;
  readonly name?: string;
  readonly authnContextClassRef?: string;
  readonly authnInstant: Date;
  readonly sessionIndex?: string;
  /** Our session ends then at the latest (SAML Core 2.7.2). */
  readonly sessionNotOnOrAfter?: Date;
  /** Everything that was said, for the page of a test; values of other kinds than text are left out. */
  readonly attributes: readonly SamlAttribute[];
}

export interface ImportedCertificate {
  readonly pem: string;
  /** SHA-256 of the DER, upper-case hex pairs with colons: what the admin compares. */
  readonly fingerprint: string;
  /** Of a certificate that names nobody, its serial number. */
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A provider's metadata, for the admin to confirm. */
export interface ImportedIdpMetadata {
  readonly entityId: string;
  /** HTTP-Redirect binding. */
  readonly ssoUrl: string;
  /** For signing, in the order of the document, each once. */
  readonly certificates: readonly ImportedCertificate[];
  /** URIs, as they are named. */
  readonly nameIdFormats: readonly string[];
  readonly wantAuthnRequestsSigned: boolean;
}

export interface CertificateWarning {
  readonly kind: 'expires_soon' | 'expired' | 'not_yet_valid';
  readonly fingerprint: string;
  readonly subject: string;
  readonly notAfter: Date;
  /** A sentence for the admin. */
  readonly words: string;
}

/** Something in the configuration that the schema cannot see. */
export interface ConfigFault {
  /** RFC 6901, into the config. */
  readonly pointer: string;
  readonly message: string;
}

/** Why a response, a request or metadata is refused; stable, for the audit log and the connection's page. */
export type SamlFaultCode =
  // The message itself
  | 'malformed_response'
  | 'forbidden_xml'
  | 'weak_algorithm'
  | 'unsigned'
  | 'invalid_signature'
  | 'decryption_failed'
  | 'unexpected_structure'
  // What it says
  | 'provider_refused'
  | 'wrong_issuer'
  | 'wrong_destination'
  | 'wrong_recipient'
  | 'wrong_audience'
  | 'wrong_in_response_to'
  | 'unsolicited'
  | 'not_yet_valid'
  | 'expired'
  | 'invalid_subject'
  | 'no_bearer_confirmation'
  | 'no_authn_statement'
  | 'wrong_authn_context'
  // Metadata and configuration
  | 'invalid_metadata'
  | 'invalid_configuration';

/**
 * A refusal with its cause in words that an administrator can act on. The words quote what the provider sent, so they
 * are for the audit log and for admins, never for whoever tries to sign in.
 */
export class SamlFault extends Error {
  readonly code: SamlFaultCode;

  constructor(code: SamlFaultCode, words: string, options?: ErrorOptions) {
    super(words, options);
    this.name = 'SamlFault';
    this.code = code;
  }
}

/** What somebody else wrote, fit for a sentence: quoted, one line, at most 200 characters. */
export function quoted(text: string | null | undefined): string {
  if (text === null || text === undefined || text === '') return 'nothing';
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  return line.length > 200 ? `"${line.slice(0, 200)}…"` : `"${line}"`;
}
