import type { Origin } from '@sallyport/core';
import type { Database } from '../../../platform/database/database.ts';
import { type SourceLimiter, sourceOf } from '../../../platform/limits/limiter.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { AuditService } from '../../audit/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { SsoFault } from '../protocols/fault.ts';
import type { TransactionRow } from './store.ts';

/** Answers that fit no attempt are anybody's junk: so many of a source are written down, the rest is dropped. */
const STRAYS_PER_SOURCE = 20;
const STRAY_WINDOW_SECONDS = 10 * 60;

interface Deps {
  database: Database;
  clock: Clock;
  limiter: SourceLimiter;
  audit: AuditService;
}

/** Keeps the cause where an admin finds it: in the audit log and on the page of the connection. */
export class SsoFailures {
  constructor(private readonly deps: Deps) {}

  /**
   * @param transaction the attempt that the answer belongs to; null for a stray one
   */
  async record(
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
}

/** For all that is asked of a provider in one step, so that a person has an answer within ten seconds (SEC-34). */
const DEADLINE_MS = 8_000;

/** Waits no longer than the deadline; what goes on behind it ends by its own time limits. */
export async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new SsoFault('sso_unavailable', 'The provider did not answer in time.')),
      DEADLINE_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
