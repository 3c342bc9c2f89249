import { type SourcePolicy, sourcePolicy } from '@sallyport/core';
import type { Redis } from 'ioredis';
import ipaddr from 'ipaddr.js';
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { RedisOptions } from './redis.ts';

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

export interface SourceLimiterOptions extends RedisOptions {
  /** `redis:` or `rediss:` URL; null counts in this process. */
  redisUrl: string | null;
  /** Default: core's `sourcePolicy`. */
  policy?: SourcePolicy;
  /** Put before every key in Redis. */
  keyPrefix?: string;
  /** Where what is not in Redis is counted: in this process unless told, or for all processes in their supervisor. */
  counts?: 'here' | 'in the supervisor';
}

/**
 * Counts by source address in fixed windows (SEC-3), shared by all instances through Redis. While Redis is away each
 * instance counts by itself and more strictly (SEC-53): a request never fails and hardly waits because of it.
 */
export class SourceLimiter {
  private readonly keyPrefix: string;
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly policy: SourcePolicy;
  private readonly InMemory: new (
    options: IRateLimiterOptions,
  ) => RateLimiterAbstract;

  private constructor(
    private readonly redis: Redis | null,
    options: SourceLimiterOptions,
  ) {
    this.keyPrefix = options.keyPrefix ?? 'sallyport';
    this.policy = options.policy ?? sourcePolicy;
    this.InMemory = options.counts === 'in the supervisor' ? RateLimiterCluster : RateLimiterMemory;
  }

  /** Waits for nothing but the code that speaks to Redis, which is loaded where there is one. */
  static async open(options: SourceLimiterOptions): Promise<SourceLimiter> {
    if (options.redisUrl === null) return new SourceLimiter(null, options);
    const { connectRedis } = await import('./redis.ts');
    return new SourceLimiter(connectRedis(options.redisUrl, options), options);
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
