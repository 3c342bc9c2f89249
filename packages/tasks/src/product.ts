import { join } from 'node:path';
import { type Part, staleParts } from './parts.js';
import { announced, TaskFailed } from './progress.ts';
import { root } from './repository.js';
import { commandOf, runTool } from './run.ts';
import { clearStamp, setStamp } from './stamp.js';

async function build(part: Part, print: string): Promise<void> {
  clearStamp(part.name);
  const { exitCode, output } = await runTool(commandOf('vite'), ['build'], {
    cwd: join(root, part.folder),
    env: { NODE_ENV: 'production' },
  });
  if (exitCode !== 0) throw new TaskFailed(`\nThe ${part.name} cannot be built:\n${output}`);
  if (part.finish !== undefined) {
    const finished = await runTool(join(root, part.finish), []);
    if (finished.exitCode !== 0) throw new TaskFailed(`\nThe ${part.name} cannot be finished:\n${finished.output}`);
  }
  setStamp(part.name, print);
}

/**
 * Builds API and SPA where their sources changed since the last build.
 *
 * @throws TaskFailed with Vite's own words
 */
export async function ensureBuilt(options: { anew?: boolean } = {}): Promise<void> {
  const stale = staleParts(options);
  if (stale.length === 0) return;
  const names = stale.map(({ part }) => part.name).join(' and ');
  await announced(`Building ${names}`, async () => {
    await Promise.all(stale.map(({ part, print }) => build(part, print)));
  });
}
