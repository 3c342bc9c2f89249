import type { Origin } from '@sallyport/core';
import type { Database } from '../../platform/database/database.ts';
import { type Budget, type SourceLimiter, sourceOf } from '../../platform/limits/limiter.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { AuditService } from './service.ts';
import { type DroppedEvents, droppedEventsStore } from './strangers.store.ts';

const WINDOW_SECONDS = 10 * 60;
/** Of one kind at one target from one source: a whole office may mistype from one address. */
const OF_SOURCE: Budget = { bucket: 'audit-of-source', points: 20, seconds: WINDOW_SECONDS };
/** Of whatever kind, wherever, from one source. */
const OF_SOURCE_IN_ALL: Budget = { bucket: 'audit-of-source-in-all', points: 100, seconds: WINDOW_SECONDS };
/** Of one kind at one target from all sources. */
const OF_KIND: Budget = { bucket: 'audit-of-kind', points: 500, seconds: WINDOW_SECONDS };
/** How often it is told what was dropped. */
export const TELL_EVERY_MS = WINDOW_SECONDS * 1000;

interface StrangersEvent extends Omit<DroppedEvents, 'count'> {
  /** Of our own making: what is kept and dropped apart, so that a flood of one kind costs no event of another. */
  kind: string;
  /** Id of what it was tried at, which is counted by itself; nothing that a stranger makes up. */
  target?: string;
}

interface Deps {
  database: Database;
  limiter: SourceLimiter;
  metrics: Metrics;
  audit: AuditService;
}

/**
 * What anybody can cause who has proved nothing and touches no account: of that, a source and all sources together may
 * write only so much into the log within a window (SEC-56). The rest is counted, and told by one event a window. What
 * concerns an account (a wrong password or code, a lock) never comes here: the count of the account bounds it, and no
 * flood of something else may hide it.
 */
export class EventsOfStrangers {
  constructor(private readonly deps: Deps) {}

  /**
   * Whether an event is to be recorded. Where not, it is counted as dropped, which like recording is one small write: the
   * time of an answer must not tell which it was (SEC-2).
   */
  async keeps(origin: Origin, event: StrangersEvent): Promise<boolean> {
    if (await this.isWithin(origin, event)) return true;
    const { action, organizationId } = event;
    this.deps.metrics.countDroppedEvent(action);
    await droppedEventsStore(this.deps.database.client).add({ action, organizationId, count: 1 });
    return false;
  }

  /** Counts an event against what its source and all sources may cause of its kind. */
  async isWithin(
    origin: Origin,
    { action, kind, target = '' }: Omit<StrangersEvent, 'organizationId'>,
  ): Promise<boolean> {
    const source = sourceOf(origin.address);
    const what = `${action} ${kind} ${target}`;
    // What a source may not cause any more takes nothing of what all may.
    return (
      (await this.takes(OF_SOURCE, `${what} ${source}`)) &&
      (await this.takes(OF_SOURCE_IN_ALL, source)) &&
      (await this.takes(OF_KIND, what))
    );
  }

  private async takes({ bucket, points, seconds }: Budget, key: string): Promise<boolean> {
    return (await this.deps.limiter.consume(bucket, key, points, seconds)) === null;
  }

  /** Writes down how many events were dropped since the last time; how many lines that took. */
  async tell(): Promise<number> {
    const { audit, database } = this.deps;
    return database.transaction(async (tx) => {
      const dropped = await droppedEventsStore(tx).take();
      const event = { action: 'audit.dropped', actor: null, subject: null } as const;
      await audit.recordMany(
        tx,
        dropped.map(({ action, organizationId, count }) => ({ ...event, organizationId, details: { action, count } })),
      );
      return dropped.length;
    });
  }
}
