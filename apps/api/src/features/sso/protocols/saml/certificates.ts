import { X509Certificate } from 'node:crypto';
import type { SamlConfig } from '../schemas.ts';
import { SamlFault } from './fault.ts';
import type { CertificateWarning, ImportedCertificate } from './types.ts';

const warnBeforeMs = 30 * 24 * 60 * 60_000;

/**
 * @param text PEM, or the base64 of the DER as metadata has it
 * @throws SamlFault `invalid_configuration`
 */
export function readCertificate(text: string): X509Certificate {
  const pem = text.includes('-----') ? text : `-----BEGIN CERTIFICATE-----\n${text.trim()}\n-----END CERTIFICATE-----`;
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new SamlFault('invalid_configuration', 'This is no X.509 certificate in PEM.', { cause });
  }
}

export const describeCertificate = (certificate: X509Certificate): ImportedCertificate => ({
  pem: certificate.toString(),
  fingerprint: certificate.fingerprint256,
  subject: certificate.subject.replaceAll('\n', ', '),
  notBefore: new Date(certificate.validFrom),
  notAfter: new Date(certificate.validTo),
});

/** The verifying library knows RSA alone; below 2048 bits a key is no secret for long (NIST SP 800-131A). */
export function certificateFault(certificate: X509Certificate): string | null {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa') return 'The key of this certificate is not RSA.';
  return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048
    ? 'The RSA key of this certificate is under 2048 bits.'
    : null;
}

/**
 * The provider's certificates an admin should look at. A certificate that is over still verifies: SAML trusts the key
 * that the admin confirmed, and many providers keep an old self-signed one.
 */
export function certificateWarnings(config: SamlConfig, now: Date): CertificateWarning[] {
  return config.certificates.flatMap((text): CertificateWarning[] => {
    const { fingerprint, subject, notBefore, notAfter } = describeCertificate(readCertificate(text));
    const day = (date: Date) => date.toISOString().slice(0, 10);
    const warning = (kind: CertificateWarning['kind'], words: string) => [
      { kind, fingerprint, subject, notAfter, words },
    ];
    if (now < notBefore) {
      return warning('not_yet_valid', `The certificate ${subject} is valid only from ${day(notBefore)}.`);
    }
    if (now >= notAfter) {
      return warning(
        'expired',
        `The certificate ${subject} expired on ${day(notAfter)}: import the provider's new one.`,
      );
    }
    if (notAfter.getTime() - now.getTime() <= warnBeforeMs) {
      const words = `The certificate ${subject} expires on ${day(notAfter)}: add the provider's next one before.`;
      return warning('expires_soon', words);
    }
    return [];
  });
}
