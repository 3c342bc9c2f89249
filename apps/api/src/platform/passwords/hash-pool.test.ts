import { Problem } from '@sallyport/core';
import { describe, expect, test } from 'vitest';
import { HashPool, type HashReason, hashSlots } from './hash-pool.ts';

/** Other tests may keep the processors busy. */
const patience = { timeout: 10_000 };

/** Tasks that end when told. */
function controlled() {
  const started: number[] = [];
  const ends = new Map<number, () => void>();
  const task = (id: number) => () => {
    started.push(id);
    return new Promise<number>((resolve) => ends.set(id, () => resolve(id)));
  };
  return { started, task, end: (id: number) => ends.get(id)?.() };
}

describe('as many slots as cores, and two libuv threads to spare', () => {
  test.each([
    [1, undefined, 1],
    [2, undefined, 2],
    [8, undefined, 2],
    [8, '10', 8],
    [8, '16', 8],
    [8, '6', 4],
    [4, '1', 1],
    [4, 'many', 2],
  ])('%i cores, UV_THREADPOOL_SIZE=%s: %i', (cores, threads, slots) => {
    expect(hashSlots(cores, threads === undefined ? {} : { UV_THREADPOOL_SIZE: threads })).toBe(slots);
  });
});

test('SEC-51: no more tasks run than there are slots, the others in the order they came', async () => {
  const pool = new HashPool({ slots: 2 });
  const { started, task, end } = controlled();
  const results = [1, 2, 3, 4].map((id) => pool.run('password', task(id)));
  expect(started).toEqual([1, 2]);
  expect([pool.running, pool.waiting]).toEqual([2, 2]);
  end(2);
  await results[1];
  await expect.poll(() => started, patience).toEqual([1, 2, 3]);
  for (const id of [1, 3]) end(id);
  await expect.poll(() => started, patience).toEqual([1, 2, 3, 4]);
  end(4);
  expect(await Promise.all(results)).toEqual([1, 2, 3, 4]);
  expect([pool.running, pool.waiting]).toEqual([0, 0]);
});

test('SEC-51: what would wait too long is shed at once with a time to come back', async () => {
  const waits: number[] = [];
  let shed = 0;
  const observer = { waited: (_: HashReason, seconds: number) => waits.push(seconds), shed: () => shed++ };
  const pool = new HashPool({ slots: 1, queueLimit: 2, observer });
  const { task, end } = controlled();
  const taken = [1, 2, 3].map((id) => pool.run('password', task(id)));
  const refused = await pool.run('password', task(4)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Problem);
  expect(refused).toMatchObject({ code: 'overloaded', status: 503, retryAfterSeconds: 2 });
  for (const id of [1, 2, 3])
    await expect.poll(() => end(id) === undefined && pool.running + pool.waiting, patience).toBe(3 - id);
  expect(await Promise.all(taken)).toEqual([1, 2, 3]);
  expect(await pool.run('password', async () => 5)).toBe(5);
  expect([waits.length, shed]).toEqual([4, 1]);
  expect(waits.every((seconds) => seconds >= 0)).toBe(true);
});

test('a task that fails frees its slot', async () => {
  const pool = new HashPool({ slots: 1 });
  const failing = pool.run('password', () => Promise.reject(new Error('no memory')));
  const next = pool.run('password', async () => 'next');
  await expect(failing).rejects.toThrow('no memory');
  expect(await next).toBe('next');
});
