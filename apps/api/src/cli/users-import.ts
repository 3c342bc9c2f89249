import { ImportRefused, UserImportService } from '../features/user-import/service.ts';
import { readUsers } from './csv.ts';
import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { withServices } from './open.ts';
import { counted, print, progress } from './output.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
}

/** @throws CommandError EX_NOINPUT, EX_DATAERR with the line of each fault */
export async function importUsers(file: string, options: Options): Promise<void> {
  const rows = await readUsers(file);
  const bars = { hashing: progress('Hashing passwords'), writing: progress('Writing users') };
  try {
    await withServices(
      async ({ resources, services }) => {
        const service = new UserImportService({ ...resources, ...services });
        if (options.dryRun) {
          await service.check(rows);
          print(options.json, { created: 0, invited: 0 }, [
            `${counted(rows.length, 'user')} can be imported. Nothing was written.`,
          ]);
          return;
        }
        const outcome = await service.run(rows, {
          actorName: 'operator: users import',
          onProgress(phase, done, total) {
            if (phase === 'writing') bars.hashing.stop();
            bars[phase].update(done, total);
          },
        });
        bars.writing.stop();
        print(options.json, outcome, [
          `Created ${counted(outcome.created, 'user')}, ${outcome.invited} of them with an invitation by mail.`,
        ]);
      },
      { readOnly: options.dryRun === true },
    );
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    throw new CommandError(EX.DATAERR, ...error.faults.map(({ line, message }) => `line ${line}: ${message}`));
  } finally {
    bars.hashing.stop();
    bars.writing.stop();
  }
}
