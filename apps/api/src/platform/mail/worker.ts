import type { Logger } from 'pino';
import type { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/database.ts';
import { noTracing, type Tracing } from '../telemetry/tracing.ts';
import type { Clock } from '../time/clock.ts';
import { MAIL_CONNECTIONS, type Mailer, type MailMessage } from './mailer.ts';
import { type ClaimedMail, mailContext, outgoingMailsStore } from './store.ts';

const PAUSE_SECONDS = { first: 60, longest: 12 * 60 * 60 };
/** With these pauses the last try is about 29 hours after the first. */
const MAX_ATTEMPTS = 12;
/** How often an idle worker looks for mail that is due again, or that another instance left. */
const POLL_MS = 15_000;

/** How a try to hand a mail on ends; `failed` is tried again. */
export type MailOutcome = 'delivered' | 'failed' | 'given_up';

interface Deps {
  database: Database;
  keyring: Keyring;
  clock: Clock;
  mailer: Pick<Mailer, 'send'>;
  logger: Pick<Logger, 'warn' | 'error'>;
  tracing?: Tracing;
  /** Told of each try. */
  onTried?: (outcome: MailOutcome) => void;
  /** Asked before mail is taken; always when left out. */
  mayDeliver?: () => Promise<boolean>;
}

/**
 * Delivers waiting mail in the background. Any number of instances may do so at once: a mail is claimed by one
 * statement, and the claim is also the date of its next try, so a crash in between delays it and loses nothing.
 */
export class MailWorker {
  private running: Promise<void> | null = null;
  private poked = false;
  private stopped = true;
  private timer: NodeJS.Timeout | undefined;

  private readonly tracing: Tracing;

  constructor(private readonly deps: Deps) {
    this.tracing = deps.tracing ?? noTracing;
  }

  start(): void {
    this.stopped = false;
    this.poke();
  }

  /** Ends when the mails in hand are delivered or put back. The others wait in the database. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Looks for due mail now; without effect before `start` and after `stop`. */
  poke(): void {
    if (this.stopped) return;
    this.poked = true;
    // Whoever has written a mail does not wait for it, nor for those of others.
    this.running ??= this.tracing
      .apart(() => this.run())
      .finally(() => {
        this.running = null;
        if (!this.stopped) this.timer = setTimeout(() => this.poke(), POLL_MS).unref();
      });
  }

  /**
   * Delivers all that is due, where that is this instance's to do.
   *
   * @returns how many mails were handed on
   */
  async deliverDue(): Promise<number> {
    if ((await this.deps.mayDeliver?.()) === false) return 0;
    let delivered = 0;
    for (;;) {
      const mails = await this.store.claim(MAIL_CONNECTIONS, PAUSE_SECONDS, this.deps.clock.now());
      const outcomes = await Promise.all(mails.map((mail) => this.deliver(mail)));
      delivered += outcomes.filter(Boolean).length;
      if (mails.length < MAIL_CONNECTIONS) return delivered;
    }
  }

  /** Mails that wait. */
  async waiting(): Promise<number> {
    return this.store.count();
  }

  private get store() {
    return outgoingMailsStore(this.deps.database.client);
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    while (this.poked && !this.stopped) {
      this.poked = false;
      try {
        await this.deliverDue();
      } catch (error) {
        this.deps.logger.warn({ err: error }, 'Mail could not be read from the database; trying again later.');
      }
    }
  }

  private deliver(mail: ClaimedMail): Promise<boolean> {
    return this.tracing.root('mail', { 'sallyport.mail.attempt': mail.attempts }, async (span) => {
      const outcome = await this.handOn(mail);
      span.tell({ 'sallyport.mail.outcome': outcome });
      return outcome === 'delivered';
    });
  }

  private async handOn({ id, message, attempts, createdAt }: ClaimedMail): Promise<MailOutcome> {
    const { keyring, mailer, logger, onTried } = this.deps;
    try {
      const opened = Buffer.from(keyring.open(message, mailContext(id))).toString('utf8');
      await mailer.send({ id, createdAt, ...(JSON.parse(opened) as MailMessage) });
    } catch (error) {
      if (attempts < MAX_ATTEMPTS && !isRefused(error)) {
        onTried?.('failed');
        logger.warn({ err: error, mailId: id, attempts }, 'A mail was not delivered; trying again later.');
        return 'failed';
      }
      onTried?.('given_up');
      logger.error({ err: error, mailId: id, attempts }, 'A mail was given up.');
      await this.store.delete(id);
      return 'given_up';
    }
    onTried?.('delivered');
    await this.store.delete(id);
    return 'delivered';
  }
}

/** Whether the server refused the recipient for good (RFC 5321 section 4.2.1: a 5yz reply to the envelope). */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('responseCode' in error)) return false;
  return error.code === 'EENVELOPE' && typeof error.responseCode === 'number' && error.responseCode >= 500;
}
