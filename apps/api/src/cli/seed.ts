import { readSeedDocument, SeedRefused } from '../features/seed/service.ts';
import { EX } from './exit-codes.ts';
import { CommandError, faultLine } from './failure.ts';
import { readInput } from './files.ts';
import { withServices } from './open.ts';
import { counted, print, progress } from './output.ts';

/** @throws CommandError EX_NOINPUT, EX_DATAERR with the JSON pointer of each fault */
export async function seed(file: string, options: { json?: boolean }): Promise<void> {
  const text = await readInput(file);
  const bar = progress('Hashing passwords');
  try {
    const document = readSeedDocument(text);
    const outcome = await withServices(({ services }) =>
      services.seed.apply(document, { actorName: 'operator: seed', onProgress: bar.update }),
    );
    bar.stop();
    const { organizationsCreated, organizationsUpdated, domainsVerified, usersCreated, usersUpdated } = outcome;
    const isSame = Object.values(outcome).every((count) => count === 0);
    print(options.json, outcome, [
      isSame
        ? 'Everything is as the file says already.'
        : `Created ${counted(organizationsCreated, 'organization')} and ${counted(usersCreated, 'user')}, updated ${counted(organizationsUpdated, 'organization')} and ${counted(usersUpdated, 'user')}, verified ${counted(domainsVerified, 'domain')}.`,
    ]);
  } catch (error) {
    throw error instanceof SeedRefused ? new CommandError(EX.DATAERR, ...error.faults.map(faultLine)) : error;
  } finally {
    bar.stop();
  }
}
