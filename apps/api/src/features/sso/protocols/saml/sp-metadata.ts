import { generateServiceProviderMetadata } from '@node-saml/node-saml';
import { nameIdFormats } from './subject.ts';
import type { SamlConnection } from './types.ts';

/** See `SamlAdapter.spMetadata`. The same text each time, so that it can be compared and cached. */
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
