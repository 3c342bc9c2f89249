import { ensureGenerated } from './generate.ts';
import { ensureBuilt } from './product.ts';
import { task } from './progress.ts';

await task(async () => {
  await ensureGenerated();
  await ensureBuilt({ anew: true });
});
