import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { SourceLimiter, type SourceLimiterOptions, sourceOf } from './limiter.ts';

/** Other tests may keep the processors busy. */
const patience = { timeout: 10_000 };
vi.setConfig({ testTimeout: 20_000 });

const redisUrl = process.env.REDIS_URL || 'redis://127.0.0.1:6379';
const policy = { failures: 8, windowSeconds: 600 };
const silent = pino({ level: 'silent' });

const limiters: SourceLimiter[] = [];
const limiterWith = async (options: Partial<SourceLimiterOptions>): Promise<SourceLimiter> => {
  const limiter = await SourceLimiter.open({ redisUrl: null, logger: silent, policy, ...options });
  limiters.push(limiter);
  return limiter;
};
afterEach(() => {
  for (const limiter of limiters.splice(0)) limiter.close();
});

describe('one source', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });
});

describe('SEC-3: in the process', () => {
  test('a source is refused after its failures, and no other', async () => {
    const limiter = await limiterWith({});
    for (let failures = 0; failures < policy.failures; failures += 1) {
      expect(await limiter.check('192.0.2.1')).toBeNull();
      await limiter.fail('192.0.2.1');
    }
    expect(await limiter.check('192.0.2.1')).toEqual({ retryAfterSeconds: expect.closeTo(600, -1) });
    expect(await limiter.check('::ffff:192.0.2.1')).not.toBeNull();
    expect(await limiter.check('192.0.2.2')).toBeNull();
    expect(limiter.isShared()).toBe(false);
  });

  test('a use too many is refused, for its key and its bucket alone', async () => {
    const limiter = await limiterWith({});
    const consume = (bucket: string, key: string) => limiter.consume(bucket, key, 3, 3600);
    for (let uses = 0; uses < 3; uses += 1) expect(await consume('mail', 'a')).toBeNull();
    expect(await consume('mail', 'a')).toEqual({ retryAfterSeconds: expect.closeTo(3600, -1) });
    expect(await consume('mail', 'b')).toBeNull();
    expect(await consume('other', 'a')).toBeNull();
    expect(await limiter.check('a')).toBeNull();
  });
});

const reachable = await isReachable();

