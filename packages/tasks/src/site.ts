import { join } from 'node:path';
import { announced, TaskFailed } from './progress.ts';
import { root } from './repository.js';
import { commandOf, runTool } from './run.ts';
import { clearStamp, fingerprint, isFresh, setStamp } from './stamp.js';

/** The folder of the built site. */
export const siteFolder = join(root, 'docs/.vitepress/dist');

const NAME = 'documentation';

/** What its pages are made of: files that they lead to are copied, so all of the repository's texts count. */
const SOURCES = [
  ...[
    'docs',
    'examples',
    'packages/client',
    'packages/react',
    'packages/testkit',
    'CONTRIBUTING.md',
    'apps/web/public',
  ],
  'pnpm-lock.yaml',
];

/** VitePress, in the folder of the site. @param output `show` for what runs until it is stopped */
export const vitepress = (args: readonly string[], output: 'keep' | 'show' = 'keep') =>
  runTool(commandOf('vitepress', { of: 'docs' }), args, { cwd: join(root, 'docs'), output });

/**
 * Builds the site of the documentation where something in it changed since the last build.
 *
 * @throws TaskFailed with VitePress's own words, as for a link that leads nowhere
 */
export async function ensureSite({ anew = false } = {}): Promise<void> {
  const print = fingerprint(SOURCES);
  const page = 'docs/.vitepress/dist/index.html';
  if (!anew && isFresh(NAME, page, print)) return;
  await announced('Building the documentation', async () => {
    clearStamp(NAME);
    const { exitCode, output } = await vitepress(['build']);
    if (exitCode !== 0) throw new TaskFailed(`\nThe documentation cannot be built:\n${output}`);
    setStamp(NAME, print);
  });
}
