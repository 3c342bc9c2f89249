import { X509Certificate } from 'node:crypto';
import { samlAdapter } from '../protocols/saml/adapter.ts';
import type { ConnectionSecrets } from '../protocols/types.ts';
import { ssoUrls } from '../urls.ts';
import type { ConnectionRow } from './store.ts';

/** Whether somebody signed in through it as it is configured now. */
export const isWorking = (row: Pick<ConnectionRow, 'enabled' | 'lastSignInAt'>): boolean =>
  row.enabled && row.lastSignInAt !== null;

/** A connection as admins see it. */
export function connectionView(connection: ConnectionRow, secrets: ConnectionSecrets, publicUrl: URL, now: Date) {
  const { secrets: _sealed, lastTest: _test, domains, ...row } = connection;
  const unverified = domains.filter(({ verified }) => !verified).map(({ name }) => name);
  return {
    ...row,
    domains: domains.map(({ name }) => name),
    unverifiedDomains: unverified,
    hasClientSecret: secrets.clientSecret !== undefined,
    urls: ssoUrls(publicUrl, row.id, row.kind),
    certificates: row.kind === 'saml' ? row.config.certificates.flatMap(certificateView) : [],
    warnings: [
      ...(row.kind === 'saml' ? samlAdapter.certificateWarnings(row.config, now).map(({ words }) => words) : []),
      ...unverified.map((domain) => `The domain ${domain} is not verified: its addresses do not count yet.`),
      ...(domains.length === 0
        ? ['Without a verified domain, people find this connection by its link only, and invitations are not matched.']
        : []),
    ],
    working: isWorking(row),
    lastFailure: row.lastFailure && { ...row.lastFailure, at: new Date(row.lastFailure.at) },
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
