import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureGenerated } from './generate.ts';
import { ensureBuilt } from './product.ts';
import { task } from './progress.ts';
import { root } from './repository.ts';

await task(async () => {
  await ensureGenerated();
  await ensureBuilt();
  const cli = join(root, 'apps/api/dist/cli.js');
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
});
