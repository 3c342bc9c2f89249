import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@sallyport/testkit/server';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { Installation } from './installation.ts';
import { patience, say } from './said.ts';

/** SEC-53: a request hardly waits because of Redis; the hash and a busy machine are most of it. */
const PATIENCE_MS = 3000;

/** A Redis of the test's own. @returns null where it is not installed */
async function startRedis(port: number): Promise<ChildProcess | null> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const failed = once(redis, 'error').then(() => null);
  const ready = new Promise<ChildProcess>((resolve) => {
    redis.stdout.on('data', (text) => {
      if (String(text).includes('Ready to accept connections')) resolve(redis);
    });
  });
  return Promise.race([ready, failed]);
}

async function end(redis: ChildProcess | null): Promise<void> {
  if (!redis || redis.exitCode !== null || redis.signalCode !== null) return;
  const gone = once(redis, 'exit');
  redis.kill('SIGKILL');
  await gone;
}

test('SEC-53: Redis is killed, comes back, and freezes', async (context) => {
  const port = await freePort();
  let redis = await startRedis(port);
  if (redis === null) return context.skip('Redis is not installed');
  onTestFinished(() => end(redis));
  const installation = new Installation({ REDIS_URL: `redis://127.0.0.1:${port}` });
  onTestFinished(() => installation.dispose());
  await installation.begin();
  const [someone] = installation.members;
  if (!someone) throw new Error('There is nobody.');

  /** A few right and wrong sign-ins. @returns how long the slowest took */
  const signIns = async (): Promise<number> => {
    let slowest = 0;
    for (let time = 0; time < 6; time++) {
      const began = performance.now();
      const wrong = time % 2 === 1;
      const tried = wrong ? { ...someone, email: `nobody-${time}@faults.example` } : someone;
      const { status } = await installation.browser().post('/auth/login', tried);
      expect(status).toBe(wrong ? 401 : 200);
      slowest = Math.max(slowest, performance.now() - began);
    }
    return Math.round(slowest);
  };
  /** Counts that are kept in Redis: those of failures. */
  const counted = async (): Promise<number> => {
    const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: 1 });
    const size = await client.dbsize();
    client.disconnect();
    return size;
  };

  await signIns();
  const usual = await signIns();
  expect(await counted()).toBeGreaterThan(0);
  await end(redis);
  const killed = await signIns();
  expect(killed).toBeLessThan(patience(usual, PATIENCE_MS));
  redis = await startRedis(port);
  await expect.poll(async () => (await signIns()) && (await counted()), { timeout: 60_000 }).toBeGreaterThan(0);
  redis?.kill('SIGSTOP');
  const frozen = await signIns();
  redis?.kill('SIGCONT');
  expect(frozen).toBeLessThan(patience(usual, PATIENCE_MS));
  await wait(500);
  await signIns();
  say(
    context,
    `sign-ins go on, the slowest in ${usual} ms with it, ${killed} ms without it and ${frozen} ms while it is frozen`,
  );
});
