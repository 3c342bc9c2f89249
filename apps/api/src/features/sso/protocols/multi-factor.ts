/** What an `acr` or AuthnContextClassRef says that asked for more than one factor. */
const multiFactorContexts = new Set([
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'http://schemas.microsoft.com/claims/multipleauthn',
  'https://refeds.org/profile/mfa',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI',
]);

/**
 * Whether the provider says that it asked for more than one factor.
 *
 * @param amr methods: `mfa` of RFC 8176, or the name that Microsoft's SAML uses
 * @param acr class of the authentication context
 */
export const saysMultiFactor = (amr: readonly string[] | undefined, acr: string | undefined): boolean =>
  (amr?.some((method) => method === 'mfa' || multiFactorContexts.has(method)) ?? false) ||
  (acr !== undefined && multiFactorContexts.has(acr));
