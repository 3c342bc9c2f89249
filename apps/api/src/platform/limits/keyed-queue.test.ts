import { expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

/** Other tests may keep the processors busy. */
const patience = { timeout: 10_000 };

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

test('tasks of one key run one after another, in order, and those of another beside them', async () => {
  const queue = new KeyedQueue();
  const log: string[] = [];
  const { opened, open } = gate();
  const first = queue.run('a', async () => {
    log.push('a1 begins');
    await opened;
    log.push('a1 ends');
    return 1;
  });
  const second = queue.run('a', async () => log.push('a2'));
  await queue.run('b', async () => log.push('b1'));
  expect(log).toEqual(['a1 begins', 'b1']);
  open();
  await Promise.all([first, second]);
  expect(log).toEqual(['a1 begins', 'b1', 'a1 ends', 'a2']);
  expect(await first).toBe(1);
});

test('a task that throws does not stop the next', async () => {
  const queue = new KeyedQueue();
  const failing = queue.run('a', () => Promise.reject(new Error('wrong')));
  const next = queue.run('a', async () => 'next');
  await expect(failing).rejects.toThrow('wrong');
  expect(await next).toBe('next');
});

test('a key is forgotten with its last task', async () => {
  const queue = new KeyedQueue();
  await Promise.all(Array.from({ length: 50 }, (_, index) => queue.run(`key ${index % 5}`, async () => index)));
  await expect.poll(() => queue.size, patience).toBe(0);
});

test('SEC-51: too many tasks of one key are shed, those of other keys are not', async () => {
  const queue = new KeyedQueue(2);
  const { opened, open } = gate();
  const taken = [1, 2, 3].map((id) => queue.run('a', () => opened.then(() => id)));
  await expect(queue.run('a', async () => 4)).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 5 });
  expect(await queue.run('b', async () => 5)).toBe(5);
  open();
  expect(await Promise.all(taken)).toEqual([1, 2, 3]);
});
