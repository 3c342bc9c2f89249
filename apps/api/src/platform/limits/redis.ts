import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Rejects where Redis does not answer within 2 seconds, or refuses us. */
export async function pingRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2000,
    commandTimeout: 2000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let cause: Error | undefined;
  // The error of the command says less than that of the connection.
  redis.on('error', (error: Error) => {
    cause = error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw cause ?? error;
  } finally {
    redis.disconnect();
  }
}

export interface RedisOptions {
  logger: Pick<Logger, 'warn' | 'info'>;
  /** How long a request may wait for Redis. Default: 250 ms. */
  commandTimeoutMs?: number;
}

/** A connection that comes back by itself. */
export function connectRedis(url: string, { logger, commandTimeoutMs = 250 }: RedisOptions): Redis {
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
