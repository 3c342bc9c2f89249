import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureGenerated } from './generate.ts';
import { ensureBuilt } from './product.ts';
import { task } from './progress.ts';
import { root } from './repository.ts';

await task(async () => {
  await ensureGenerated();
  await ensureBuilt();
  // In this very process: signals reach the server itself, and its exit code is the command's.
  await import(pathToFileURL(join(root, 'apps/api/dist/main.js')).href);
});
