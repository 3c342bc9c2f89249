import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Afterwards } from './afterwards.ts';

const warn = vi.fn();
let afterwards: Afterwards;
beforeEach(() => {
  vi.useFakeTimers();
  warn.mockClear();
  afterwards = new Afterwards({ logger: { warn } });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('work that comes after an answer', () => {
  test('begins within a second, whoever waits for it or not', async () => {
    const task = vi.fn(async () => undefined);
    afterwards.add(task);
    expect(task).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(task).toHaveBeenCalledOnce();
  });

  test('runs one after another', async () => {
    let running = 0;
    const task = async (): Promise<void> => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      running -= 1;
    };
    for (let i = 0; i < 20; i++) afterwards.add(task);
    await afterwards.settle();
    expect(warn).not.toHaveBeenCalled();
  });

  test('SEC-52: all of it is done once it is settled', async () => {
    const done: number[] = [];
    for (let i = 0; i < 5; i++) {
      afterwards.add(async () => {
        await Promise.resolve();
        done.push(i);
      });
    }
    await afterwards.settle();
    expect(done.sort()).toEqual([0, 1, 2, 3, 4]);
    // Each was done once.
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toHaveLength(5);
  });

  test('a failure is logged, and the next goes on', async () => {
    const next = vi.fn(async () => undefined);
    afterwards.add(async () => {
      throw new Error('no luck');
    });
    afterwards.add(next);
    await afterwards.settle();
    expect(warn).toHaveBeenCalledOnce();
    expect(next).toHaveBeenCalledOnce();
  });

  test('SEC-51: what waits is bounded, whether it pauses or queues', async () => {
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const fill = (): number => {
      for (let count = 0; ; count++) {
        try {
          afterwards.add(() => slow);
        } catch (error) {
          expect(error).toMatchObject({ code: 'overloaded', retryAfterSeconds: 5 });
          return count;
        }
      }
    };
    expect(fill()).toBe(256);
    await vi.advanceTimersByTimeAsync(1000);
    // One of them runs; the others still wait.
    expect(fill()).toBe(1);
    finish();
    await afterwards.settle();
    expect(fill()).toBe(256);
  });
});
