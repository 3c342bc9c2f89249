import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Metrics } from '../metrics.ts';
import { type Chore, Chores } from './chores.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function choresWith(
  run: Chore['run'],
  exclusively = <T>(_: string, work: () => Promise<T>): Promise<T | null> => work(),
) {
  const warnings: unknown[] = [];
  const metrics = new Metrics();
  const chore: Chore = { name: 'a chore', everyMs: 1000, run };
  const logger = { warn: (details: unknown) => warnings.push(details) };
  const chores = new Chores({ database: { exclusively } as never, logger: logger as never, metrics }, [chore]);
  return { chores, chore, metrics, warnings };
}

describe('chores', () => {
  it('come again after their interval', async () => {
    const run = vi.fn(async () => 1);
    const { chores } = choresWith(run);
    chores.start();
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(2);
    await chores.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('come again when they failed, which is logged and counted', async () => {
    const fault = new Error('the database is gone');
    const run = vi.fn(async () => Promise.reject(fault));
    const { chores, metrics, warnings } = choresWith(run);
    chores.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(run).toHaveBeenCalledTimes(2);
    expect(warnings).toEqual(Array(2).fill({ err: fault, chore: 'a chore' }));
    await chores.stop();
    expect(await metrics.text()).toMatch(/sallyport_chore_duration_seconds_count\{[^}]*outcome="failed"[^}]*\} 2/);
  });

  it('are measured with the rows they removed', async () => {
    const { chores, chore, metrics } = choresWith(async () => 7);
    await chores.run(chore);
    const text = await metrics.text();
    expect(text).toMatch(/sallyport_chore_rows_total\{chore="a chore"\} 7/);
    expect(text).toMatch(/sallyport_chore_duration_seconds_count\{[^}]*outcome="done"[^}]*\} 1/);
  });

  it('are left to the instance that does them already', async () => {
    const run = vi.fn(async () => 1);
    const { chores, chore, metrics } = choresWith(run, async () => null);
    await chores.run(chore);
    expect(run).not.toHaveBeenCalled();
    expect(await metrics.text()).not.toContain('outcome="done"');
  });

  it('that are not due are left out, and asked again', async () => {
    const run = vi.fn(async () => 1);
    const { chores, chore } = choresWith(run);
    let due = false;
    chore.isDue = async () => due;
    chores.start();
    await vi.advanceTimersByTimeAsync(2000);
    expect(run).not.toHaveBeenCalled();
    due = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledOnce();
    await chores.stop();
  });

  it('run once more at the stop where they say so, after those in hand', async () => {
    const run = vi.fn(async () => 1);
    const { chores, chore } = choresWith(run);
    chores.start();
    await chores.stop();
    expect(run).not.toHaveBeenCalled();
    Object.assign(chore, { atStop: true });
    chores.start();
    await chores.stop();
    expect(run).toHaveBeenCalledOnce();
  });

  it('end before the service stops', async () => {
    let finish = (_: number): void => undefined;
    const { chores } = choresWith(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    chores.start();
    await vi.advanceTimersByTimeAsync(1000);
    let stopped = false;
    const stop = chores.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(stopped).toBe(false);
    finish(0);
    await stop;
  });
});
