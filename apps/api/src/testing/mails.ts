import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Db } from '../platform/database/database.ts';
import type { MailMessage } from '../platform/mail/mailer.ts';
import { mailContext } from '../platform/mail/store.ts';
import type { Resources } from '../resources.ts';

/** A service that runs in this process. */
interface Sender {
  db: Db;
  resources: Pick<Resources, 'afterwards' | 'keyring'>;
}

/** The mails that wait for an address, oldest first; in tests nothing is delivered. */
export async function mailsTo(service: Sender, address: string): Promise<MailMessage[]> {
  await service.resources.afterwards.settle();
  const rows = await service.db.outgoingMail.findMany({ orderBy: { id: 'asc' } });
  return rows
    .map(({ id, message }) =>
      JSON.parse(Buffer.from(service.resources.keyring.open(message, mailContext(id))).toString()),
    )
    .filter((mail: MailMessage) => mail.to === address);
}

/** The mails to an address that were delivered into `folder` or one below it, oldest first. */
export async function deliveredTo(folder: string, address: string): Promise<ParsedMail[]> {
  const files = (await readdir(folder, { recursive: true })).filter(
    (file) => file.endsWith('.eml') && file.includes(address),
  );
  const inOrder = files.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  return Promise.all(inOrder.map(async (file) => simpleParser(await readFile(join(folder, file)))));
}

/** The token in the link of a mail. */
export function tokenIn(mail: { text?: string | undefined } | undefined): string {
  const token = /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no token in ${JSON.stringify(mail)}`);
  return token;
}
