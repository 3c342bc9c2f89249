import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type ParsedMail, simpleParser } from 'mailparser';

/** A mail as its reader sees it. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Everybody's mail: the outbox folder that Sallyport writes to when it has no SMTP server. */
export class Mailbox {
  readonly #folder: string;

  /** @param dataDir the server's data folder */
  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'outbox');
  }

  /** Every mail to `address`, oldest first. */
  async all(address: string): Promise<Mail[]> {
    if (!existsSync(this.#folder)) return [];
    const files = readdirSync(this.#folder).filter((file) => file.endsWith('.eml'));
    const parsed = await Promise.all(files.map((file) => simpleParser(readFileSync(join(this.#folder, file)))));
    return parsed
      .sort((one, other) => (one.date?.getTime() ?? 0) - (other.date?.getTime() ?? 0))
      .map((mail) => ({ to: recipient(mail), subject: mail.subject ?? '', text: mail.text ?? '' }))
      .filter(({ to }) => to === address);
  }

  /** Waits until `address` has a mail with such a subject, and takes the newest. */
  async newest(address: string, subject: RegExp): Promise<Mail> {
    const find = async (): Promise<Mail | undefined> =>
      (await this.all(address)).filter((mail) => subject.test(mail.subject)).at(-1);
    await expect.poll(find, { message: `a mail to ${address} whose subject has ${subject}` }).toBeDefined();
    const mail = await find();
    if (mail === undefined) throw new Error(`The mail to ${address} went away again.`);
    return mail;
  }

  /** The first link of such a mail that leads to `path`. */
  async link(address: string, path: string, subject = /./): Promise<string> {
    const mail = await this.newest(address, subject);
    const link = mail.text.match(/https?:\/\/[^\s<>"]+/g)?.find((url) => new URL(url).pathname === path);
    if (link === undefined) throw new Error(`The mail "${mail.subject}" has no link to ${path}.`);
    return link;
  }
}

const recipient = ({ to }: ParsedMail): string => [to].flat().flatMap((field) => field?.value ?? [])[0]?.address ?? '';
