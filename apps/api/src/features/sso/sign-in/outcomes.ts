import type { Caller, Origin } from '@sallyport/core';
import type { Database } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, type EventsOfStrangers, partyOf } from '../../audit/index.ts';
import { type ConnectionRow, connectionsStore, type StoredTest } from '../connections/store.ts';
import type { SsoFault, VerifiedIdentity } from '../protocols/identity.ts';
import { effectInWords } from './decision.ts';
import type { IdentitiesService } from './identities.ts';
import type { TransactionRow } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  strangers: EventsOfStrangers;
  identities: IdentitiesService;
}

type TestOutcome = Pick<StoredTest, 'outcome' | 'faults' | 'received' | 'account' | 'federation'>;

/** Keeps what came of an attempt where an admin finds it: in the audit log and on the page of the connection. */
export class SsoOutcomes {
  constructor(private readonly deps: Deps) {}

  /**
   * @param transaction the attempt that the answer belongs to, without an id where it could not begin; null for a
   *   stray answer
   */
  async failed(
    origin: Origin,
    connection: ConnectionRow | null,
    transaction: (Pick<TransactionRow, 'purpose' | 'userId'> & { id?: string }) | null,
    fault: SsoFault,
  ): Promise<void> {
    if (!connection) return;
    const { audit, clock, database } = this.deps;
    const purpose = transaction?.purpose ?? 'sign_in';
    const action = purpose === 'link' ? 'identity.link_failed' : 'sso.sign_in_failed';
    // Whoever links has signed in; whoever signs in has proved nothing, wherever on the way it failed.
    if (purpose === 'sign_in' && !(await this.keeps(origin, connection, transaction))) return;
    const failure = {
      at: clock.now().toISOString(),
      code: fault.code,
      cause: fault.message,
      requestId: origin.requestId,
    };
    await database.transaction(async (tx) => {
      if (purpose === 'sign_in' && transaction) await connectionsStore(tx).noteFailure(connection.id, failure);
      await audit.record(tx, origin, {
        action,
        outcome: 'failure',
        actor: null,
        subject: null,
        organizationId: connection.organizationId,
        details: {
          connectionId: connection.id,
          connectionName: connection.name,
          purpose,
          code: fault.code,
          cause: fault.message,
        },
      });
    });
  }

  /** Failures to begin, stray answers and answers to an attempt are counted apart: the last are the most worth. */
  private async keeps(
    origin: Origin,
    { id, organizationId }: ConnectionRow,
    transaction: { id?: string } | null,
  ): Promise<boolean> {
    const kind = transaction === null ? 'stray' : transaction.id === undefined ? 'start' : 'answer';
    return this.deps.strangers.keeps(origin, {
      action: 'sso.sign_in_failed',
      organizationId,
      kind,
      target: id,
    });
  }

  /** What a try of a connection showed, kept on the connection for its page; nobody is signed in by it. */
  async testSucceeded(caller: Caller, connection: ConnectionRow, identity: VerifiedIdentity): Promise<void> {
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

  async testFailed(caller: Caller, connection: ConnectionRow, fault: SsoFault): Promise<void> {
    await this.keep(caller, connection, {
      outcome: 'failure',
      faults: [fault.message],
      received: fault.received.map(({ name, values }) => ({ name, values })),
      account: null,
      federation: null,
    });
  }

  private async keep(caller: Caller, connection: ConnectionRow, outcome: TestOutcome): Promise<void> {
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
        actor: partyOf(caller),
        subject: null,
        organizationId,
        details: { connectionId: id, connectionName: name, faults: outcome.faults },
      });
    });
  }
}
