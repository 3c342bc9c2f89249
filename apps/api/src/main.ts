import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import closeWithGrace from 'close-with-grace';
import { buildApp, buildServices } from './app.ts';
import { type Config, ConfigError, loadConfig } from './config.ts';
import { type DemoAccount, seedDemo } from './features/seed/demo.ts';
import { createLogger } from './logger.ts';
import { openResources } from './resources.ts';

/** The built SPA beside the built service; without it (in development) Vite serves the pages. */
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** How long requests under way may take to finish once the process is told to stop. */
const DRAIN_MS = 10_000;
const HOUR_MS = 60 * 60 * 1000;

function readConfig(): Config {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.faults.join('\n')}\n`);
    process.exit(error.exitCode);
  }
}

function banner(config: Config, accounts: DemoAccount[] | null): string {
  const lines = ['', `  Sallyport is ready at ${config.publicUrl.origin}`, ''];
  if (accounts) {
    const width = Math.max(...accounts.map(({ email }) => email.length));
    lines.push('  Demo accounts (shown only at this first start):', '');
    for (const { email, password, note } of accounts) {
      lines.push(`    ${email.padEnd(width)}  ${password ?? '(no password)'}  ${note}`);
    }
    lines.push('');
  }
  return `${lines.join('\n')}\n`;
}

const config = readConfig();
const logger = createLogger(config.logLevel);
const resources = await openResources(config, logger);
const services = buildServices(config, resources);
const accounts = config.demo ? await seedDemo(services) : null;
const app = await buildApp(config, resources, services, { logger, webRoot: existsSync(webRoot) ? webRoot : null });

resources.mailWorker.start();
const purge = setInterval(() => {
  services.sessions.purge().catch((error: unknown) => logger.warn({ err: error }, 'Purging failed'));
}, HOUR_MS);

closeWithGrace({ delay: DRAIN_MS, logger }, async ({ err }) => {
  if (err) logger.fatal({ err }, 'The process stops on an error');
  clearInterval(purge);
  await app.close();
  await resources.close();
});

await app.listen({ host: config.host, port: config.port });
process.stdout.write(banner(config, accounts));
