import { spawnSync } from 'node:child_process';
import { product } from '@sallyport/testkit/product';
import { Sallyport } from '@sallyport/testkit/server';
import { load } from './load.ts';
import { people, seedOf } from './people.ts';
import { residentMiB, watchMemory } from './processes.ts';
import { printTable, ratios, spreadOf, spreadText } from './report.ts';

/** Starts to ready of the program on an existing embedded database, beside Node's own; and what memory it takes then. */
const ROUNDS = 5;
const SECONDS = 5;

async function seconds(task: () => unknown): Promise<number> {
  const begin = performance.now();
  await task();
  return (performance.now() - begin) / 1000;
}

const sallyport = new Sallyport({ product });
await sallyport.seed(seedOf(people(1)));
await sallyport.start();
const [starts, bare]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  await sallyport.stop();
  starts.push(await seconds(() => sallyport.start()));
  bare.push(await seconds(() => spawnSync(process.execPath, ['-e', '0'])));
}
const idleMiB = residentMiB(sallyport.pid);
const page = {
  url: `${sallyport.url}/api/v1/auth/sign-in-options?email=bench-0@people.example`,
  connections: 8,
  seconds: SECONDS,
};
const { peakMiB } = await watchMemory(sallyport.pid, () => load(page));
await sallyport.dispose();
printTable(
  ['embedded', 'measured', "Node's own start", 'ratio'],
  [
    [
      'start to ready, s',
      spreadText(spreadOf(starts)),
      spreadText(spreadOf(bare)),
      spreadText(ratios(starts, bare), 1),
    ],
    ['resident memory when ready, MiB', idleMiB.toFixed(0), '', ''],
    ['the same, most under reads, MiB', peakMiB.toFixed(0), '', ''],
  ],
);
