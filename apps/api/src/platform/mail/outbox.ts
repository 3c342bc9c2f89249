import { newId } from '../crypto/ids.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Db } from '../database/database.ts';
import type { Clock } from '../time/clock.ts';
import type { MailMessage } from './mailer.ts';

/** What a waiting message is sealed for. */
export const mailContext = (mailId: string): string => `mail:${mailId}`;

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
  async enqueue(db: Db, { to, subject, text, html }: MailMessage): Promise<void> {
    const id = newId();
    const now = this.deps.clock.now();
    const message = Buffer.from(JSON.stringify({ to, subject, text, html } satisfies MailMessage));
    await db.outgoingMail.create({
      data: {
        id,
        message: this.deps.keyring.seal(message, mailContext(id)),
        nextAttemptAt: now,
        createdAt: now,
      },
    });
  }

  /** Asks for delivery at once. Call it after the commit; never waits and never throws. */
  poke(): void {
    this.deps.worker.poke();
  }
}
