import type { AuditAction, ProblemCode } from '@sallyport/core';
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import type { About } from './about.ts';
import type { PoolState } from './database/database.ts';
import type { ShedReason } from './limits/fair-queue.ts';
import type { MailOutcome } from './mail/worker.ts';
import { type HashPool, type HashPoolObserver, type HashReason, hashReasons } from './passwords/hash-pool.ts';

/** How a step of a sign-in ends: a status of its answer, or the code of the problem. */
export type SignInOutcome = 'authenticated' | 'enrollment_required' | 'mfa_required' | ProblemCode;

/** What `/metrics` shows (Prometheus text format). A registry of its own, so that several services fit in a process. */
export class Metrics {
  private readonly registry = new Registry();
  private textsOfAll: (() => Promise<readonly string[]>) | null = null;

  private readonly requests = new Histogram({
    name: 'sallyport_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  private readonly hashWaits = new Histogram({
    name: 'sallyport_hash_wait_seconds',
    help: 'Time that a password or backup codes waited for a hash slot.',
    labelNames: ['reason'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  private readonly hashesShed = new Counter({
    name: 'sallyport_hashes_shed_total',
    help: 'Passwords and backup codes that were turned away because the queue was full.',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  private readonly signInsShed = new Counter({
    name: 'sallyport_sign_ins_shed_total',
    help: 'Sign-ins that were turned away: too many waited (full), one of less turns took the place (displaced), or it took too long (patience).',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  private readonly signIns = new Counter({
    name: 'sallyport_sign_ins_total',
    help: 'Steps of a sign-in by how they ended.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  private readonly droppedEvents = new Counter({
    name: 'sallyport_audit_events_dropped_total',
    help: 'Events of strangers that were not kept in the audit log, beyond what a source or all may cause.',
    labelNames: ['action'],
    registers: [this.registry],
  });

  private readonly chores = new Histogram({
    name: 'sallyport_chore_duration_seconds',
    help: 'Time that a chore took.',
    labelNames: ['chore', 'outcome'],
    buckets: [0.01, 0.1, 1, 10, 60],
    registers: [this.registry],
  });

  private readonly choreRows = new Counter({
    name: 'sallyport_chore_rows_total',
    help: 'Rows that chores removed or changed.',
    labelNames: ['chore'],
    registers: [this.registry],
  });

  private readonly mails = new Counter({
    name: 'sallyport_mails_total',
    help: 'Tries to hand a mail on by how they ended; failed is tried again.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  /** Give it to the hash pool. */
  readonly hashPoolObserver: HashPoolObserver = {
    waited: (reason, seconds) => this.hashWaits.observe({ reason }, seconds),
    shed: (reason) => this.hashesShed.inc({ reason }),
  };

  readonly contentType = this.registry.contentType;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /**
   * @param request.route   the route's pattern, never the URL: it holds ids, and each would be a series of its own
   * @param request.seconds duration
   */
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void {
    const { method, route, status, seconds } = request;
    this.requests.observe({ method, route, status }, seconds);
  }

  /** @param run.seconds duration */
  observeChore(run: { name: string; outcome: 'done' | 'failed'; rows: number; seconds: number }): void {
    this.chores.observe({ chore: run.name, outcome: run.outcome }, run.seconds);
    this.choreRows.inc({ chore: run.name }, run.rows);
  }

  countMail(outcome: MailOutcome): void {
    this.mails.inc({ outcome });
  }

  /** Which program this is, as labels of a gauge that is always 1. */
  tellBuild({ version, build, schema }: About): void {
    const info = new Gauge({
      name: 'sallyport_build_info',
      help: 'Always 1; the labels say which program this is.',
      labelNames: ['version', 'build', 'schema'],
      registers: [this.registry],
    });
    info.set({ version, build, schema }, 1);
  }

  watchPool(state: () => PoolState): void {
    this.gauge('sallyport_database_connections', 'Connections to PostgreSQL.', () => state().total);
    this.gauge('sallyport_database_connections_idle', 'Those of them that nothing uses.', () => state().idle);
    this.gauge('sallyport_database_waiting', 'Statements that wait for a connection.', () => state().waiting);
  }

  /** Where there should be one. @param isShared whether Redis answers */
  watchRedis(isShared: () => boolean): void {
    this.gauge('sallyport_redis_up', 'Whether counts by source are shared through Redis.', () => Number(isShared()));
  }

  countSignIn(outcome: SignInOutcome): void {
    this.signIns.inc({ outcome });
  }

  countDroppedEvent(action: AuditAction): void {
    this.droppedEvents.inc({ action });
  }

  countShedSignIn(reason: ShedReason): void {
    this.signInsShed.inc({ reason });
  }

  /** @param door with the number of sign-ins that wait in front of it */
  watchDoor(door: { readonly size: number }): void {
    this.gauge('sallyport_sign_ins_waiting', 'Sign-ins that wait for their turn.', () => door.size);
  }

  watchHashPool(pool: HashPool): void {
    this.gauge('sallyport_hash_slots', 'Hashes that may run at once.', () => pool.slots);
    this.gauge('sallyport_hashes_running', 'Hashes that run.', () => pool.running);
    const help = 'Passwords and backup codes that wait for a hash slot.';
    this.gaugeBy('sallyport_hashes_waiting', help, hashReasons, (reason: HashReason) => pool.waitingOf(reason));
  }

  /** @param lagSeconds age of the oldest event that is not sealed; when it rejects, the gauge keeps its last value */
  watchSealing(lagSeconds: () => Promise<number>): void {
    this.gauge('sallyport_audit_seal_lag_seconds', 'Age of the oldest audit event that is not sealed.', lagSeconds);
  }

  /** @param waiting mails in the outbox; when it rejects, the gauge keeps its last value */
  watchMail(waiting: () => Promise<number>): void {
    this.gauge('sallyport_mails_waiting', 'Mails that wait for delivery.', waiting);
  }

  /** @param newestMs when the newest backup was made, in Unix time in milliseconds; null where there is none */
  watchBackups(newestMs: () => Promise<number | null>): void {
    const help = 'When the newest backup of the embedded database was made, in Unix time; 0 where there is none.';
    this.gauge('sallyport_backup_timestamp_seconds', help, async () => ((await newestMs()) ?? 0) / 1000);
  }

  /**
   * Lets `text` tell of all processes of a group.
   *
   * @param number of this one, a label of each of its series
   * @param textsOfAll what `ownText` is in each of them
   */
  joinGroup(number: number, textsOfAll: () => Promise<readonly string[]>): void {
    this.registry.setDefaultLabels({ process: String(number) });
    this.textsOfAll = textsOfAll;
  }

  /** The text of all metrics. */
  async text(): Promise<string> {
    return this.textsOfAll ? mergeMetrics(await this.textsOfAll()) : this.ownText();
  }

  /** Of this process alone, for those who do not read texts. */
  async values(): Promise<MetricObjectWithValues<MetricValue<string>>[]> {
    return this.registry.getMetricsAsJSON();
  }

  /** Of this process alone. */
  async ownText(): Promise<string> {
    return this.registry.metrics();
  }

  private gaugeBy<Reason extends string>(
    name: string,
    help: string,
    reasons: readonly Reason[],
    read: (reason: Reason) => number,
  ): void {
    new Gauge({
      ...{ name, help, labelNames: ['reason'], registers: [this.registry] },
      collect() {
        for (const reason of reasons) this.set({ reason }, read(reason));
      },
    });
  }

  private gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          // The other metrics matter most while the database is away.
        }
      },
    });
  }
}

/** The metrics of the process alone: memory, time, event loop. @param number a label of each series */
export function processMetrics(number: number): () => Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels({ process: String(number) });
  collectDefaultMetrics({ register: registry });
  return () => registry.metrics();
}

/** One text of those of several processes, each of whose series bears its number: a metric is described once. */
function mergeMetrics(texts: readonly string[]): string {
  const samples = new Map<string, string[]>();
  for (const block of texts.flatMap((text) => text.trim().split('\n\n'))) {
    const [help = '', type = '', ...lines] = block.split('\n');
    const key = `${help}\n${type}`;
    samples.set(key, [...(samples.get(key) ?? []), ...lines]);
  }
  return [...samples].map(([head, lines]) => [head, ...lines, ''].join('\n')).join('\n');
}
