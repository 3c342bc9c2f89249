import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Services } from './app.ts';
import type { Config } from './config.ts';
import { type DemoAccount, seedDemo } from './features/seed/demo.ts';

const fileIn = (dataDir: string): string => join(dataDir, 'demo-accounts.json');

/** The demo accounts with their first passwords, made in an empty database, or read where an earlier start made them. */
export async function demoAccounts(
  { dataDir }: Pick<Config, 'dataDir'>,
  services: Services,
): Promise<readonly DemoAccount[]> {
  const accounts = await seedDemo(services);
  if (accounts === null) return readDemoAccounts(dataDir);
  await keepDemoAccounts(dataDir, accounts);
  return accounts;
}

/** Keeps the first passwords of the demo accounts, for the banner of later starts; readable by the owner alone. */
async function keepDemoAccounts(dataDir: string, accounts: readonly DemoAccount[]): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(fileIn(dataDir), JSON.stringify(accounts, null, 2), { mode: 0o600 });
}

/** The demo accounts that an earlier start made here, with their first passwords; none where there were none. */
async function readDemoAccounts(dataDir: string): Promise<DemoAccount[]> {
  try {
    return JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as DemoAccount[];
  } catch {
    return [];
  }
}

/**
 * Says that the service is ready: to people with a banner on standard output, to machines with one more line of the log,
 * which holds no password (SEC-42) but says where those of demo accounts are.
 */
export function tellReady(
  { dataDir, logFormat, publicUrl }: Pick<Config, 'dataDir' | 'logFormat' | 'publicUrl'>,
  logger: Pick<Logger, 'info'>,
  accounts: readonly DemoAccount[],
): void {
  const { origin } = publicUrl;
  if (logFormat === 'pretty') {
    process.stdout.write(banner(origin, accounts));
    return;
  }
  const demo = accounts.length === 0 ? {} : { demoAccounts: fileIn(dataDir) };
  logger.info({ publicUrl: origin, ...demo }, `Sallyport is ready at ${origin}`);
}

/** What a person who just started the service wants to see. */
function banner(url: string, accounts: readonly DemoAccount[]): string {
  const width = Math.max(0, ...accounts.map(({ email }) => email.length));
  const lines = accounts.map(
    ({ email, password, note }) => `    ${email.padEnd(width)}  ${(password ?? '(no password)').padEnd(19)}  ${note}`,
  );
  const demo = lines.length === 0 ? [] : ['  Demo accounts, with their first passwords:', '', ...lines, ''];
  return ['', `  Sallyport is ready at ${url}`, '', ...demo, ''].join('\n');
}
