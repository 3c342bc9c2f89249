import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { Installation } from './installation.ts';
import { Ledger } from './ledger.ts';
import { recovered, say, toldOf } from './said.ts';

const TIMES = 3;
/** Acknowledged before and after each. */
const WRITES = 30;
/** Longer than a statement may take. */
const PAUSE_MS = 13_000;
/** SEC-53: by itself within seconds. The rest is for a machine that is busy. */
const RECOVERY_MS = 30_000;

async function scene(): Promise<{ cluster: Cluster; installation: Installation } | null> {
  const cluster = await Cluster.start();
  if (cluster === null) return null;
  onTestFinished(() => cluster.dispose());
  const installation = new Installation({ DATABASE_URL: cluster.url });
  onTestFinished(() => installation.dispose());
  await installation.begin();
  return { cluster, installation };
}

test('SEC-53: PostgreSQL crashes and comes back, under writes', async (context) => {
  const found = await scene();
  if (found === null) return context.skip('PostgreSQL is not installed');
  const { cluster, installation } = found;
  const ledger = await Ledger.open(installation);
  const recoveries: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await ledger.during(async () => {
      await ledger.grown(WRITES);
      await cluster.crash();
      await wait(1500);
      expect((await fetch(new URL('/healthz', installation.server.url))).status).toBe(200);
      await cluster.up();
      recoveries.push(await recovered(installation, RECOVERY_MS));
      await ledger.grown(WRITES);
    });
    expect(await ledger.losses()).toEqual([]);
  }
  expect(ledger.outrages).toEqual([]);
  expect(ledger.statuses.get('503')).toBeGreaterThan(0);
  await installation.verifyAudit();
  say(context, `${TIMES} crashes, back after ${recoveries.join(', ')} ms, ${toldOf(ledger)}`);
});

test('SEC-53: PostgreSQL stands still for a while, under writes', async (context) => {
  const found = await scene();
  if (found === null) return context.skip('PostgreSQL is not installed');
  const { cluster, installation } = found;
  const ledger = await Ledger.open(installation);
  let recovery = 0;
  await ledger.during(async () => {
    await ledger.grown(WRITES);
    cluster.pause();
    try {
      await wait(PAUSE_MS);
      const ready = await fetch(new URL('/readyz', installation.server.url));
      expect(ready.status).toBe(503);
    } finally {
      cluster.resume();
    }
    recovery = await recovered(installation, RECOVERY_MS);
    await ledger.grown(WRITES);
  });
  expect(await ledger.losses()).toEqual([]);
  expect(ledger.outrages).toEqual([]);
  expect(ledger.statuses.get('503')).toBeGreaterThan(0);
  await installation.verifyAudit();
  say(context, `held for ${PAUSE_MS / 1000} s, back after ${recovery} ms, ${toldOf(ledger)}`);
});
