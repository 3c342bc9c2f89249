import type { MailMessage } from '../platform/mail/mailer.ts';
import { mailContext } from '../platform/mail/store.ts';
import type { TestApp } from './app.ts';

/** The mails that wait for an address, oldest first; in tests nothing is delivered. */
export async function mailsTo(service: TestApp, address: string): Promise<MailMessage[]> {
  await service.resources.afterwards.settle();
  const rows = await service.db.outgoingMail.findMany({ orderBy: { id: 'asc' } });
  return rows
    .map(({ id, message }) =>
      JSON.parse(Buffer.from(service.resources.keyring.open(message, mailContext(id))).toString()),
    )
    .filter((mail: MailMessage) => mail.to === address);
}

/** The token in the link of a mail. */
export function tokenIn(mail: MailMessage | undefined): string {
  const token = /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no token in ${JSON.stringify(mail)}`);
  return token;
}
