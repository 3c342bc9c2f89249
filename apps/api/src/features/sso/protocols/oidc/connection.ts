import type { ProviderConfig } from '../types.ts';

/** A connection as far as the protocol goes. */
export interface OidcConnection {
  id: string;
  version: number;
  provider: Exclude<ProviderConfig, { kind: 'saml' }>;
  clientSecret: string | undefined;
}
