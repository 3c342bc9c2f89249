import type { Services } from '../app.ts';
import { type Config, loadConfig } from '../config.ts';
import type { Resources } from '../resources.ts';
import { counted, remark } from './output.ts';

export interface Opened {
  config: Config;
  resources: Resources;
  services: Services;
}

/**
 * Runs a command on the same resources and services as the server, and closes them. Mail that the command caused is
 * delivered before the end; what cannot be delivered now waits for the server.
 *
 * @throws ConfigError; DatabaseInUseError while the server has the embedded database open
 */
export async function withServices<T>(run: (opened: Opened) => Promise<T>): Promise<T> {
  const config = loadConfig();
  // Loaded here, so that help and wrong command lines are answered at once.
  const [{ buildServices }, { createLogger }, { openResources }] = await Promise.all([
    import('../app.ts'),
    import('../logger.ts'),
    import('../resources.ts'),
  ]);
  const resources = await openResources(config, createLogger('silent'));
  try {
    const result = await run({ config, resources, services: buildServices(config, resources) });
    await deliver(resources);
    return result;
  } finally {
    await resources.close();
  }
}

async function deliver({ mailWorker }: Resources): Promise<void> {
  const before = await mailWorker.waiting();
  if (before === 0) return;
  await mailWorker.deliverDue();
  const left = await mailWorker.waiting();
  if (left > 0) remark(`${counted(left, 'mail waits', 'mails wait')} for the server, which tries again.`);
}
