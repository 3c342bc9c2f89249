import { text } from 'node:stream/consumers';
import { type Config, loadConfig } from '../config.ts';
import { DEMO_RESET, type DemoReset, demoLines, resetDemo } from '../demo-accounts.ts';
import { OrderFailed, OrderUnknown, order } from '../platform/database/control-socket.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withServices } from './open.ts';
import { counted, print } from './output.ts';

/**
 * By way of the server where that has the embedded database open, else as every command.
 *
 * @throws CommandError EX_CONFIG without SALLYPORT_DEMO, here or in the server; EX_DATAERR with the words of the server where that refuses
 */
export async function resetDemoTenants(options: { json?: boolean }): Promise<void> {
  const config = loadConfig();
  if (!config.demo) {
    throw new CommandError(
      EX.CONFIG,
      'SALLYPORT_DEMO is not 1: there are no demo tenants here, and nothing was reset.',
    );
  }
  const { accounts, outcome } =
    (await byServer(config)) ?? (await withServices(({ services }) => resetDemo(config, services)));
  const { organizationsRemoved, usersRemoved, organizationsCreated, usersCreated } = outcome;
  print(options.json, { ...outcome, accounts }, [
    `The demo tenants are as they were seeded: removed ${counted(organizationsRemoved, 'organization')} and ${counted(usersRemoved, 'user')} with all that was theirs, created ${counted(organizationsCreated, 'organization')} and ${counted(usersCreated, 'user')}.`,
    '',
    ...demoLines(config.publicUrl.origin, accounts),
  ]);
}

/** Null where no server has the embedded database open. */
async function byServer({ databaseUrl, dataDir }: Config): Promise<DemoReset | null> {
  if (databaseUrl !== null) return null;
  let done: DemoReset | null = null;
  try {
    await order(dataDir, DEMO_RESET, async (result) => {
      done = JSON.parse(await text(result));
    });
  } catch (error) {
    if (error instanceof OrderUnknown) {
      throw new CommandError(EX.CONFIG, 'The server that runs here has SALLYPORT_DEMO=0, so nothing was reset.');
    }
    if (error instanceof OrderFailed) throw new CommandError(EX.DATAERR, `The server refuses: ${error.message}`);
    throw error;
  }
  return done;
}
