import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Pause } from './pause.ts';

/** Whether it took no time: none but that of the microtasks. */
async function isAtOnce(pause: Pause): Promise<boolean> {
  let isOver = false;
  void pause.take().then(() => {
    isOver = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  return isOver;
}

test('SEC-51: as many as may are held, and beyond them nobody, so that a flood fills no memory', async () => {
  const pause = new Pause({ ms: 5, most: 2 });
  expect([await isAtOnce(pause), await isAtOnce(pause), await isAtOnce(pause)]).toEqual([false, false, true]);
});

test('each leaves when its time is over', async () => {
  const pause = new Pause({ ms: 1, most: 1 });
  await pause.take();
  await setImmediate();
  expect(await isAtOnce(pause)).toBe(false);
});

test('of no time is none', async () => {
  expect(await isAtOnce(new Pause({ ms: 0, most: 2 }))).toBe(true);
});
