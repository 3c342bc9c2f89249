import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { Installation } from './installation.ts';
import { Ledger } from './ledger.ts';
import { say, toldOf } from './said.ts';

const KILLS = 5;
/** Acknowledged before and after each. */
const WRITES = 30;

/** SEC-52: kill -9 at any moment loses no acknowledged write and leaves no half-done one. */
async function killedUnderWrites(installation: Installation): Promise<Ledger> {
  await installation.begin();
  const ledger = await Ledger.open(installation);
  for (let kill = 0; kill < KILLS; kill++) {
    await ledger.during(async () => {
      await ledger.grown(WRITES);
      await wait(Math.random() * 300);
      await installation.kill();
      await ledger.grown(WRITES);
    });
    expect(await ledger.losses()).toEqual([]);
  }
  expect(ledger.outrages).toEqual([]);
  await installation.stop();
  await installation.verifyAudit();
  return ledger;
}

test('SEC-52: kill -9 under writes, on the embedded database', async (context) => {
  const installation = new Installation();
  onTestFinished(() => installation.dispose());
  const ledger = await killedUnderWrites(installation);
  say(context, `killed ${KILLS} times, ${toldOf(ledger)}`);
});

test('SEC-52: kill -9 under writes, on PostgreSQL', async (context) => {
  const cluster = await Cluster.start();
  if (cluster === null) return context.skip('PostgreSQL is not installed');
  onTestFinished(() => cluster.dispose());
  const installation = new Installation({ DATABASE_URL: cluster.url });
  onTestFinished(() => installation.dispose());
  const ledger = await killedUnderWrites(installation);
  say(context, `killed ${KILLS} times, ${toldOf(ledger)}`);
});
