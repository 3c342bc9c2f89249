import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Metrics } from '../metrics.ts';
import { noTracing, type Tracing } from '../telemetry/tracing.ts';

/** Work that comes back: what is over is removed, what may have changed is looked at again (SEC-58). */
export interface Chore {
  /** Words for log and metrics; unique. */
  readonly name: string;
  /** Milliseconds from the end of one run to the next. */
  readonly everyMs: number;
  /** @returns how many rows were removed or changed */
  run(): Promise<number>;
  /** Asked before each run, on every instance: where it says false the run is left out. For what comes often. */
  isDue?(): Promise<boolean>;
  /** Runs once more when the service stops. */
  readonly atStop?: boolean;
}

interface Deps {
  database: Database;
  logger: Pick<Logger, 'warn'>;
  metrics: Metrics;
  tracing?: Tracing;
}

/** Runs the chores of all features, each on one instance at a time, and measures them. */
export class Chores {
  private readonly timers = new Map<Chore, NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = true;

  constructor(
    private readonly deps: Deps,
    private readonly chores: readonly Chore[],
  ) {}

  /** The first run of each comes after its interval, spread so that instances started together do not meet. */
  start(): void {
    this.stopped = false;
    for (const chore of this.chores) this.schedule(chore, chore.everyMs * (0.5 + Math.random() / 2));
  }

  /** Ends when the chores in hand have, and those that run at the stop. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.running);
    for (const chore of this.chores) if (chore.atStop) await this.run(chore);
  }

  /** Runs a chore now, unless another instance does. Never throws: a chore that failed comes again. */
  async run(chore: Chore): Promise<void> {
    const { database, logger, metrics, tracing = noTracing } = this.deps;
    const start = performance.now();
    const measured = (outcome: 'done' | 'failed', rows: number): void =>
      metrics.observeChore({ name: chore.name, outcome, rows, seconds: (performance.now() - start) / 1000 });
    try {
      if (chore.isDue && !(await chore.isDue())) return;
      const rows = await database.exclusively(`chore:${chore.name}`, () =>
        tracing.root(`chore ${chore.name}`, {}, () => chore.run()),
      );
      if (rows !== null) measured('done', rows);
    } catch (error) {
      measured('failed', 0);
      logger.warn({ err: error, chore: chore.name }, 'A chore failed; it comes again.');
    }
  }

  private schedule(chore: Chore, afterMs: number): void {
    const timer = setTimeout(() => {
      const run = this.run(chore).finally(() => {
        this.running.delete(run);
        if (!this.stopped) this.schedule(chore, chore.everyMs);
      });
      this.running.add(run);
    }, afterMs);
    this.timers.set(chore, timer.unref());
  }
}
