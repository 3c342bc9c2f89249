import { availableParallelism } from 'node:os';
import { Problem } from '@sallyport/core';
import PQueue from 'p-queue';
import { noTracing, type Tracing } from '../telemetry/tracing.ts';

/** Threads of libuv that stay free for files, DNS and the rest while every slot hashes. */
const SPARE_THREADS = 2;
const QUEUED_PER_SLOT = 32;

/** What a hash is made for: to judge a password, to keep a new one, to make or find backup codes. */
export const hashReasons = ['password', 'new_password', 'backup_code'] as const;

export type HashReason = (typeof hashReasons)[number];

/** Called by the pool; see metrics.ts. */
export interface HashPoolObserver {
  /** @param seconds how long a task waited for its slot */
  waited(reason: HashReason, seconds: number): void;
  shed(reason: HashReason): void;
}

export interface HashPoolOptions {
  /** Tasks that run at once, from 1. Default: `hashSlots()`. */
  slots?: number;
  /** Tasks that may wait; one more is refused. Default: 32 for each slot. */
  queueLimit?: number;
  observer?: HashPoolObserver;
  tracing?: Tracing;
}

/** Threads of libuv's pool: 4 unless UV_THREADPOOL_SIZE says otherwise. */
export const uvThreads = (env: NodeJS.ProcessEnv = process.env): number =>
  Number.parseInt(env.UV_THREADPOOL_SIZE ?? '', 10) || 4;

/**
 * How many hashes run at once: one for each core, since more threads only slow each other down, and never so many
 * that libuv's pool is full.
 */
export function hashSlots(cores = availableParallelism(), env: NodeJS.ProcessEnv = process.env): number {
  return Math.max(1, Math.min(cores, uvThreads(env) - SPARE_THREADS));
}

/** Runs slow hashes first come, first served, on few threads, and sheds what would wait too long (SEC-51). */
export class HashPool {
  readonly slots: number;
  readonly queueLimit: number;
  private readonly queue: PQueue;
  private readonly waitingFor: Record<HashReason, number> = { password: 0, new_password: 0, backup_code: 0 };
  private readonly observer: HashPoolObserver | undefined;
  private readonly tracing: Tracing;

  constructor(options: HashPoolOptions = {}) {
    this.slots = options.slots ?? hashSlots();
    this.queueLimit = options.queueLimit ?? this.slots * QUEUED_PER_SLOT;
    this.observer = options.observer;
    this.tracing = options.tracing ?? noTracing;
    this.queue = new PQueue({ concurrency: this.slots });
  }

  /** Tasks that wait for a slot. */
  get waiting(): number {
    return this.queue.size;
  }

  /** Those of them that wait for this reason. */
  waitingOf(reason: HashReason): number {
    return this.waitingFor[reason];
  }

  /** Tasks in a slot. */
  get running(): number {
    return this.queue.pending;
  }

  /** @throws Problem `overloaded`, at once, when the queue is full */
  async run<T>(reason: HashReason, task: () => Promise<T>): Promise<T> {
    if (this.running >= this.slots && this.waiting >= this.queueLimit) {
      this.observer?.shed(reason);
      throw new Problem('overloaded', {
        detail: 'Too many people are signing in at this moment. Try again in a few seconds.',
        retryAfterSeconds: 2,
      });
    }
    const enqueuedAt = performance.now();
    this.waitingFor[reason] += 1;
    return this.tracing.part(
      'hash',
      'internal',
      () => ({ 'sallyport.hash.reason': reason }),
      (span) =>
        this.queue.add(() => {
          const waitedSeconds = (performance.now() - enqueuedAt) / 1000;
          this.waitingFor[reason] -= 1;
          this.observer?.waited(reason, waitedSeconds);
          span.tell({ 'sallyport.hash.waited_seconds': waitedSeconds });
          return task();
        }),
    );
  }
}
