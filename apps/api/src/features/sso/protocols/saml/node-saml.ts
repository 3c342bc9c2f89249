import { randomUUID } from 'node:crypto';
import { SAML, type SamlConfig as SamlOptions, ValidateInResponseTo } from '@node-saml/node-saml';
import { XMLSerializer } from '@xmldom/xmldom';
import { readCertificate } from './certificates.ts';
import { nameIdFormats } from './subject.ts';
import { clockSkewMs, maxAssertionAgeMs } from './times.ts';
import type { SamlConnection } from './types.ts';
import { onlyChild, parseXml } from './xml.ts';

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
