import type { ConnectionSecrets } from '../protocols/identity.ts';
import { certificateWarnings, describeCertificate, readCertificate } from '../protocols/saml/identity-provider.ts';
import { ssoUrls } from '../urls.ts';
import type { ConnectionRow } from './store.ts';

/** Whether somebody signed in through it as it is configured now. */
const isWorking = (row: Pick<ConnectionRow, 'enabled' | 'lastSignInAt'>): boolean =>
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
    certificates: row.kind === 'saml' ? row.config.certificates.map(certificateView) : [],
    warnings: [
      ...(row.kind === 'saml' ? certificateWarnings(row.config, now).map(({ words }) => words) : []),
      ...unverified.map((domain) => `The domain ${domain} is not verified: its addresses do not count yet.`),
      ...domains.flatMap(({ name, missingSince }) =>
        missingSince === null
          ? []
          : [`The DNS record of ${name} is gone since ${missingSince.toISOString().slice(0, 10)}: see Domains.`],
      ),
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

/** What an admin compares with what the provider shows. */
function certificateView(text: string) {
  const { pem: _, ...shown } = describeCertificate(readCertificate(text));
  return shown;
}
