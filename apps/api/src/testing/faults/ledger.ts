import { setTimeout as wait } from 'node:timers/promises';
import { generateSync } from 'otplib';
import type { Answer, Browser } from '../browser.ts';
import type { Installation, Person } from './installation.ts';

/** Backup codes of one person that are spent between two checks: few, as each is tried once more at the check. */
const CODES_AT_ONCE = 2;
const PAUSE_MS = 20;
/** Before a connection that broke is tried again. */
const BROKEN_PAUSE_MS = 200;
const GROWTH_MS = 30_000;
/** How long the service may take to answer at all while something is away. */
const PATIENCE_MS = 25_000;

/** What a person has been told is so. */
interface Renamed {
  browser: Browser;
  asked: number;
  acknowledged: number;
}

/**
 * Writes without end, and keeps what the service acknowledged: customers made, names changed, backup codes spent, and
 * sessions opened. What it acknowledged must be there after any fault (SEC-52, SEC-53).
 */
export class Ledger {
  private admin: Browser;
  private readonly customers = new Set<string>();
  private readonly spent: { person: Person; code: string }[] = [];
  private readonly sessions: Browser[] = [];
  private readonly codes = new Map<Person, string[]>();
  private count = 0;
  /** Acknowledged writes in all. */
  acknowledged = 0;
  /** What no fault of a neighbour excuses: answers that no document knows, and those that mean a fault of ours. */
  readonly outrages: string[] = [];
  /** Answers by status; `none` is a connection that broke. */
  readonly statuses = new Map<string, number>();
  slowestMs = 0;

  private constructor(
    private readonly installation: Installation,
    admin: Browser,
    private readonly renamed: Renamed,
  ) {
    this.admin = admin;
  }

  /** @throws Error where the service refuses what comes before the writes */
  static async open(installation: Installation): Promise<Ledger> {
    const [first, ...others] = installation.members;
    if (!first) throw new Error('There is nobody.');
    const renamed = { browser: await installation.signedIn(first), asked: 0, acknowledged: 0 };
    const ledger = new Ledger(installation, await installation.signedIn(installation.admin), renamed);
    for (const person of others) {
      const browser = await installation.signedIn(person);
      const { secret } = (await browser.post('/me/mfa/totp')).body;
      const { status, body } = await browser.post('/me/mfa/totp/confirm', {
        ...{ password: person.password, code: generateSync({ secret }) },
      });
      if (status !== 200) throw new Error(`No authenticator: ${status}`);
      ledger.codes.set(person, body.backupCodes);
    }
    return ledger;
  }

  /** Writes for as long as `meanwhile` takes. */
  async during(meanwhile: () => Promise<unknown>): Promise<void> {
    let isOver = false;
    const lane = async (write: () => Promise<boolean>): Promise<void> => {
      while (!isOver && (await write())) await wait(PAUSE_MS);
    };
    const lanes = [
      lane(() => this.makeCustomer()),
      lane(() => this.makeCustomer()),
      lane(() => this.rename()),
      ...[...this.codes.keys()].map((person) => this.spender(person, lane)),
    ];
    try {
      await meanwhile();
    } finally {
      isOver = true;
      await Promise.all(lanes);
    }
  }

  /** Until so many more writes are acknowledged. @throws Error where they are not within half a minute */
  async grown(by: number): Promise<void> {
    const goal = this.acknowledged + by;
    for (const deadline = Date.now() + GROWTH_MS; this.acknowledged < goal; await wait(PAUSE_MS)) {
      if (Date.now() > deadline) throw new Error(`Only ${this.acknowledged} of ${goal} writes were acknowledged.`);
    }
  }

  /** Signs everybody in anew, as after sessions have ended. */
  async renew(): Promise<void> {
    const [first] = this.installation.members;
    if (!first) return;
    this.admin = await this.installation.signedIn(this.installation.admin);
    this.renamed.browser = await this.installation.signedIn(first);
    this.sessions.length = 0;
  }

  /** What was acknowledged and is not so, in words; and forgets what need not be asked again. */
  async losses(): Promise<string[]> {
    const lost: string[] = [];
    const there = await this.allCustomers();
    for (const slug of this.customers) if (!there.has(slug)) lost.push(`customer ${slug}`);
    const name = (await this.renamed.browser.get('/me')).body?.name;
    const seen = Number(String(name).split(' ')[1] ?? 0);
    if (this.renamed.acknowledged > 0 && !(seen >= this.renamed.acknowledged && seen <= this.renamed.asked)) {
      lost.push(`name ${this.renamed.acknowledged}, which is ${name}`);
    }
    for (const session of this.sessions.splice(0)) {
      if ((await session.get('/me')).status !== 200) lost.push('a session');
    }
    for (const { person, code } of this.spent.splice(0)) {
      const answer = await this.shown(person, code, this.installation.browser());
      if (answer.status < 400) lost.push(`a backup code of ${person.email}, which was taken twice`);
    }
    return lost;
  }

  private async makeCustomer(): Promise<boolean> {
    const slug = `c-${++this.count}`;
    await this.write(
      () => this.admin.post('/organizations', { slug, name: `Customer ${this.count}` }),
      () => this.customers.add(slug),
    );
    return true;
  }

  private async rename(): Promise<boolean> {
    const name = ++this.renamed.asked;
    await this.write(
      () => this.renamed.browser.patch('/me', { name: `Name ${name}` }),
      () => {
        this.renamed.acknowledged = name;
      },
    );
    return true;
  }

  /** Signs in with backup codes, as long as there are some for this round. */
  private async spender(person: Person, lane: (write: () => Promise<boolean>) => Promise<void>): Promise<void> {
    let left = CODES_AT_ONCE;
    await lane(async () => {
      const code = left > 0 ? this.codes.get(person)?.shift() : undefined;
      if (code === undefined) return false;
      left -= 1;
      const browser = this.installation.browser();
      await this.write(
        () => this.shown(person, code, browser),
        () => {
          this.spent.push({ person, code });
          this.sessions.push(browser);
        },
      );
      return true;
    });
  }

  private async shown({ email, password }: Person, code: string, browser: Browser): Promise<Answer> {
    const first = await browser.post('/auth/login', { email, password });
    return first.status === 200 ? browser.post('/auth/login/mfa', { method: 'backup_code', code }) : first;
  }

  private async write(ask: () => Promise<Answer>, acknowledge: () => void): Promise<void> {
    const began = performance.now();
    let status = 'none';
    try {
      const answer = await ask();
      status = String(answer.status);
      if (answer.status < 300) {
        this.acknowledged += 1;
        acknowledge();
      } else if (answer.status >= 500 && answer.status !== 503) {
        this.outrages.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      }
    } catch (error) {
      // Fetch says so of a connection that broke, and the installation while it is started anew.
      const isGone = error instanceof TypeError || (error instanceof Error && /does not run/.test(error.message));
      if (isGone) await wait(BROKEN_PAUSE_MS);
      else this.outrages.push(error instanceof Error ? error.message : String(error));
    }
    const ms = performance.now() - began;
    this.slowestMs = Math.max(this.slowestMs, ms);
    if (ms > PATIENCE_MS) this.outrages.push(`an answer after ${Math.round(ms)} ms`);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  private async allCustomers(): Promise<ReadonlySet<string>> {
    const slugs = new Set<string>();
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await this.admin.get(`/organizations?limit=100${query}`);
      for (const { slug } of body.items) slugs.add(slug);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return slugs;
  }
}
