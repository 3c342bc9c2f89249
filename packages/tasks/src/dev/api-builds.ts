import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { root } from '../repository.js';

const folder = join(root, 'apps/api');
const builds = join(folder, '.dev');

/** The newest build that is there. */
export function lastBuild(): string | undefined {
  if (!existsSync(builds)) return undefined;
  const files = readdirSync(builds).filter((name) => /^api-.*\.js$/.test(name));
  const times = files.map((name) => [statSync(join(builds, name)).mtimeMs, join(builds, name)] as const);
  return times.sort(([one], [other]) => other - one)[0]?.[1];
}

/** What happens to the sources of the API. */
interface BuildEvents {
  /** Something changed; a build, or what is wrong with it, follows. */
  onStart(): void;
  /** @param file the new build of apps/api/src/development.ts; its name changes with its content */
  onBuilt(file: string): void;
  /** @param fault for people */
  onBroken(fault: string): void;
}

/** Builds the API for development, and again at each change. @returns ends it */
export async function watchApi(events: BuildEvents): Promise<() => Promise<void>> {
  let entry = '';
  const told: Plugin = {
    name: 'tells-its-entry',
    writeBundle: (_options, bundle) => {
      const [chunk] = Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry);
      entry = chunk?.fileName ?? '';
    },
  };
  const watcher = (await build({
    root: folder,
    mode: 'development',
    logLevel: 'silent',
    plugins: [told],
    build: { watch: {} },
  })) as Rolldown.RolldownWatcher;
  watcher.on('event', (event) => {
    if (event.code === 'START') events.onStart();
    if (event.code === 'BUNDLE_END') events.onBuilt(join(builds, entry));
    if (event.code === 'ERROR') events.onBroken(event.error.message);
    if ('result' in event) void event.result.close();
  });
  return () => watcher.close();
}
