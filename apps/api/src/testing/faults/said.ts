import { expect, type TestContext } from 'vitest';
import type { Installation } from './installation.ts';
import type { Ledger } from './ledger.ts';

/** Prints what a fault came to, in the one line that a run has of it. */
export function say({ task }: TestContext, words: string): void {
  process.stdout.write(`   ${task.name}: ${words}\n`);
}

/** What the ledger saw, in a few words. */
export const toldOf = ({ acknowledged, slowestMs, statuses }: Ledger): string => {
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  return `${acknowledged} writes acknowledged, 0 lost (${answers}; the slowest took ${Math.round(slowestMs)} ms)`;
};

/** Until the service writes again. */
export const recovered = async (installation: Installation, withinMs: number): Promise<number> => {
  const began = performance.now();
  await expect
    .poll(async () => (await fetch(new URL('/readyz', installation.server.url)).catch(() => null))?.status, {
      timeout: withinMs,
      interval: 100,
    })
    .toBe(200);
  return Math.round(performance.now() - began);
};

/**
 * How long something may take at a fault that took `usualMs` without: a machine that is busy is slow at both.
 *
 * @param mostMs what is allowed however quick it was before
 */
export const patience = (usualMs: number, mostMs: number): number => Math.max(mostMs, 3 * usualMs);
