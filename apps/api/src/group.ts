import type { Logger } from 'pino';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import { buildServices } from './app.ts';
import { type Config, warningsOf } from './config.ts';
import { demoAccounts, tellReady } from './demo-accounts.ts';
import type { DemoAccount } from './features/demo/index.ts';
import { openLogger } from './logger.ts';
import { processMetrics } from './platform/metrics.ts';
import { StartFailedError, Supervisor } from './platform/processes/supervisor.ts';
import { openResources } from './resources.ts';

/** Of the supervisor, among the numbers of the processes. */
const OWN_NUMBER = 0;

/**
 * Runs as many processes of the service as the configuration says, until SIGTERM or SIGINT, which drain them all (SEC-52);
 * a second one ends them at once. SIGHUP replaces one after another. Migrations and demo accounts are made here, once.
 *
 * @param program the file of the program, for Node
 * @throws CommandError, ConfigError, MigrationError when it cannot start
 */
export async function runGroup(config: Config, program: string): Promise<never> {
  const logger = await openLogger(config);
  for (const warning of warningsOf(config)) logger.warn(warning);
  const accounts = await prepare(config, logger);
  // Counts by source address for all of them (SEC-3).
  new RateLimiterClusterMaster();
  const supervisor = new Supervisor({
    program,
    count: config.processes,
    // Connections may drain before the server does; see `retire` in server.ts.
    drainMs: (config.drainDelaySeconds + 2 * config.drainSeconds) * 1000,
    logger,
    metrics: processMetrics(OWN_NUMBER),
  });
  let told = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (told) supervisor.kill();
      else void supervisor.stop();
      told = true;
    });
  }
  process.on('SIGHUP', () => supervisor.restart());
  try {
    await supervisor.start();
    tellReady(config, logger, accounts);
  } catch (error) {
    if (!(error instanceof StartFailedError)) throw error;
    await supervisor.stop(error.exitCode);
  }
  process.exit(await supervisor.ended);
}

async function prepare(config: Config, logger: Logger): Promise<readonly DemoAccount[]> {
  const resources = await openResources(config, logger);
  try {
    return config.demo ? await demoAccounts(config, buildServices(config, resources)) : [];
  } finally {
    await resources.close();
  }
}