describe.skipIf(!reachable)('with Redis (skipped where there is none at REDIS_URL or 127.0.0.1:6379)', () => {
  const keyPrefix = `sallyport-test-${randomBytes(6).toString('hex')}`;
  afterAll(async () => {
    const redis = new Redis(redisUrl);
    const keys = await redis.keys(`${keyPrefix}*`);
    if (keys.length > 0) await redis.del(keys);
    redis.disconnect();
  });

  // A late reply is rightly counted in the process; here the processors are busy, and nothing may be late.
  test('SEC-3: all instances share one count, parallel failures included', async () => {
    const prefix = `${keyPrefix}-shared-${randomBytes(4).toString('hex')}`;
    const instances = await Promise.all(
      [1, 2].map(() => limiterWith({ redisUrl, keyPrefix: prefix, commandTimeoutMs: 10_000 })),
    );
    // Until the connection stands an instance counts alone.
    const [one, other] = instances;
    if (!one || !other) throw new Error('two instances');
    await Promise.all(instances.map((instance) => untilShared(instance, prefix)));
    expect(instances.map((instance) => instance.isShared())).toEqual([true, true]);
    await Promise.all(
      Array.from({ length: policy.failures }, (_, index) => (index % 2 ? one : other).fail('192.0.2.1')),
    );
    expect(await one.check('192.0.2.1')).toEqual({ retryAfterSeconds: expect.closeTo(600, -1) });
    expect(await other.check('192.0.2.1')).not.toBeNull();
    expect(await other.check('192.0.2.2')).toBeNull();
    const uses = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? one : other).consume('mail', 'a', 3, 60)),
    );
    expect(uses.filter((refusal) => refusal === null)).toHaveLength(3);
  });

  test('SEC-53: without Redis it counts alone and more strictly, at once, and comes back by itself', async () => {
    const lines: string[] = [];
    const logger = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line).msg) });
    const proxy = await RedisProxy.open();
    const prefix = `${keyPrefix}-outage`;
    const limiter = await limiterWith({ redisUrl: proxy.url, keyPrefix: prefix, logger });
    await untilShared(limiter, prefix);
    await limiter.fail('192.0.2.1');

    await proxy.cut();
    await expect.poll(() => lines, patience).toEqual([expect.stringContaining('Redis does not answer')]);
    expect(limiter.isShared()).toBe(false);
    const before = performance.now();
    for (let failures = 0; failures < policy.failures / 4; failures += 1) {
      expect(await limiter.check('192.0.2.1')).toBeNull();
      await limiter.fail('192.0.2.1');
    }
    expect(await limiter.check('192.0.2.1')).not.toBeNull();
    expect(await limiter.consume('mail', 'a', 3, 60)).toBeNull();
    expect(await limiter.consume('mail', 'a', 3, 60)).not.toBeNull();
    // Far below what waiting for Redis each time would take.
    expect(performance.now() - before).toBeLessThan(1000);

    await proxy.mend();
    // What Redis knew counts again: one failure of eight.
    await expect.poll(() => limiter.check('192.0.2.1'), patience).toBeNull();
    expect(lines).toEqual([expect.stringContaining('does not answer'), 'Redis answers again.']);
    await proxy.close();
  });

  test('SEC-53: a Redis that accepts and says nothing delays only the first requests', async () => {
    const proxy = await RedisProxy.open();
    const prefix = `${keyPrefix}-silent`;
    const limiter = await limiterWith({ redisUrl: proxy.url, keyPrefix: prefix });
    await untilShared(limiter, prefix);
    proxy.silence();
    const before = performance.now();
    await limiter.fail('192.0.2.1');
    expect(await limiter.check('192.0.2.1')).toBeNull();
    expect(performance.now() - before).toBeLessThan(2000);
    await expect.poll(() => timed(() => limiter.check('192.0.2.1')), patience).toBeLessThan(20);
    await proxy.close();
  });

  /** Waits until failures of `limiter` arrive in Redis. */
  async function untilShared(limiter: SourceLimiter, prefix: string): Promise<void> {
    const redis = new Redis(redisUrl);
    const source = `198.51.100.${randomBytes(1)[0]}-${randomBytes(4).toString('hex')}`;
    await expect
      .poll(async () => {
        await limiter.fail(source);
        return redis.exists(`${prefix}:failures:${source}`);
      }, patience)
      .toBe(1);
    redis.disconnect();
  }
});

test('SEC-53: a Redis that was never there stops nothing', async () => {
  const lines: unknown[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(line) });
  const limiter = await limiterWith({ redisUrl: 'redis://127.0.0.1:1', logger });
  await limiter.fail('192.0.2.1');
  expect(await limiter.check('192.0.2.1')).toBeNull();
  await expect.poll(() => lines, patience).toHaveLength(1);
});

async function timed(task: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await task();
  return performance.now() - before;
}

async function isReachable(): Promise<boolean> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 500 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** Stands between a client and Redis, and fails when told. */
class RedisProxy {
  private readonly sockets = new Set<Socket>();
  private silent = false;

  private constructor(
    private server: Server,
    private readonly port: number,
  ) {}

  static async open(): Promise<RedisProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const proxy = new RedisProxy(server, address.port);
    proxy.serve();
    return proxy;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Answers come no more. */
  silence(): void {
    this.silent = true;
  }

  /** Nobody listens any more. */
  async cut(): Promise<void> {
    await this.close();
  }

  async mend(): Promise<void> {
    this.server = createServer();
    this.serve();
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private serve(): void {
    const target = new URL(redisUrl);
    this.server.on('connection', (client) => {
      const redis = connect(Number(target.port || 6379), target.hostname);
      for (const socket of [client, redis]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      }
      client.on('data', (data) => redis.write(data)).on('close', () => redis.destroy());
      redis.on('data', (data) => this.silent || client.write(data)).on('close', () => client.destroy());
    });
  }
}
