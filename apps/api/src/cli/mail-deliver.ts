import { EX } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { type Opened, withServices } from './open.ts';
import { counted, print } from './output.ts';

/** @throws CommandError EX_TEMPFAIL where mail is left */
export async function deliverMail({ json }: { json?: boolean }): Promise<void> {
  const work = async ({ config, resources }: Opened): Promise<[delivered: number, waiting: number]> => {
    const { mailWorker } = resources;
    // On PostgreSQL without SMTP_URL mail waits for a server, whose settings these may well not be.
    const maySend = config.databaseUrl === null || config.smtpUrl !== null;
    const sent = maySend ? await mailWorker.deliverDue() : 0;
    return [sent, await mailWorker.waiting()];
  };
  const [delivered, waiting] = await withServices(work, { readOnly: true });
  print(json, { delivered, waiting }, [`Handed on ${counted(delivered, 'mail')}.`]);
  if (waiting > 0) throw new CommandError(EX.TEMPFAIL, `${counted(waiting, 'mail waits', 'mails wait')} still.`);
}
