import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '@sallyport/core';
import type { Logger } from 'pino';
import type { Services } from './app.ts';
import type { Config } from './config.ts';
import type { DemoAccount } from './features/demo/index.ts';
import type { ReplacedTenants } from './features/tenants/index.ts';

/** Where the accounts of the demo tenants stand, with their first passwords, on the instance that made them. */
export const demoFileIn = (dataDir: string): string => join(dataDir, 'demo-accounts.json');

/** The order by which the process that has the embedded database open does it. */
export const DEMO_RESET = 'demo-reset';

/** What a reset of the demo tenants did. */
export interface DemoReset {
  accounts: DemoAccount[];
  outcome: ReplacedTenants;
}

/** The demo accounts with their first passwords, made in an empty database, or read where an earlier start made them. */
export async function demoAccounts(
  { dataDir }: Pick<Config, 'dataDir'>,
  services: Pick<Services, 'demo'>,
): Promise<readonly DemoAccount[]> {
  const accounts = await services.demo.begin();
  if (accounts === null) return readDemoAccounts(dataDir);
  await keepDemoAccounts(dataDir, accounts);
  return accounts;
}

/**
 * Puts the demo tenants back to how they were seeded; their accounts have their first passwords again.
 *
 * @throws Problem as `DemoService.reset`; and `not_found` where this data folder is not the one of the instance that made
 * them: tenants that only bear the same names are never touched
 */
export async function resetDemo(
  { dataDir }: Pick<Config, 'dataDir'>,
  services: Pick<Services, 'demo'>,
): Promise<DemoReset> {
  const first = await readDemoAccounts(dataDir);
  if (first.length === 0) {
    throw new Problem('not_found', {
      detail: `${demoFileIn(dataDir)} is not there: no demo tenants were made from this data folder. Set SALLYPORT_DATA_DIR to the one of the server that made them`,
    });
  }
  const done = await services.demo.reset(first);
  await keepDemoAccounts(dataDir, done.accounts);
  return done;
}

/** Keeps the first passwords of the demo accounts, for the banner of later starts; readable by the owner alone. */
async function keepDemoAccounts(dataDir: string, accounts: readonly DemoAccount[]): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(demoFileIn(dataDir), JSON.stringify(accounts, null, 2), { mode: 0o600 });
}

/** The demo accounts that an earlier start made here, with their first passwords; none where there were none. */
export async function readDemoAccounts(dataDir: string): Promise<DemoAccount[]> {
  try {
    return JSON.parse(await readFile(demoFileIn(dataDir), 'utf8')) as DemoAccount[];
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
  const demo = accounts.length === 0 ? {} : { demoAccounts: demoFileIn(dataDir) };
  logger.info({ publicUrl: origin, ...demo }, `Sallyport is ready at ${origin}`);
}

/** What a person who just started the service wants to see. */
function banner(origin: string, accounts: readonly DemoAccount[]): string {
  const demo = accounts.length === 0 ? [] : demoLines(origin, accounts);
  return ['', `  Sallyport is ready at ${origin}`, '', ...demo, ''].join('\n');
}

/** The demo accounts for people, and calls with the first of them, to be pasted into a shell. */
export function demoLines(origin: string, accounts: readonly DemoAccount[]): string[] {
  const width = Math.max(0, ...accounts.map(({ email }) => email.length));
  const lines = accounts.map(
    ({ email, password, note }) => `    ${email.padEnd(width)}  ${(password ?? '(no password)').padEnd(19)}  ${note}`,
  );
  const calls = curlLines(origin, accounts).map((line) => `    ${line}`);
  return [
    ...['  Demo accounts, with their first passwords:', '', ...lines, ''],
    ...['  The API in a shell, and in a browser at the page /docs:', '', ...calls, ''],
  ];
}

/** Signs in, asks who that is and who else there is, and signs out; the cookies are in a file between. */
function curlLines(origin: string, accounts: readonly DemoAccount[]): string[] {
  const account = accounts.find(({ password }) => password !== null);
  if (!account) return [];
  const { email, password } = account;
  const curl = `curl -sS -w '\\n' -b sallyport.cookies -c sallyport.cookies`;
  const api = `${origin}/api/v1`;
  return [
    `${curl} -H 'content-type: application/json' -d '${JSON.stringify({ email, password })}' ${api}/auth/login`,
    `${curl} ${api}/me`,
    `${curl} '${api}/users?limit=5'`,
    `${curl} -X POST ${api}/auth/logout`,
  ];
}
