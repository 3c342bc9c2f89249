import { isDeepStrictEqual } from 'node:util';
import { certificateWarnings, describeCertificate, readCertificate } from '../protocols/saml/identity-provider.ts';
import type { ConnectionSecrets } from '../secrets.ts';
import { ssoUrls } from '../urls.ts';
import type { ConnectionView } from './schemas.ts';
import type { Reach } from './staged-changes.ts';
import { asChanged, type ConnectionRow, stateOf } from './store.ts';

/** Whether somebody signed in through it, and no configuration served since that was not tested. */
const isWorking = (row: Pick<ConnectionRow, 'enabled' | 'lastSignInAt'>): boolean =>
  row.enabled && row.lastSignInAt !== null;

/**
 * A connection as admins see it.
 *
 * @param opened the secrets that serve, and what they will be with the configuration when a change waits
 */
export function connectionView(
  connection: ConnectionRow,
  { secrets, newest }: { secrets: ConnectionSecrets; newest: Reach },
  publicUrl: URL,
  now: Date,
): ConnectionView & { state: string } {
  const { secrets: _sealed, lastTest: _test, change, changeId: _none, domains, ...row } = connection;
  const unverified = domains.filter(({ verified }) => !verified).map(({ name }) => name);
  const view = {
    ...row,
    domains: domains.map(({ name }) => name),
    unverifiedDomains: unverified,
    hasClientSecret: secrets.clientSecret !== undefined,
    urls: ssoUrls(publicUrl, row.id, row.kind),
    certificates: certificatesOf(connection),
    pendingChange: change && {
      config: change.config,
      hasClientSecret: newest.secrets.clientSecret !== undefined,
      secretChanges: !isDeepStrictEqual(newest.secrets, secrets),
      certificates: certificatesOf(asChanged(connection)),
      createdAt: change.createdAt,
      createdBy: change.createdBy,
    },
    /** For the ETag. */
    state: stateOf(connection),
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
  // The change is of the kind of its connection.
  return view as ConnectionView & { state: string };
}

/** What the last try showed. */
export function testView({ change, lastTest, version }: ConnectionRow) {
  if (!lastTest) return null;
  const { federation: _, version: tried, changeId = null, applied = false, at, ...result } = lastTest;
  const current = tried === version && changeId === (change?.id ?? null);
  return { ...result, at: new Date(at), current, ofChange: applied || changeId !== null, applied };
}

const certificatesOf = ({ kind, config }: ConnectionRow) =>
  kind === 'saml' ? config.certificates.map(certificateView) : [];

/** What an admin compares with what the provider shows. */
function certificateView(text: string) {
  const { pem: _, ...shown } = describeCertificate(readCertificate(text));
  return shown;
}
