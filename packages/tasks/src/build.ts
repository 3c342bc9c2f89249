import { ensureGenerated } from './generate.ts';
import { ensureBuilt } from './product.ts';
import { task } from './progress.ts';

/** Builds everything anew; with `--stale` only what changed since the last build. */
await task(async () => {
  await ensureGenerated();
  await ensureBuilt({ anew: !process.argv.includes('--stale') });
});
