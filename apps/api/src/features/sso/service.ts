import type { Caller } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { SessionsService } from '../access/index.ts';
import { connectionsStore } from './connections/store.ts';
import { domainsStore } from './domains/store.ts';

/** What other features ask of single sign-on. */
export class SsoDirectory {
  constructor(private readonly deps: { clock: Clock; database: Database; sessions: SessionsService }) {}

  /** The connections that take the addresses of a domain: those of the organisation that proved it. */
  async connectionsOfDomain(domain: string) {
    return connectionsStore(this.deps.database.client).ofDomain(domain);
  }

  /** Somebody came in through the connection, and passed the second step here too, in the transaction of that. */
  async noteSignIn(tx: Transaction, connectionId: string): Promise<void> {
    await connectionsStore(tx).noteSignIn(connectionId, null, this.deps.clock.now());
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
}
