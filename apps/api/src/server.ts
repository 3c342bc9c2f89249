import { existsSync } from 'node:fs';
import { Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp, buildManagementApp, buildServices, choresOf, featuresOf, type Services } from './app.ts';
import { EX } from './cli/exit-codes.ts';
import { CommandError, failureOf } from './cli/failure.ts';
import { type Config, warningsOf } from './config.ts';
import { DEMO_RESET, demoAccounts, readDemoAccounts, resetDemo, tellReady } from './demo-accounts.ts';
import type { DemoAccount } from './features/demo/index.ts';
import { openLogger } from './logger.ts';
import type { OpenDataFolder } from './platform/database/database.ts';
import { SourceLimiter } from './platform/limits/limiter.ts';
import { lowerHashPriority } from './platform/passwords/hash-priority.ts';
import { type Member, memberSignals } from './platform/processes/member.ts';
import { noTracing, type Tracing } from './platform/telemetry/tracing.ts';
import { Chores } from './platform/time/chores.ts';
import { openResources, type Resources } from './resources.ts';
import { telemetryOf } from './telemetry.ts';

/** The built SPA beside the built service; without it (in development) Vite serves the pages. */
const builtSpa = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Runs the chores of a group: on one of its processes, so that the cost is that of one. */
const CHORES_ON = 1;

/** All there is to a service. */
export interface Service {
  readonly app: FastifyInstance;
  readonly logger: Logger;
  /** Those of the demo tenants, with their first passwords. */
  readonly accounts: readonly DemoAccount[];
  /** Says that the next answer on each connection is its last. */
  readonly lastAnswers: AbortController;
  /** @throws CommandError when it cannot; all is closed again */
  listen(): Promise<void>;
  /** It is about to stop, and from now on not ready; it serves on. */
  leave(): void;
  /** Requests under way finish, mail in hand is delivered. */
  close(): Promise<void>;
}

/**
 * Opens all there is to a service, which then can listen.
 *
 * @param member this process as one of a group, whose supervisor has done what is done once; null where it is alone
 * @param folder the data folder, where it is open already and stays so
 * @throws ConfigError, DatabaseInUseError when it cannot start
 */
export async function openService(config: Config, member: Member | null, folder?: OpenDataFolder): Promise<Service> {
  const logger = await openLogger(config);
  if (member === null) for (const warning of warningsOf(config)) logger.warn(warning);
  const telemetry = await telemetryOf(config, logger);
  const tracing = telemetry?.tracing ?? noTracing;
  const resources = await (member === null
    ? openResources(config, logger, { tracing, ...(folder && { folder }) })
    : openInGroup(config, logger, member, tracing));
  telemetry?.exportMetrics(resources.metrics);
  await lowerHashPriority();
  const services = buildServices(config, resources);
  resources.metrics.watchSealing(() => services.sealer.lagSeconds());
  const accounts = await accountsOf(config, services, member);
  const { database } = resources;
  if (config.demo && database.kind === 'embedded') {
    database.orders.set(DEMO_RESET, async () => JSON.stringify(await inWords(resetDemo(config, services))));
  }
  const features = featuresOf(services);
  const webRoot = existsSync(builtSpa) ? builtSpa : null;
  const leaving = new AbortController();
  const lastAnswers = new AbortController();
  const watched = {
    ...resources,
    assertReady: async () => {
      leaving.signal.throwIfAborted();
      await resources.assertReady();
    },
  };
  const app = await buildApp(config, watched, services, features, {
    logger,
    webRoot,
    leaving: lastAnswers.signal,
    demoAccounts: accounts,
  });
  const chores = new Chores({ ...resources, logger }, choresOf(features, resources));

  resources.mailWorker.start();
  if (member === null || member.number === CHORES_ON) chores.start();

  const management = config.management && (await buildManagementApp(watched, logger));

  const close = async (): Promise<void> => {
    await app.close();
    await management?.close();
    await chores.stop();
    await resources.close();
    await telemetry?.close();
  };
  return {
    app,
    logger,
    accounts,
    lastAnswers,
    listen: async () => {
      try {
        // First, so that what watches the start is not refused before it is over.
        if (management && config.management) await listen(management, { ...config.management, names: 'MANAGEMENT_' });
        await listen(app, config);
      } catch (error) {
        await close();
        throw error;
      }
    },
    leave: () => leaving.abort(new Error('The server is about to stop.')),
    close,
  };
}

/**
 * Runs the service until SIGTERM or SIGINT, which drain it.
 *
 * @param member as for `openService`
 * @throws CommandError, ConfigError, DatabaseInUseError when it cannot start
 */
export async function runServer(config: Config, member: Member | null): Promise<void> {
  const service = await openService(config, member);
  const { app, logger, lastAnswers } = service;
  const { drainSeconds, drainDelaySeconds } = config;
  const delay = (drainSeconds + drainDelaySeconds) * 1000;
  const grace = closeWithGrace({ delay, logger, skip: member ? memberSignals : [] }, async ({ err }) => {
    if (err) logger.fatal({ err }, 'The process stops on an error.');
    // Load balancers see it, and send new requests elsewhere, while this one still answers.
    if (!err && !lastAnswers.signal.aborted) {
      service.leave();
      lastAnswers.abort();
      await setTimeout(drainDelaySeconds * 1000);
    }
    await service.close();
  });
  let left = false;
  member?.onLeave(async (how) => {
    if (left) return;
    left = true;
    if (how === 'retire') {
      lastAnswers.abort();
      await retire(app.server, drainSeconds * 1000);
    }
    grace.close();
  });
  await service.listen();
  if (member) member.ready();
  else tellReady(config, logger, service.accounts);
}

/** In a group the supervisor made them. */
async function accountsOf(config: Config, services: Services, member: Member | null): Promise<readonly DemoAccount[]> {
  if (!config.demo) return [];
  return member === null ? demoAccounts(config, services) : readDemoAccounts(config.dataDir);
}

/** What fails here is told on the terminal of who gave the order. */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(failureOf(error).lines.join('\n'), { cause: error });
  }
}

/** @throws what `openResources` does; migrations are the supervisor's */
async function openInGroup(config: Config, logger: Logger, member: Member, tracing: Tracing): Promise<Resources> {
  const limiter = await SourceLimiter.open({ redisUrl: config.redisUrl, logger, counts: 'in the supervisor' });
  const resources = await openResources(config, logger, { migrations: 'refuse', limiter, tracing });
  const { metrics } = resources;
  metrics.joinGroup(member.number, member.metricsOfAll);
  member.tellMetrics(() => metrics.ownText());
  return resources;
}

/**
 * Takes no new connection any more, and waits until the last answer on each that is open has ended it, or for so long as
 * they are silent. To close the whole server would cut those that are idle, in which a request may be on its way.
 */
async function retire(server: Server, silenceMs: number): Promise<void> {
  const ended = new Promise((resolve) => Server.prototype.close.call(server, resolve));
  await Promise.race([ended, setTimeout(silenceMs)]);
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
