import type { SsoKind } from '@sallyport/core';
import type { ServiceProvider } from './protocols/saml/service-provider.ts';

const base = (publicUrl: URL, connectionId: string): string => `${publicUrl.origin}/api/v1/auth/sso/${connectionId}`;

/** Where an OIDC provider sends the browser back to: from configuration, never from `Host`. */
export const redirectUri = (publicUrl: URL, connectionId: string): string =>
  `${base(publicUrl, connectionId)}/callback`;

/** Who we are for a SAML provider. */
export const serviceProvider = (publicUrl: URL, connectionId: string): ServiceProvider => ({
  entityId: `${base(publicUrl, connectionId)}/metadata`,
  acsUrl: `${base(publicUrl, connectionId)}/acs`,
});

/** The addresses of a connection that an admin pastes at the provider or into a portal. */
export function ssoUrls(publicUrl: URL, connectionId: string, kind: SsoKind) {
  const start = `${base(publicUrl, connectionId)}/start`;
  if (kind !== 'saml') return { start, redirectUri: redirectUri(publicUrl, connectionId) };
  const saml = serviceProvider(publicUrl, connectionId);
  return { start, ...saml, metadataUrl: saml.entityId };
}

/**
 * The path to return to after a sign-in: on this origin, and nothing that a browser takes for another (SEC-32).
 *
 * @param value as it came, untrusted
 * @returns `fallback` for anything else
 */
export function safeReturnTo(value: string | undefined, fallback = '/'): string {
  if (value === undefined || value.length > 512 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value)) return fallback;
  const origin = 'https://origin.invalid';
  if (!URL.canParse(value, origin)) return fallback;
  const url = new URL(value, origin);
  // The API answers JSON and signs out; nobody is sent there.
  if (url.origin !== origin || url.pathname.startsWith('//') || /^\/api(\/|$)/i.test(url.pathname)) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Adds parameters to a path of our own. */
export function withParameters(path: string, parameters: Record<string, string>): string {
  const url = new URL(path, 'https://origin.invalid');
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return `${url.pathname}${url.search}${url.hash}`;
}
