import { type SourcePolicy, sourcePolicy } from '@sallyport/core';
import { Redis } from 'ioredis';
import ipaddr from 'ipaddr.js';
import type { Logger } from 'pino';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';

/** Without Redis each of several instances counts alone, so each allows only this part. */
const PART_WITHOUT_REDIS = 4;

export interface Limited {
  /** From 1. */
  retryAfterSeconds: number;
}

/** How many failures one key may have within a window, which begins with the first. */
export interface Budget {
  /** What is counted; always with the same `points` and `seconds`. */
  bucket: string;
  points: number;
  seconds: number;
}

export interface SourceLimiterOptions {
  /** `redis:` or `rediss:` URL; null counts in this process. */
  redisUrl: string | null;
  logger: Pick<Logger, 'warn' | 'info'>;
  /** Default: core's `sourcePolicy`. */
  policy?: SourcePolicy;
  /** Put before every key in Redis. */
  keyPrefix?: string;
  /** How long a request may wait for Redis. Default: 250 ms. */
  commandTimeoutMs?: number;
  /** Where what is not in Redis is counted: in this process unless told, or for all processes in their supervisor. */
  counts?: 'here' | 'in the supervisor';
}

/**
 * Counts by source address in fixed windows (SEC-3), shared by all instances through Redis. While Redis is away each
 * instance counts by itself and more strictly (SEC-53): a request never fails and hardly waits because of it.
 */
export class SourceLimiter {
  private readonly redis: Redis | null;
  private readonly keyPrefix: string;
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly policy: SourcePolicy;
  private readonly InMemory: new (
    options: IRateLimiterOptions,
  ) => RateLimiterAbstract;

  constructor(options: SourceLimiterOptions) {
    this.redis = options.redisUrl === null ? null : connect(options.redisUrl, options);
    this.keyPrefix = options.keyPrefix ?? 'sallyport';
    this.policy = options.policy ?? sourcePolicy;
    this.InMemory = options.counts === 'in the supervisor' ? RateLimiterCluster : RateLimiterMemory;
  }

  /** Whether this source failed too often; counts nothing. @param address IP address as text */
  async check(address: string): Promise<Limited | null> {
    return this.spent(this.failures, sourceOf(address));
  }

  /** Counts a failure of this source. */
  async fail(address: string): Promise<void> {
    await this.spend(this.failures, sourceOf(address));
  }

  /** Whether `key` used up a budget of its own; counts nothing. */
  async spent({ bucket, points, seconds }: Budget, key: string): Promise<Limited | null> {
    const seen = await this.limiter(bucket, points, seconds).get(key);
    return seen && seen.remainingPoints <= 0 && seen.msBeforeNext > 0 ? limited(seen) : null;
  }

  /** Counts a failure of `key` against a budget. */
  async spend({ bucket, points, seconds }: Budget, key: string): Promise<void> {
    await this.limiter(bucket, points, seconds).penalty(key);
  }

  /**
   * Counts one use of `key` and says whether it is one too many.
   *
   * @param bucket  what is counted; always with the same `points` and `seconds`
   * @param points  uses allowed within the window
   * @param seconds length of the window, which begins with the first use
   */
  async consume(bucket: string, key: string, points: number, seconds: number): Promise<Limited | null> {
    try {
      await this.limiter(bucket, points, seconds).consume(key);
      return null;
    } catch (error) {
      if (error instanceof RateLimiterRes) return limited(error);
      throw error;
    }
  }

  /** Whether the counts are those of all instances now: false where there is no Redis, or while it is away. */
  isShared(): boolean {
    return this.redis?.status === 'ready';
  }

  /** Lets every count of this process begin anew: its windows are those of the system's clock. */
  forget(): void {
    this.limiters.clear();
  }

  close(): void {
    this.redis?.disconnect();
  }

  private get failures(): Budget {
    return { bucket: 'failures', points: this.policy.failures, seconds: this.policy.windowSeconds };
  }

  private limiter(bucket: string, points: number, duration: number): RateLimiterAbstract {
    const limiter = this.limiters.get(bucket) ?? this.makeLimiter(bucket, points, duration);
    this.limiters.set(bucket, limiter);
    return limiter;
  }

  private makeLimiter(bucket: string, points: number, duration: number): RateLimiterAbstract {
    const common = { keyPrefix: `${this.keyPrefix}:${bucket}`, duration };
    if (!this.redis) return new this.InMemory({ ...common, points });
    const fewer = Math.max(1, Math.floor(points / PART_WITHOUT_REDIS));
    return new RateLimiterRedis({
      ...common,
      points,
      storeClient: this.redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new this.InMemory({ ...common, points: fewer }),
    });
  }
}

/**
 * What counts as one source: an IPv4 address, or the /64 network of an IPv6 address, which one subscriber has for
 * itself. An IPv4-mapped address is the IPv4 address.
 */
export function sourceOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

const limited = ({ msBeforeNext }: RateLimiterRes): Limited => ({
  retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
});

function connect(url: string, { logger, commandTimeoutMs = 250 }: SourceLimiterOptions): Redis {
  const redis = new Redis(url, {
    // A command that cannot be answered soon fails, and the count goes on in the process.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2000,
    // A server that accepts and does not answer is left, so that only the first commands wait for it.
    socketTimeout: 1000,
    retryStrategy: (times) => Math.min(times * 100, 1000),
  });
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.warn({ err: error }, 'Redis does not answer. Limits are counted in this process, more strictly.');
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.info('Redis answers again.');
    away = false;
  });
  return redis;
}
