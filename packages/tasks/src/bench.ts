import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureGenerated } from './generate.ts';
import { ensureBuilt } from './product.ts';
import { TaskFailed, task } from './progress.ts';
import { root } from './repository.js';
import { run } from './run.ts';

const folder = join(root, 'packages/bench/src');

/** One after another: two benchmarks at once would measure each other. */
await task(async () => {
  const wanted = process.argv.slice(2);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.bench.ts'))
    .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
    .sort();
  if (files.length === 0) throw new TaskFailed(`No benchmark in packages/bench/src is called ${wanted.join(' or ')}.`);
  await ensureGenerated();
  await ensureBuilt();
  const failed: string[] = [];
  for (const file of files) {
    process.stdout.write(`\n# ${file.replace('.bench.ts', '')}\n\n`);
    const { exitCode } = await run(process.execPath, ['--import', 'tsx', join(folder, file)], { output: 'show' });
    if (exitCode !== 0) failed.push(file);
  }
  if (failed.length > 0) throw new TaskFailed(`\nFailed: ${failed.join(', ')}`);
});
