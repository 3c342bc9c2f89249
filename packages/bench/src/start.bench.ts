import { spawnSync } from 'node:child_process';
import { startWithAccounts } from './people.ts';
import { report } from './report.ts';

/** Starts to ready on an existing embedded database, beside Node's own start. */
const RUNS = 5;
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function seconds(task: () => unknown): Promise<number> {
  const begin = performance.now();
  await task();
  return (performance.now() - begin) / 1000;
}

const { sallyport } = await startWithAccounts(1);
const starts: number[] = [];
const bare: number[] = [];
for (let run = 0; run < RUNS; run++) {
  await sallyport.stop();
  starts.push(await seconds(() => sallyport.start()));
  bare.push(await seconds(() => spawnSync(process.execPath, ['-e', '0'])));
}
await sallyport.dispose();
const [ours, node] = [median(starts), median(bare)];
report({ what: 'start to ready', measured: ours, yardstick: "Node's own start", reference: node, unit: 's' });
