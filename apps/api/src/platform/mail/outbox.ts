import { newId } from '../crypto/ids.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Db } from '../database/database.ts';
import type { Clock } from '../time/clock.ts';
import type { Mail, MailMessage } from './mailer.ts';
import { mailContext, outgoingMailsStore } from './store.ts';

interface Deps {
  keyring: Keyring;
  clock: Clock;
  /** Delivers; see mail-worker.ts. */
  worker: { poke(): void };
}

const BATCH = 500;
/** No mail has this id. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Mail as services see it: written with the change it tells of, delivered once that is committed. */
export class MailOutbox {
  constructor(private readonly deps: Deps) {}

  /** Puts a message in the queue, within the transaction that causes it. It is sealed, as it may hold a token. */
  async enqueue(db: Db, message: MailMessage): Promise<void> {
    await this.enqueueMany(db, [message]);
  }

  /** The same for many messages, in one statement: some hundreds at once. */
  async enqueueMany(db: Db, messages: readonly MailMessage[]): Promise<void> {
    const sealed = messages.map(({ to, subject, text, html }) => {
      const id = newId();
      const message = Buffer.from(JSON.stringify({ to, subject, text, html } satisfies MailMessage));
      return { id, message: this.deps.keyring.seal(message, mailContext(id)) };
    });
    await outgoingMailsStore(db).insertMany(sealed, this.deps.clock.now());
  }

  /** The mails to the address that wait. All that wait are opened for it: mails name nobody from outside. */
  async waitingFor(db: Db, address: string): Promise<{ id: string; subject: string; createdAt: Date }[]> {
    const found: { id: string; subject: string; createdAt: Date }[] = [];
    for await (const { id, to, subject, createdAt } of this.waiting(db)) {
      if (to === address) found.push({ id, subject, createdAt });
    }
    return found;
  }

  /** All mails that wait, opened, in the order of their ids. */
  async *waiting(db: Db): AsyncGenerator<Mail> {
    for (let after: string | undefined = BEFORE_ALL; after !== undefined; ) {
      const mails = await outgoingMailsStore(db).page(after, BATCH);
      for (const { id, message, createdAt } of mails) yield { id, createdAt, ...this.open(id, message) };
      after = mails.length < BATCH ? undefined : mails.at(-1)?.id;
    }
  }

  /** Takes the mails to the address back that wait; one that is being handed on just now still goes out. */
  async withdraw(db: Db, address: string): Promise<void> {
    for (const { id } of await this.waitingFor(db, address)) await outgoingMailsStore(db).delete(id);
  }

  private open(id: string, message: Uint8Array): MailMessage {
    return JSON.parse(Buffer.from(this.deps.keyring.open(message, mailContext(id))).toString('utf8')) as MailMessage;
  }

  /** Asks for delivery at once. Call it after the commit; never waits and never throws. */
  poke(): void {
    this.deps.worker.poke();
  }
}
