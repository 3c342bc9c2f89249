import {
  type Caller,
  type PasswordlessWay,
  type PreviewGroup,
  STRANDED_REASONS,
  WAYS_OTHERWISE,
  type WayIn,
} from '@sallyport/core';
import { decodeCursor, pageOf } from '../../platform/database/cursor.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { type Outbound, OutboundError } from '../../platform/net/outbound.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { SessionsService } from '../access/index.ts';
import type { SettingsAfter } from '../organizations/index.ts';
import { connectionsStore } from './connections/store.ts';
import { domainsStore } from './domains/store.ts';
import { issuerOf } from './protocols/oidc/discovered-clients.ts';
import { certificateWarnings } from './protocols/saml/identity-provider.ts';
import type { Provider } from './protocols/schemas.ts';
import type { MailedLinks } from './sign-in/mailed-links.ts';
import { identitiesStore } from './sign-in/store.ts';

/** What the preview of settings asks for. */
interface WaysQuery {
  after: SettingsAfter | null;
  group: PreviewGroup;
  limit: number;
  cursor?: string | undefined;
}

const WAYS_OF: Record<PreviewGroup, readonly WayIn[]> = {
  ready: ['password', 'linked', 'by_address'],
  otherwise: WAYS_OTHERWISE,
  in_grace: ['by_mail', 'factor_due'],
  stranded: STRANDED_REASONS,
};

/** What other features ask of single sign-on. */
export class SsoDirectory {
  constructor(
    private readonly deps: { clock: Clock; database: Database; mailedLinks: MailedLinks; sessions: SessionsService },
  ) {}

  /** The connections that take the addresses of a domain: those of the organisation that proved it. */
  async connectionsOfDomain(domain: string) {
    return connectionsStore(this.deps.database.client).ofDomain(domain);
  }

  /** Somebody came in through the connection, and passed the second step here too, in the transaction of that. */
  async noteSignIn(tx: Transaction, connectionId: string): Promise<void> {
    await connectionsStore(tx).noteSignIn(connectionId, this.deps.clock.now(), { wait: true });
  }

  /** The organisation that proved the domain. */
  async ownerOfDomain(domain: string): Promise<string | null> {
    return domainsStore(this.deps.database.client).ownerOf(domain);
  }

  /** The connections behind an organisation's own sign-in link. */
  async connectionsOfOrganization(organizationId: string) {
    return connectionsStore(this.deps.database.client).ofOrganization(organizationId);
  }

  /**
   * Whether local sign-in may be switched off in an organisation: its own connection works, and the caller, who could
   * lock itself out, came in through a working connection (of this organisation, or of the partner above it, since a
   * connection signs in users of its own organisation only).
   */
  async isWorking(tx: Transaction, organizationId: string, caller: Caller): Promise<boolean> {
    const store = connectionsStore(tx);
    const connectionId = await this.deps.sessions.connectionOf(tx, caller.session.id);
    if (connectionId === null || !(await store.isWorking(connectionId))) return false;
    return (await store.waysIn(organizationId)).working;
  }

  /** Those of the organisations that have a connection that works. */
  async working(tx: Transaction, organizationIds: readonly string[]): Promise<ReadonlySet<string>> {
    return connectionsStore(tx).withWorking(organizationIds);
  }

  /** How the user would come in without a password. Null for one who is disabled. */
  async wayOf(tx: Transaction, userId: string): Promise<PasswordlessWay | null> {
    return identitiesStore(tx).wayOf(userId);
  }

  /**
   * How many users of the organisations could sign in: as they are (`ready`), in a way that becomes `otherwise`, for now
   * (`inGrace`: with a link that is mailed to them, or without the second factor that they have to set up within some
   * days), or not; and who of one of these groups, a page in the order of their addresses.
   *
   * @param after the settings that would be in force; null where no password counts
   */
  async waysIn(organizationIds: readonly string[], { after, cursor, group, limit }: WaysQuery) {
    const { clock, database } = this.deps;
    const store = identitiesStore(database.client);
    const rule = after && { after, now: clock.now() };
    const filter = { organizationIds, after, group };
    const from = cursor === undefined ? null : decodeCursor(filter, cursor);
    const counts = await store.countWays(organizationIds, rule);
    const rows = await store.listGoers(organizationIds, rule, WAYS_OF[group], from, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, filter, ({ email }) => email);
    const count = (of: PreviewGroup) => WAYS_OF[of].reduce((sum, way) => sum + (counts.get(way) ?? 0), 0);
    return {
      ready: count('ready'),
      otherwise: count('otherwise'),
      inGrace: count('in_grace'),
      stranded: count('stranded'),
      users: items.map(({ userId: id, email, name, way: why, ...row }) => ({
        id,
        email,
        name,
        why,
        organization: {
          id: row.organizationId,
          slug: row.organizationSlug,
          name: row.organizationName,
          kind: row.organizationKind,
        },
      })),
      nextCursor,
    };
  }

  /** Mails those whose password is in the way a link; how many. Ask for delivery after the commit. */
  async mailLinks(tx: Transaction, organizationIds: readonly string[]): Promise<number> {
    return this.deps.mailedLinks.mailAll(tx, organizationIds);
  }
}

interface ExaminedConnection {
  /** Slug of the organisation, and the connection's name. */
  organization: string;
  name: string;
  /** What an admin should look at; none where all is well. */
  faults: string[];
}

/** Whether the providers of all enabled connections can be reached, and when their certificates end: for the operator. */
export async function examineConnections(deps: {
  database: Database;
  clock: Clock;
  outbound: Outbound;
}): Promise<ExaminedConnection[]> {
  const rows = await connectionsStore(deps.database.client).listEnabled();
  return Promise.all(
    rows.map(async ({ organization, name, ...provider }) => ({
      organization,
      name,
      faults: await faultsOf(provider, deps),
    })),
  );
}

async function faultsOf(
  provider: Provider,
  { clock, outbound }: { clock: Clock; outbound: Outbound },
): Promise<string[]> {
  if (provider.kind === 'saml') {
    return certificateWarnings(provider.config, clock.now()).map(({ words }) => words);
  }
  const issuer = issuerOf(provider).href.replace(/\/$/, '');
  try {
    const { status } = await outbound.fetch(`${issuer}/.well-known/openid-configuration`);
    return status === 200 ? [] : [`${issuer} answers with ${status} where its configuration should be.`];
  } catch (error) {
    if (error instanceof OutboundError) return [error.message];
    throw error;
  }
}
