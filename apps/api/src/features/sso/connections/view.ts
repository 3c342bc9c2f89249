import { X509Certificate } from 'node:crypto';
import { samlAdapter } from '../protocols/saml/adapter.ts';
import type { ConnectionSecrets, ProviderConfig } from '../protocols/types.ts';
import { ssoUrls } from '../urls.ts';
import type { ConnectionRow } from './store.ts';

/** How a connection reaches its provider, kind and configuration bound together. */
export const providerOf = (row: Pick<ConnectionRow, 'kind' | 'config'>): ProviderConfig =>
  ({ kind: row.kind, config: row.config }) as ProviderConfig;

/** Whether somebody signed in through it as it is configured now. */
export const isWorking = (row: Pick<ConnectionRow, 'enabled' | 'lastSignInAt'>): boolean =>
  row.enabled && row.lastSignInAt !== null;

/** A connection as admins see it. */
export function connectionView(row: ConnectionRow, secrets: ConnectionSecrets, publicUrl: URL, now: Date) {
  const provider = providerOf(row);
  const { id, organizationId, name, kind, enabled, provisioning, mfaPolicy, createdAt, updatedAt, lastSignInAt } = row;
  const unverified = row.domains.filter(({ verified }) => !verified).map((domain) => domain.name);
  return {
    id,
    organizationId,
    name,
    kind,
    enabled,
    domains: row.domains.map((domain) => domain.name),
    unverifiedDomains: unverified,
    provisioning,
    mfaPolicy,
    config: { ...row.config } as Record<string, unknown>,
    hasClientSecret: secrets.clientSecret !== undefined,
    urls: ssoUrls(publicUrl, id, kind),
    certificates: provider.kind === 'saml' ? provider.config.certificates.flatMap(certificateView) : [],
    warnings: [
      ...(provider.kind === 'saml'
        ? samlAdapter.certificateWarnings(provider.config, now).map(({ words }) => words)
        : []),
      ...unverified.map((domain) => `The domain ${domain} is not verified: its addresses do not count yet.`),
      ...(row.domains.length === 0
        ? ['Without a verified domain, people find this connection by its link only, and invitations are not matched.']
        : []),
    ],
    working: isWorking(row),
    lastSignInAt,
    lastFailure: row.lastFailure && { ...row.lastFailure, at: new Date(row.lastFailure.at) },
    createdAt,
    updatedAt,
    version: row.version,
  };
}

/** What the last try showed. */
export function testView({ lastTest, version }: ConnectionRow) {
  if (!lastTest) return null;
  const { federation: _, version: tried, at, ...result } = lastTest;
  return { ...result, at: new Date(at), current: tried === version };
}

function certificateView(pem: string) {
  try {
    const { subject, fingerprint256, validFrom, validTo } = new X509Certificate(asPem(pem));
    return [{ subject, fingerprint: fingerprint256, notBefore: new Date(validFrom), notAfter: new Date(validTo) }];
  } catch {
    return [];
  }
}

const asPem = (text: string): string =>
  text.includes('-----BEGIN') ? text : `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
