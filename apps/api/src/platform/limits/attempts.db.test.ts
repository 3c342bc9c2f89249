import { type AttemptPolicy, blockedSeconds, passwordPolicy, secondFactorPolicy } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../../testing/clock.ts';
import { testDatabase } from '../../testing/database.ts';
import { newId } from '../crypto/ids.ts';
import type { Database } from '../database/database.ts';
import { Attempts, type Claim } from './attempts.store.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const attempts = new Attempts();

/** A key of its own, with a clock of its own. */
function counter(policy: AttemptPolicy) {
  const key = `test:${newId()}`;
  const clock = new TestClock();
  return {
    clock,
    key,
    claim: (): Promise<Claim> => attempts.claim(database.client, key, policy, clock.now()),
    giveBack: () => attempts.giveBack(database.client, key, clock.now()),
    clear: () => attempts.clear(database.client, [key]),
    row: () => database.client.attemptCount.findUniqueOrThrow({ where: { key } }),
  };
}

const free = passwordPolicy.freeAttempts;
const refusedFor = (retryAfterSeconds: number): Claim => ({ granted: false, retryAfterSeconds });

describe('SEC-3: attempts', () => {
  test('100 parallel attempts are 100 counted attempts: exactly the free ones are granted', async () => {
    const { claim, row } = counter(passwordPolicy);
    const claims = await Promise.all(Array.from({ length: 100 }, claim));
    expect(claims.filter(({ granted }) => granted)).toHaveLength(free);
    expect(claims.filter((claim) => claim.granted && claim.blocksUntil !== null)).toHaveLength(1);
    for (const refused of claims.filter(({ granted }) => !granted)) expect(refused).toEqual(refusedFor(30));
    expect(await row()).toMatchObject({ failures: free, dayFailures: free });
  });

  test('of one key say nothing about another', async () => {
    const [one, other] = [counter(passwordPolicy), counter(passwordPolicy)];
    for (let failures = 0; failures < free; failures += 1) await one.claim();
    expect(await one.claim()).toEqual(refusedFor(30));
    expect(await other.claim()).toMatchObject({ granted: true });
  });

  test.each([
    ['passwords', passwordPolicy],
    ['codes', { ...secondFactorPolicy, dayLimit: null }],
  ] as const)('are blocked as the policy of %s says, one block after another', async (_, policy) => {
    const { claim, clock } = counter(policy);
    for (let failures = 1; failures <= free + 12; failures += 1) {
      const seconds = blockedSeconds(policy, failures);
      const blocksUntil = seconds === 0 ? null : new Date(clock.now().getTime() + seconds * 1000);
      expect(await claim(), `attempt ${failures}`).toMatchObject({ granted: true, blocksUntil });
      if (seconds === 0) continue;
      expect(await claim()).toEqual(refusedFor(seconds));
      clock.advance({ seconds: seconds - 1 });
      expect(await claim()).toEqual(refusedFor(1));
      clock.advance({ seconds: 1 });
    }
  });

  test('never block for longer than 15 minutes, after however many failures', async () => {
    const { claim, clock, key } = counter(passwordPolicy);
    await claim();
    await database.client.attemptCount.update({ where: { key }, data: { failures: 2_000_000 } });
    expect(await claim()).toMatchObject({ granted: true });
    expect(await claim()).toEqual(refusedFor(900));
    clock.advance({ minutes: 15 });
    expect(await claim()).toMatchObject({ granted: true });
  });

  test('refused during a block do not lengthen it', async () => {
    const { claim, clock, row } = counter(passwordPolicy);
    for (let failures = 0; failures < free; failures += 1) await claim();
    const { blockedUntil } = await row();
    clock.advance({ seconds: 10 });
    await Promise.all(Array.from({ length: 20 }, claim));
    expect(await row()).toMatchObject({ failures: free, blockedUntil });
  });

  test('that succeed are given back: the run of failures is over, the block too', async () => {
    const { claim, giveBack, row } = counter(passwordPolicy);
    for (let failures = 0; failures < free; failures += 1) await claim();
    await giveBack();
    expect(await row()).toMatchObject({ failures: 0, blockedUntil: null, dayFailures: free - 1 });
    expect(await claim()).toMatchObject({ granted: true });
  });

  test('of a day ago do not count', async () => {
    const { claim, clock, row } = counter(passwordPolicy);
    for (let failures = 0; failures < free - 1; failures += 1) await claim();
    clock.advance({ hours: 24 });
    await claim();
    expect(await row()).toMatchObject({ failures: 1, dayFailures: 1, blockedUntil: null, dayStartedAt: clock.now() });
  });

  test('with a code are 50 a day, whatever the blocks between them, and giving back one allows one', async () => {
    const { claim, clock, giveBack } = counter(secondFactorPolicy);
    let granted = 0;
    for (let minutes = 0; minutes < 23 * 60; minutes += 15) {
      while ((await claim()).granted) granted += 1;
      clock.advance({ minutes: 15 });
    }
    expect(granted).toBe(50);
    expect(await claim()).toEqual(refusedFor(3600));
    await giveBack();
    expect(await claim()).toMatchObject({ granted: true });
    expect(await claim()).toEqual(refusedFor(3600));
    clock.advance({ hours: 1 });
    expect(await claim()).toMatchObject({ granted: true });
  });

  test('with a code: 100 parallel ones on the last of the day grant one', async () => {
    const { claim, key } = counter(secondFactorPolicy);
    await claim();
    await database.client.attemptCount.update({ where: { key }, data: { failures: 0, dayFailures: 49 } });
    const claims = await Promise.all(Array.from({ length: 100 }, claim));
    expect(claims.filter(({ granted }) => granted)).toHaveLength(1);
  });

  test('are forgotten whole when they are cleared', async () => {
    const { claim, clear } = counter(secondFactorPolicy);
    for (let failures = 0; failures < free; failures += 1) await claim();
    await clear();
    expect(await claim()).toMatchObject({ granted: true });
    await counter(secondFactorPolicy).giveBack();
  });
});
