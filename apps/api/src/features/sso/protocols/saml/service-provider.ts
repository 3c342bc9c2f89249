// What stands on these libraries is loaded when it is first called: they are a fifth of all that a start would load.
// @peculiar/x509 resolves its own parts through Reflect's metadata.
import 'reflect-metadata';
import { randomBytes, randomUUID, webcrypto } from 'node:crypto';
import {
  generateServiceProviderMetadata,
  SAML,
  type SamlConfig as SamlOptions,
  ValidateInResponseTo,
} from '@node-saml/node-saml';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { XMLSerializer } from '@xmldom/xmldom';
import type { NameIdFormat, SamlConfig } from '../schemas.ts';
import { SamlFault } from './fault.ts';
import { readCertificate } from './identity-provider.ts';
import { clockSkewMs, maxAssertionAgeMs, onlyChild, parseXml } from './xml.ts';

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

/**
 * A connection as far as the protocol goes: SAML 2.0, web browser SSO profile. Requests go by HTTP-Redirect, answers come
 * by HTTP-POST.
 */
export interface SamlConnection {
  readonly config: SamlConfig;
  readonly serviceProvider: ServiceProvider;
  readonly keyPair: SpKeyPair;
}

export const nameIdFormats: Readonly<Record<NameIdFormat, string>> = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  email_address: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
};

/** A request id nobody guesses: an NCName with 160 random bits, which may not begin with a digit (SAML Core 1.3.4). */
export const newRequestId = (): string => `_${randomBytes(20).toString('hex')}`;

/**
 * Where to send the browser, AuthnRequest and signature (RSA-SHA256) included.
 *
 * @param requestId  `newRequestId()`; the caller keeps it until the answer comes
 * @param relayState opaque, 1 to 80 characters of base64url (SAML Bindings 3.4.3); never an address
 * @param now        becomes IssueInstant
 * @throws SamlFault `invalid_configuration`
 */
export async function authnRequestUrl(
  connection: SamlConnection,
  { requestId, relayState }: { requestId: string; relayState: string },
  now: Date,
): Promise<URL> {
  // Only what is encoded alike by everybody is signed alike.
  if (!/^[\w-]{1,80}$/.test(relayState)) {
    throw new SamlFault('invalid_configuration', 'RelayState has to be 1 to 80 characters of base64url.');
  }
  return new URL(await nodeSaml(connection, { requestId }, now).getAuthorizeUrlAsync(relayState, undefined, {}));
}

/** Our metadata for the provider's admin; the same text each time, so that it can be compared and cached. */
export function spMetadata({ config, serviceProvider, keyPair }: SamlConnection): string {
  const { subject } = config;
  return generateServiceProviderMetadata({
    issuer: serviceProvider.entityId,
    callbackUrl: serviceProvider.acsUrl,
    identifierFormat: subject.source === 'name_id' ? nameIdFormats[subject.format] : null,
    wantAssertionsSigned: true,
    decryptionPvk: keyPair.privateKey,
    decryptionCert: keyPair.certificate,
    ...(config.signRequests === false ? {} : { privateKey: keyPair.privateKey, publicCerts: keyPair.certificate }),
    generateUniqueId: () => '_metadata',
  });
}

/** RSA-PKCS1-v1.5 with SHA-256 is what every provider can check; 3072 bits are 128 of strength (NIST SP 800-57). */
const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};

const years = 10;

/**
 * RSA 3072 with a self-signed certificate for ten years. Takes a second or more, off the event loop.
 *
 * @param commonName the host of PUBLIC_URL
 */
export async function newSpKeyPair(commonName: string, now: Date): Promise<SpKeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Positive, as RFC 5280 4.1.2.2 wants it.
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    name: [{ CN: [commonName] }],
    notBefore: now,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    privateKey: PemConverter.encode(pkcs8, PemConverter.PrivateKeyTag),
    certificate: certificate.toString('pem'),
  };
}

/** What differs between one message and the next. */
interface Message {
  requestId?: string;
  /** Whether the response and the assertion have to be signed, each by itself. */
  signed?: { response: boolean; assertion: boolean };
}

/** The library for one message of one connection, with our time instead of the machine's. */
class TimedSaml extends SAML {
  readonly #now: Date;

  constructor(options: SamlOptions, now: Date) {
    super(options);
    this.#now = now;
  }

  protected override checkTimestampsValidityError(
    _machineMs: number,
    notBefore: string,
    notOnOrAfter: string,
    maxTimeLimitMs?: number,
  ): Error | null {
    return super.checkTimestampsValidityError(this.#now.getTime(), notBefore, notOnOrAfter, maxTimeLimitMs);
  }

  /** The library always sends a NameIDPolicy; without a format it asks for nothing, and some providers stumble. */
  protected override async generateAuthorizeRequestAsync(isPassive: boolean, byPost: boolean): Promise<string> {
    const request = parseXml(await super.generateAuthorizeRequestAsync(isPassive, byPost));
    request.setAttribute('IssueInstant', this.#now.toISOString());
    if (this.options.identifierFormat === null) request.removeChild(onlyChild(request, 'protocol', 'NameIDPolicy'));
    return new XMLSerializer().serializeToString(request);
  }
}

/** Every default that matters is set here, because some are wrong (SHA-1, an asked-for context, no age). */
export function nodeSaml({ config, serviceProvider, keyPair }: SamlConnection, message: Message, now: Date): SAML {
  const format = config.requestNameIdFormat;
  return new TimedSaml(
    {
      issuer: serviceProvider.entityId,
      audience: serviceProvider.entityId,
      callbackUrl: serviceProvider.acsUrl,
      idpIssuer: config.idpEntityId,
      idpCert: config.certificates.map((text) => readCertificate(text).toString()),
      entryPoint: config.ssoUrl,
      generateUniqueId: () => message.requestId ?? `_${randomUUID()}`,
      identifierFormat: format === undefined ? null : nameIdFormats[format],
      disableRequestedAuthnContext: config.requestedAuthnContext === undefined,
      authnContext: config.requestedAuthnContext ?? [],
      racComparison: 'exact',
      forceAuthn: config.forceAuthn === true,
      ...(config.signRequests === false ? {} : { privateKey: keyPair.privateKey, signatureAlgorithm: 'sha256' }),
      decryptionPvk: keyPair.privateKey,
      wantAuthnResponseSigned: message.signed?.response ?? true,
      wantAssertionsSigned: message.signed?.assertion ?? true,
      acceptedClockSkewMs: clockSkewMs,
      maxAssertionAgeMs,
      // It believes the outer element, which nobody signed; we compare both with the pending request.
      validateInResponseTo: ValidateInResponseTo.never,
    },
    now,
  );
}
