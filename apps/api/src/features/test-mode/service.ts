import { momentOf, normalizeEmail, Problem } from '@sallyport/core';
import type { Database } from '../../platform/database/database.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { KeptMails } from '../../platform/mail/kept-mails.ts';
import type { Mail } from '../../platform/mail/mailer.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Afterwards } from '../../platform/time/afterwards.ts';
import type { VirtualClock } from '../../platform/time/virtual-clock.ts';
import type { ShownCode, ShownCodes } from '../mfa/index.ts';
import type { SeededTenants, Tenants } from '../tenants/index.ts';
import type { CredentialsService } from '../users/index.ts';
import type { ClockChange, ClockReading } from './schemas.ts';

interface Deps {
  testMode: { clock: VirtualClock; mails: KeptMails };
  database: Database;
  afterwards: Afterwards;
  limiter: SourceLimiter;
  mail: MailOutbox;
  codes: ShownCodes;
  passwords: CredentialsService;
  tenants: Tenants;
}

/** Cookies, certificates and time steps of codes make sense between these. */
const EARLIEST = new Date('2000-01-01T00:00:00Z');
const LATEST = new Date('2100-01-01T00:00:00Z');

/** How the audit log names who made tenants and removed them. */
const TEST_MODE = 'test mode';

/** What tests do that nobody else may (decision 0031). */
export class TestModeService {
  constructor(private readonly deps: Deps) {}

  clock(): ClockReading {
    const { clock } = this.deps.testMode;
    return { now: clock.now(), aheadSeconds: clock.aheadSeconds() };
  }

  /**
   * Sets the clock, from where it goes on; moves it by seconds; or lets it follow the system's again. What is counted by
   * source begins anew.
   *
   * @throws Problem `invalid_request` for a moment that is not in the years 2000 to 2099
   */
  moveClock(change: ClockChange): ClockReading {
    const { limiter, testMode } = this.deps;
    const { clock } = testMode;
    if ('advanceSeconds' in change) {
      clock.set(within(new Date(clock.now().getTime() + change.advanceSeconds * 1000), '/advanceSeconds'));
    } else if (change.now === null) clock.reset();
    else clock.set(within(momentOf(change.now, '/now'), '/now'));
    limiter.forget();
    return this.clock();
  }

  /** The mails that were sent or wait for it, oldest first. @param to address in any spelling; else those to everybody */
  async mails(to: string | undefined): Promise<Mail[]> {
    const { afterwards, database, mail, testMode } = this.deps;
    await afterwards.settle();
    const found = new Map<string, Mail>();
    // Those that wait first: what is sent in between is in both, not in none.
    for await (const waiting of mail.waiting(database.client)) found.set(waiting.id, waiting);
    for (const sent of testMode.mails.list()) found.set(sent.id, sent);
    const address = to === undefined ? null : normalizeEmail(to);
    return [...found.values()]
      .filter((each) => address === null || each.to === address)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** @throws Problem `not_found`, `mfa_not_enabled` */
  async code(email: string): Promise<ShownCode> {
    const account = await this.deps.passwords.account({ email: normalizeEmail(email) });
    if (!account) throw new Problem('not_found', { detail: `There is no user ${email}.` });
    return this.deps.codes.next(account.userId);
  }

  /** @throws Problem `invalid_request` */
  async seed(file: object): Promise<SeededTenants> {
    return this.deps.tenants.seed(file, TEST_MODE);
  }

  /** Removes a tenant, with the mails to its users. @throws Problem `not_found` */
  async removeTenant(slug: string): Promise<void> {
    // What users of it asked for before writes no mail to them later.
    await this.deps.afterwards.settle();
    await this.deps.tenants.remove(slug, TEST_MODE);
  }
}

function within(moment: Date, pointer: string): Date {
  if (moment >= EARLIEST && moment < LATEST) return moment;
  throw new Problem('invalid_request', {
    errors: [{ pointer, message: 'must lead to a moment of the years 2000 to 2099' }],
  });
}
