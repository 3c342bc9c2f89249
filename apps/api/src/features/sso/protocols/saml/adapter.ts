import type { SamlConfig } from '../schemas.ts';
import { certificateWarnings } from './certificates.ts';
import { configFaults } from './config-faults.ts';
import { importIdpMetadata } from './idp-metadata.ts';
import { authnRequestUrl, newRequestId, newSpKeyPair, spMetadata } from './service-provider.ts';
import type {
  AuthnRequest,
  CertificateWarning,
  ConfigFault,
  ExpectedResponse,
  ImportedIdpMetadata,
  SamlConnection,
  ServiceProvider,
  SpKeyPair,
  VerifiedSamlAssertion,
} from './types.ts';
import { verifyResponse } from './verification.ts';

/**
 * SAML 2.0, web browser SSO profile, as a service provider: no database, no HTTP, no clock of its own. Requests go by
 * HTTP-Redirect, answers come by HTTP-POST.
 */
export interface SamlAdapter {
  /** Entity id and ACS of a connection under the public origin (PUBLIC_URL). */
  serviceProvider(publicUrl: URL, connectionId: string): ServiceProvider;

  /** A request id nobody guesses: an NCName with 160 random bits (SAML Core 1.3.4). */
  newRequestId(): string;

  /**
   * Where to send the browser, AuthnRequest and signature (RSA-SHA256) included.
   *
   * @param now becomes IssueInstant
   * @throws SamlFault `invalid_configuration`
   */
  authnRequestUrl(connection: SamlConnection, request: AuthnRequest, now: Date): Promise<URL>;

  /**
   * What the provider signed, checked whole (SEC-32). The caller then, in one transaction, spends the pending request
   * and writes the assertion id into its replay table. A refused response spends nothing: anybody can post junk.
   *
   * @param samlResponse the form's one field `SAMLResponse`, base64; anything else than one string is refused
   * @throws SamlFault with the cause, for the log and the admin
   */
  verifyResponse(
    connection: SamlConnection,
    samlResponse: unknown,
    expected: ExpectedResponse,
    now: Date,
  ): Promise<VerifiedSamlAssertion>;

  /** Our metadata for the provider's admin, `application/samlmetadata+xml`. */
  spMetadata(connection: SamlConnection): string;

  /**
   * Reads a provider's metadata: no DTD, exactly one IDPSSODescriptor, at most 1 MiB. The document is not trusted for
   * being signed: the admin confirms the fingerprints.
   *
   * @throws SamlFault `invalid_metadata`
   */
  importIdpMetadata(xml: string): ImportedIdpMetadata;

  /** What is wrong with a configuration that fits the schema. `allowLoopback`: http://127.0.0.1 too, for tests only. */
  configFaults(config: SamlConfig, options?: { allowLoopback?: boolean }): ConfigFault[];

  /** The provider's certificates that are over, not begun, or over within 30 days. */
  certificateWarnings(config: SamlConfig, now: Date): CertificateWarning[];

  /** RSA 3072 with a self-signed certificate for ten years, named after the host of PUBLIC_URL. */
  newSpKeyPair(commonName: string, now: Date): Promise<SpKeyPair>;
}

export const samlAdapter: SamlAdapter = {
  serviceProvider: (publicUrl, connectionId) => {
    const base = new URL(`/api/v1/auth/sso/${connectionId}/`, publicUrl);
    return { entityId: new URL('metadata', base).href, acsUrl: new URL('acs', base).href };
  },
  newRequestId,
  authnRequestUrl,
  verifyResponse,
  spMetadata,
  importIdpMetadata,
  configFaults,
  certificateWarnings,
  newSpKeyPair,
};
