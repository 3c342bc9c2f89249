export { throwAwayCertificates } from './certificates.ts';
export { mapHosts } from './hosts-hook.js';
export type { Account, OidcIssuer, Tampering } from './oidc-provider.ts';
export {
  ENTRA_PERSONAL,
  ENTRA_TENANT_A,
  ENTRA_TENANT_B,
  type OidcProviders,
  startOidcProviders,
} from './oidc-providers.ts';
export { connectOidc } from './scene.ts';
