import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import { buildApp, buildManagementApp, buildServices, choresOf, featuresOf, type Services } from './app.ts';
import { EX } from './cli/exit-codes.ts';
import { CommandError } from './cli/failure.ts';
import { type Config, warningsOf } from './config.ts';
import { banner, keepDemoAccounts, readDemoAccounts } from './demo-accounts.ts';
import { type DemoAccount, seedDemo } from './features/seed/demo.ts';
import { createLogger } from './logger.ts';
import { Chores } from './platform/time/chores.ts';
import { openResources } from './resources.ts';

/** The built SPA beside the built service; without it (in development) Vite serves the pages. */
const builtSpa = fileURLToPath(new URL('../../web/dist', import.meta.url));

/**
 * Runs the service until SIGTERM or SIGINT, which drain it: requests under way finish, mail in hand is delivered.
 *
 * @throws CommandError, ConfigError, DatabaseInUseError when it cannot start
 */
export async function runServer(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  for (const warning of warningsOf(config)) logger.warn(warning);
  const resources = await openResources(config, logger);
  const services = buildServices(config, resources);
  const accounts = config.demo ? await demoAccounts(config, services) : [];
  const features = featuresOf(services);
  const webRoot = existsSync(builtSpa) ? builtSpa : null;
  const leaving = new AbortController();
  const watched = {
    ...resources,
    assertReady: async () => {
      leaving.signal.throwIfAborted();
      await resources.assertReady();
    },
  };
  const app = await buildApp(config, watched, services, features, { logger, webRoot });
  const chores = new Chores({ ...resources, logger }, choresOf(features, resources));

  resources.mailWorker.start();
  chores.start();

  const management = config.management && (await buildManagementApp(watched, logger));

  const stop = async (): Promise<void> => {
    await app.close();
    await management?.close();
    await chores.stop();
    await resources.close();
  };
  const { drainSeconds, drainDelaySeconds } = config;
  closeWithGrace({ delay: (drainSeconds + drainDelaySeconds) * 1000, logger }, async ({ err }) => {
    if (err) logger.fatal({ err }, 'The process stops on an error.');
    leaving.abort(new Error('The server is about to stop.'));
    // Load balancers see it, and send new requests elsewhere, while this one still answers.
    if (!err) await setTimeout(drainDelaySeconds * 1000);
    await stop();
  });
  try {
    // First, so that what watches the start is not refused before it is over.
    if (management && config.management) await listen(management, { ...config.management, names: 'MANAGEMENT_' });
    await listen(app, config);
  } catch (error) {
    await stop();
    throw error;
  }
  process.stdout.write(banner(config.publicUrl.origin, accounts));
}

async function demoAccounts(config: Config, services: Services): Promise<readonly DemoAccount[]> {
  const accounts = await seedDemo(services);
  if (accounts === null) return readDemoAccounts(config.dataDir);
  await keepDemoAccounts(config.dataDir, accounts);
  return accounts;
}

interface Address {
  host: string;
  port: number;
  /** What stands before HOST and PORT in the names of the variables. */
  names?: string;
}

async function listen(app: FastifyInstance, { host, port, names = '' }: Address): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    switch (error.code) {
      case 'EADDRINUSE':
        throw new CommandError(EX.UNAVAILABLE, `Port ${port} of ${host} is in use. Set ${names}PORT to another.`);
      case 'EACCES':
        throw new CommandError(
          EX.CONFIG,
          `${names}PORT ${port} is not for this user (EACCES): set it to one above 1023.`,
        );
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        throw new CommandError(EX.CONFIG, `${names}HOST ${host} is no address of this machine (${error.code}).`);
      default:
        throw error;
    }
  }
}
