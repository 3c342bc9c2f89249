import type { Caller, Origin } from '@sallyport/core';
import type { Database } from '../../../platform/database/database.ts';
import { type SourceLimiter, sourceOf } from '../../../platform/limits/limiter.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, partyOf } from '../../audit/index.ts';
import { type ConnectionRow, connectionsStore, type StoredTest } from '../connections/store.ts';
import type { SsoFault, VerifiedIdentity } from '../protocols/identity.ts';
import { effectInWords } from './decision.ts';
import type { IdentitiesService } from './identities.ts';
import type { TransactionRow } from './store.ts';

/** Answers that fit no attempt are anybody's junk: so many of a source are written down, the rest is dropped. */
const STRAYS_PER_SOURCE = 20;
const STRAY_WINDOW_SECONDS = 10 * 60;

interface Deps {
  database: Database;
  clock: Clock;
  limiter: SourceLimiter;
  audit: AuditService;
  identities: IdentitiesService;
}

type TestOutcome = Pick<StoredTest, 'outcome' | 'faults' | 'received' | 'account' | 'federation'>;

/** Keeps what came of an attempt where an admin finds it: in the audit log and on the page of the connection. */
export class SsoOutcomes {
  constructor(private readonly deps: Deps) {}

  /**
   * @param transaction the attempt that the answer belongs to; null for a stray one
   */
  async failed(
    origin: Origin,
    connection: ConnectionRow | null,
    transaction: Pick<TransactionRow, 'purpose' | 'userId'> | null,
    fault: SsoFault,
  ): Promise<void> {
    if (!connection) return;
    const { audit, clock, database, limiter } = this.deps;
    if (!transaction) {
      const source = sourceOf(origin.address);
      if (await limiter.consume('sso-strays', source, STRAYS_PER_SOURCE, STRAY_WINDOW_SECONDS)) return;
    }
    const failure = {
      at: clock.now().toISOString(),
      code: fault.code,
      cause: fault.message,
      requestId: origin.requestId,
    };
    const purpose = transaction?.purpose ?? 'sign_in';
    await database.transaction(async (tx) => {
      if (purpose === 'sign_in' && transaction) await connectionsStore(tx).noteFailure(connection.id, failure);
      await audit.record(tx, origin, {
        action: purpose === 'link' ? 'identity.link_failed' : 'sso.sign_in_failed',
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
