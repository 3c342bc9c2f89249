import { newId } from '../crypto/ids.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Db } from '../database/database.ts';
import type { Clock } from '../time/clock.ts';
import type { MailMessage } from './mailer.ts';
import { mailContext, outgoingMailsStore } from './store.ts';

interface Deps {
  keyring: Keyring;
  clock: Clock;
  /** Delivers; see mail-worker.ts. */
  worker: { poke(): void };
}

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

  /** Asks for delivery at once. Call it after the commit; never waits and never throws. */
  poke(): void {
    this.deps.worker.poke();
  }
}
