import { type ParsedMail, simpleParser } from 'mailparser';
import type { Mail } from './mail/mail.ts';
import { mailpitMessages } from './mail/mailpit.ts';
import { outboxMessages } from './mail/outbox.ts';
import type { MailSource } from './target.ts';
import { TestMode } from './test-mode.ts';
import { eventually } from './waiting.ts';

/** Mails go out after the answer to what caused them, on a machine that is busy with other tests. */
const WAIT_MS = 15_000;

/** Everybody's mail. */
export class Mailbox {
  readonly #to: (address: string) => Promise<Mail[]>;

  constructor(source: MailSource | TestMode) {
    if (source instanceof TestMode) this.#to = (address) => source.mails(address);
    else if ('outbox' in source) this.#to = async () => readAll(await outboxMessages(source.outbox));
    else this.#to = async (address) => readAll(await mailpitMessages(source.mailpit, `to:"${address}"`));
  }

  /** Every mail to `address`, oldest first. */
  async all(address: string): Promise<Mail[]> {
    return (await this.#to(address)).filter(({ to }) => to === address);
  }

  /** Waits until `address` has a mail with such a subject, and takes the newest. */
  async newest(address: string, subject: RegExp): Promise<Mail> {
    return this.#latest(`a mail to ${address} whose subject has ${subject}`, async () =>
      (await this.all(address)).filter((mail) => subject.test(mail.subject)),
    );
  }

  /** Waits until `address` has a mail with a link that leads to `path`, and takes the link of the newest. */
  async link(address: string, path: string): Promise<string> {
    return this.#latest(`a mail to ${address} with a link to ${path}`, async () =>
      (await this.all(address))
        .flatMap(({ text }) => text.match(/https?:\/\/[^\s<>"]+/g) ?? [])
        .filter((url) => new URL(url).pathname === path),
    );
  }

  async #latest<T>(what: string, find: () => Promise<T[]>): Promise<T> {
    return eventually(what, async () => (await find()).at(-1) ?? null, WAIT_MS);
  }
}

async function readAll(messages: readonly Buffer[]): Promise<Mail[]> {
  const parsed = await Promise.all(messages.map((message) => simpleParser(message)));
  return parsed.map((mail) => ({ to: recipient(mail), subject: mail.subject ?? '', text: mail.text ?? '' }));
}

const recipient = ({ to }: ParsedMail): string => [to].flat().flatMap((field) => field?.value ?? [])[0]?.address ?? '';
