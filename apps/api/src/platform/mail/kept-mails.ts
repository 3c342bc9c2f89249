import type { Mail, Mailer } from './mailer.ts';

/** More than the tests of some minutes cause. */
const MOST = 1000;

/** The newest mails that were handed on, in the memory of this process. */
export class KeptMails {
  private readonly mails = new Map<string, Mail>();

  /** In the order in which they were handed on. */
  list(): Mail[] {
    return [...this.mails.values()];
  }

  /** Forgets the mails to these addresses. */
  forget(addresses: ReadonlySet<string>): void {
    for (const { id, to } of this.mails.values()) if (addresses.has(to)) this.mails.delete(id);
  }

  /** A mailer that keeps what it hands on. */
  over(mailer: Mailer): Mailer {
    return {
      ...mailer,
      send: async (mail) => {
        // First: a mail that has left the queue is here.
        this.keep(mail);
        await mailer.send(mail);
      },
    };
  }

  private keep(mail: Mail): void {
    this.mails.set(mail.id, mail);
    for (const id of this.mails.keys()) {
      if (this.mails.size <= MOST) return;
      this.mails.delete(id);
    }
  }
}
