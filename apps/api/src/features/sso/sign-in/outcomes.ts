import { type Caller, mayChangeAdministration, type Origin } from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, type EventsOfStrangers, partyOf } from '../../audit/index.ts';
import type { StagedChanges } from '../connections/staged-changes.ts';
import { type ConnectionRow, connectionsStore, type StoredTest } from '../connections/store.ts';
import type { SsoFault, VerifiedIdentity } from '../protocols/identity.ts';
import { type Decision, decisionOf, effectInWords } from './decision.ts';
import { identitiesStore, type TransactionRow } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  strangers: EventsOfStrangers;
  stagedChanges: StagedChanges;
}

type TestOutcome = Pick<StoredTest, 'applied' | 'outcome' | 'faults' | 'received' | 'account' | 'federation'>;
/** What was tried: a version of the connection, or a change of it. */
type Tried = Pick<ConnectionRow, 'id' | 'name' | 'organizationId' | 'version' | 'changeId'>;

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

  /**
   * What a try of a connection showed, kept on the connection for its page; nobody is signed in by it. A change that was
   * tried takes effect with it when the person would come in (SEC-35).
   *
   * @throws SsoFault `sso_expired` when the change does not wait any more
   */
  async testSucceeded(caller: Caller, connection: ConnectionRow, identity: VerifiedIdentity): Promise<void> {
    const { database, stagedChanges } = this.deps;
    const { issuer, subject, email, name, multiFactor, received, federation } = identity;
    await database.transaction(async (tx) => {
      const decision = await decisionOf(tx, connection, identity);
      const applies = connection.changeId !== null && (await comesIn(tx, caller, connection, decision));
      const tried = applies ? await stagedChanges.apply(tx, caller, connection) : connection;
      await this.keep(tx, caller, tried, {
        applied: applies,
        outcome: 'success',
        faults: [],
        received,
        account: { issuer, subject, email, name, multiFactor, effect: effectInWords(decision) },
        federation,
      });
    });
  }

  async testFailed(caller: Caller, tried: Tried, fault: SsoFault): Promise<void> {
    await this.deps.database.transaction((tx) =>
      this.keep(tx, caller, tried, {
        outcome: 'failure',
        faults: [fault.message],
        received: fault.received.map(({ name, values }) => ({ name, values })),
        account: null,
        federation: null,
      }),
    );
  }

  private async keep(tx: Transaction, caller: Caller, tried: Tried, outcome: TestOutcome): Promise<void> {
    const { audit, clock } = this.deps;
    const { id, name, organizationId, version, changeId } = tried;
    await connectionsStore(tx).noteTest(id, {
      ...outcome,
      at: clock.now().toISOString(),
      version,
      changeId,
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
  }
}

/** Whether a test by the admin shows that people come in: it would be signed in, or linked. */
async function comesIn(tx: Transaction, caller: Caller, connection: ConnectionRow, decision: Decision) {
  if (!mayChangeAdministration(caller)) return false;
  if (decision.effect === 'sign_in' || decision.effect === 'link') return true;
  // An admin with a password links the account with it, from the own page.
  if (decision.effect !== 'refuse' || decision.code !== 'sso_link_required') return false;
  if (decision.userId !== caller.userId) return false;
  const linked = await identitiesStore(tx).list(caller.userId);
  return !linked.some((identity) => identity.connection.id === connection.id);
}
