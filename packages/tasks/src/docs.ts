import { task } from './progress.ts';
import { ensureSite, siteFolder, vitepress } from './site.ts';

/** Builds the site of the documentation; with `--serve` shows it on this machine, and follows what is changed. */
await task(async () => {
  if (process.argv.includes('--serve')) {
    process.exitCode = (await vitepress(['dev'], 'show')).exitCode;
    return;
  }
  await ensureSite({ anew: true });
  process.stdout.write(`${siteFolder}: to be put on any web server, in whatever folder.\n`);
});
