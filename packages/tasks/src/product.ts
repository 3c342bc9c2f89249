import { join } from 'node:path';
import { announced, TaskFailed } from './progress.ts';
import { root } from './repository.ts';
import { commandOf, runTool } from './run.ts';
import { clearStamp, fingerprint, isFresh, setStamp } from './stamp.ts';

interface Part {
  name: string;
  /** Folder of the workspace with its vite.config.ts. */
  folder: string;
  /** A file that only a whole build leaves. */
  product: string;
  sources: readonly string[];
}

const everywhere = ['pnpm-lock.yaml', 'tsconfig.base.json'];

const parts: readonly Part[] = [
  {
    name: 'API',
    folder: 'apps/api',
    product: 'apps/api/dist/main.js',
    sources: [...everywhere, 'apps/api', 'packages/core', 'prisma'],
  },
  {
    name: 'SPA',
    folder: 'apps/web',
    product: 'apps/web/dist/index.html',
    sources: [...everywhere, 'apps/web', 'packages/core', 'packages/client'],
  },
];

async function build(part: Part, print: string): Promise<void> {
  clearStamp(part.name);
  const { exitCode, output } = await runTool(commandOf('vite'), ['build'], {
    cwd: join(root, part.folder),
    env: { NODE_ENV: 'production' },
  });
  if (exitCode !== 0) throw new TaskFailed(`\nThe ${part.name} cannot be built:\n${output}`);
  setStamp(part.name, print);
}

/** Builds API and SPA where their sources changed since the last build. @throws TaskFailed with Vite's own words */
export async function ensureBuilt({ anew = false } = {}): Promise<void> {
  const stale = parts
    .map((part) => ({ part, print: fingerprint(part.sources) }))
    .filter(({ part, print }) => anew || !isFresh(part.name, part.product, print));
  if (stale.length === 0) return;
  const names = stale.map(({ part }) => part.name).join(' and ');
  await announced(`Building ${names}`, async () => {
    await Promise.all(stale.map(({ part, print }) => build(part, print)));
  });
}
