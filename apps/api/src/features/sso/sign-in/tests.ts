import type { Caller } from '@sallyport/core';
import type { Database } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { AuditService } from '../../audit/index.ts';
import { type ConnectionRow, connectionsStore, type StoredTest } from '../connections/store.ts';
import type { SsoFault } from '../protocols/fault.ts';
import type { VerifiedIdentity } from '../protocols/types.ts';
import { effectInWords } from './decision.ts';
import type { IdentitiesService } from './identities.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  identities: IdentitiesService;
}

type Outcome = Pick<StoredTest, 'outcome' | 'faults' | 'received' | 'account' | 'federation'>;

/** What trying a connection showed: kept on the connection, for its page. Nobody is signed in by it. */
export class SsoTests {
  constructor(private readonly deps: Deps) {}

  async succeeded(caller: Caller, connection: ConnectionRow, identity: VerifiedIdentity): Promise<void> {
    const decision = await this.deps.identities.decision(this.deps.database.client, connection, identity);
    const { issuer, subject, email, name, multiFactor, received, federation } = identity;
    await this.keep(caller, connection, {
      outcome: 'success',
      faults: [],
      received,
      account: { issuer, subject, email, name, multiFactor, effect: effectInWords(decision) },
      federation,
    });
  }

  async failed(caller: Caller, connection: ConnectionRow, fault: SsoFault): Promise<void> {
    await this.keep(caller, connection, {
      outcome: 'failure',
      faults: [fault.message],
      received: fault.received.map(({ name, values }) => ({ name, values })),
      account: null,
      federation: null,
    });
  }

  private async keep(caller: Caller, connection: ConnectionRow, outcome: Outcome): Promise<void> {
    const { audit, clock, database } = this.deps;
    const { id, name, organizationId, version } = connection;
    await database.transaction(async (tx) => {
      await connectionsStore(tx).noteTest(id, {
        ...outcome,
        at: clock.now().toISOString(),
        version,
        testedBy: caller.email,
        requestId: caller.origin.requestId,
      });
      await audit.record(tx, caller.origin, {
        action: 'sso.connection_tested',
        outcome: outcome.outcome,
        actor: { id: caller.userId, name: caller.email },
        subject: null,
        organizationId,
        details: { connectionId: id, connectionName: name, faults: outcome.faults },
      });
    });
  }
}
