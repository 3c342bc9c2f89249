import { type AttemptPolicy, blockedSeconds, checkPolicy, passwordPolicy, secondFactorPolicy } from '@sallyport/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../../testing/clock.ts';
import { testDatabase } from '../../testing/database.ts';
import { newId } from '../crypto/ids.ts';
import type { Database } from '../database/database.ts';
import { Attempts, type Claim, claimOf } from './attempts.store.ts';

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
    release: (claimedAt: Date) => attempts.release(database.client, key, claimedAt),
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

  test('100 parallel attempts that stop half way block nothing, for others of the same key neither', async () => {
    const { upTo } = checkPolicy;
    const { claim, clock, giveBack, key, row } = counter(checkPolicy);
    const claims = await Promise.all(Array.from({ length: 100 }, claim));
    expect(claims.filter(({ granted }) => granted)).toHaveLength(upTo.inRow);
    for (const refused of claims.filter(({ granted }) => !granted)) expect(refused.granted).toBe(false);
    expect(await row()).toMatchObject({ failures: upTo.inRow, dayFailures: upTo.inRow, blockedUntil: null });
    clock.advance({ seconds: 60 });
    expect(await claim()).toEqual(refusedFor(86_400 - 60));

    const others = () => attempts.claim(database.client, key, secondFactorPolicy, clock.now());
    expect(await others()).toMatchObject({ granted: true, blocksUntil: null });
    await giveBack();
    for (let run = 2; run * upTo.inRow <= upTo.inDay; run += 1) {
      for (let attempt = 1; attempt <= upTo.inRow; attempt += 1) {
        expect(await claim()).toMatchObject({ granted: true, blocksUntil: null });
      }
      await giveBack();
      await database.client.attemptCount.update({ where: { key }, data: { dayFailures: run * upTo.inRow } });
    }
    expect(await claim()).toEqual(refusedFor(86_400 - 60));
    expect(await others()).toMatchObject({ granted: true, blocksUntil: null });
    clock.advance({ hours: 24 });
    expect(await claim()).toMatchObject({ granted: true });
  });

  test('those that stop half way begin anew after a day without any, and after a block of others', async () => {
    const { claim, clock, key } = counter(checkPolicy);
    const others = () => attempts.claim(database.client, key, secondFactorPolicy, clock.now());
    for (let attempt = 1; attempt <= checkPolicy.upTo.inRow; attempt += 1) await claim();
    clock.advance({ hours: 24 });
    expect(await claim()).toMatchObject({ granted: true });
    for (let attempt = 2; attempt <= secondFactorPolicy.freeAttempts; attempt += 1) await others();
    expect(await claim()).toEqual(refusedFor(900));
    clock.advance({ seconds: 900 });
    expect(await claim()).toMatchObject({ granted: true, blocksUntil: null });
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

  test('say how many are left until the next block', async () => {
    const { claim } = counter(passwordPolicy);
    for (let left = free - 1; left >= 0; left -= 1) expect(await claim()).toMatchObject({ attemptsLeft: left });
  });

  test('that nobody judged are taken out again, with the block that they began and no later one', async () => {
    const { claim, clock, release, row } = counter(passwordPolicy);
    for (let failures = 0; failures < free; failures += 1) await claim();
    await release(clock.now());
    expect(await row()).toMatchObject({ failures: free - 1, dayFailures: free - 1, blockedUntil: null });
    const earlier = clock.now();
    clock.advance({ seconds: 1 });
    await claim();
    await release(earlier);
    const blockedUntil = new Date(clock.now().getTime() + 30_000);
    expect(await row()).toMatchObject({ failures: free - 1, dayFailures: free - 1, blockedUntil });
  });

  test('that nothing was added to for long are forgotten, and no others', async () => {
    const [old, fresh] = [counter(passwordPolicy), counter(passwordPolicy)];
    await old.claim();
    fresh.clock.advance({ hours: 1 });
    await fresh.claim();
    expect(await attempts.purge(database.client, fresh.clock.now())).toBeGreaterThanOrEqual(1);
    expect(await database.client.attemptCount.count({ where: { key: { in: [old.key, fresh.key] } } })).toBe(1);
    expect(await fresh.row()).toMatchObject({ failures: 1 });
  });

  test.each([
    ['nothing', null],
    ['nothing left', 0],
  ])('that a racing one blocked, where %s of the block is known, wait for the shortest block', (_, seconds) => {
    const row = { granted: false, blocksUntil: null, attemptsLeft: null };
    expect(claimOf({ ...row, seconds }, passwordPolicy)).toEqual(refusedFor(30));
    expect(claimOf({ ...row, seconds: 7 }, passwordPolicy)).toEqual(refusedFor(7));
  });

  test('are forgotten whole when they are cleared', async () => {
    const { claim, clear } = counter(secondFactorPolicy);
    for (let failures = 0; failures < free; failures += 1) await claim();
    await clear();
    expect(await claim()).toMatchObject({ granted: true });
    await counter(secondFactorPolicy).giveBack();
  });
});

describe('a block that was told of', () => {
  const at = (ms: number) => new Date(1_790_000_000_000 + ms);

  test('is known without the database for half a second, and no longer than it lasts', () => {
    attempts.rememberBlock('long', 30, at(0));
    expect([0, 499, 500].map((ms) => attempts.rememberedBlock('long', at(ms)))).toEqual([30, 30, null]);
    attempts.rememberBlock('short', 0.3, at(0));
    expect([0, 299, 300].map((ms) => attempts.rememberedBlock('short', at(ms)))).toEqual([1, 1, null]);
    expect(attempts.rememberedBlock('another', at(0))).toBeNull();
  });

  test('is not known any more once it is given back, released or cleared', async () => {
    const { client } = database;
    const lifted = [
      () => attempts.giveBack(client, 'lifted', at(0)),
      () => attempts.release(client, 'lifted', at(0)),
      () => attempts.clear(client, ['lifted']),
    ];
    for (const lift of lifted) {
      attempts.rememberBlock('lifted', 30, at(0));
      await lift();
      expect(attempts.rememberedBlock('lifted', at(0))).toBeNull();
    }
  });

  test('is forgotten with all others where there are ten thousand', () => {
    const crowded = new Attempts();
    for (let n = 0; n < 10_000; n += 1) crowded.rememberBlock(`${n}`, 30, at(0));
    expect(crowded.rememberedBlock('0', at(0))).toBe(30);
    crowded.rememberBlock('one more', 30, at(0));
    expect(crowded.rememberedBlock('0', at(0))).toBeNull();
    expect(crowded.rememberedBlock('one more', at(0))).toBe(30);
  });
});
