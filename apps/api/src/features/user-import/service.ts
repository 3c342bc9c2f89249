import { ACCESSES, isEmailAddress, normalizeEmail, ROLES, type Settings } from '@sallyport/core';
import { passwordFault } from '@sallyport/core/password-rules';
import PQueue from 'p-queue';
import { newId } from '../../platform/crypto/ids.ts';
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import { hashSlots } from '../../platform/passwords/hash-pool.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { AuditService } from '../audit/index.ts';
import { invitation } from '../mails/index.ts';
import { effectiveSettings } from '../organizations/index.ts';
import type { EmailedTokensService } from '../users/index.ts';
import { type ImportedUser, userImportStore } from './store.ts';

/** One user as the file says it; nothing is checked yet. */
export interface ImportRow {
  /** In the file, from 1. */
  line: number;
  email: string;
  name: string;
  /** Slug. */
  organization: string;
  role: string;
  access: string;
  /** Empty for a user who is invited by mail. */
  password: string;
}

export interface LineFault {
  line: number;
  message: string;
}

/** Rows that do not fit; nothing of the file was written. No message quotes a password. */
export class ImportRefused extends Error {
  /** At least one, in the order of the lines. */
  readonly faults: readonly LineFault[];

  constructor(faults: readonly LineFault[]) {
    super(faults.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
    this.name = 'ImportRefused';
    this.faults = [...faults].sort((a, b) => a.line - b.line);
  }
}

export interface ImportOptions {
  /** How the audit log names who did it. */
  actorName: string;
  onProgress?: (phase: 'hashing' | 'writing', done: number, total: number) => void;
}

export interface ImportOutcome {
  created: number;
  /** Those of them that were sent an invitation. */
  invited: number;
}

interface Deps {
  database: Database;
  clock: Clock;
  hasher: PasswordHasher;
  mail: MailOutbox;
  publicUrl: URL;
  audit: AuditService;
  emailedTokens: EmailedTokensService;
}

interface Organization {
  id: string;
  name: string;
  settings: Settings;
}

type Checked = Omit<ImportedUser, 'passwordHash'> & { password: string | null; organization: Organization };

const ROWS_A_BATCH = 500;
/** Addresses that one audit event names; the log is locked while events are added, so there should be few. */
const NAMES_AN_EVENT = 200;

/** Creates many users at once, all of them or none. */
export class UserImportService {
  constructor(private readonly deps: Deps) {}

  /**
   * Checks every row and writes nothing.
   *
   * @throws ImportRefused with every fault at once
   */
  async check(rows: readonly ImportRow[]): Promise<void> {
    await this.checked(rows);
  }

  /**
   * Creates the users: active with the password of the file, or else invited by mail.
   *
   * @throws ImportRefused with every fault at once; nothing is written
   */
  async run(rows: readonly ImportRow[], { actorName, onProgress = () => {} }: ImportOptions): Promise<ImportOutcome> {
    const { database, mail } = this.deps;
    const checked = await this.checked(rows);
    const users = await this.hashed(checked, (done, total) => onProgress('hashing', done, total));
    try {
      await database.transaction((tx) => this.write(tx, users, actorName, onProgress), {
        maxWait: 30_000,
        timeout: 120_000 + 50 * users.length,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Somebody was faster; this says who.
      await this.check(rows);
      throw error;
    }
    mail.poke();
    return { created: users.length, invited: users.filter(({ status }) => status === 'invited').length };
  }

  private async checked(rows: readonly ImportRow[]): Promise<Checked[]> {
    const store = userImportStore(this.deps.database.client);
    const organizations = await this.organizations(rows);
    const taken = await store.taken(rows.map(({ email }) => normalizeEmail(email)));
    const lines = new Map<string, number>();
    const faults: LineFault[] = [];
    const checked: Checked[] = [];
    for (const row of rows) {
      const email = normalizeEmail(row.email);
      const organization = organizations.get(row.organization);
      const faultsOfRow = [...valueFaults(row), ...passwordFaults(row, organization)];
      const earlier = lines.get(email);
      if (earlier !== undefined) faultsOfRow.push(`email is the same as in line ${earlier}`);
      else if (taken.has(email)) faultsOfRow.push('email belongs to a user already');
      lines.set(email, earlier ?? row.line);
      if (!organization) faultsOfRow.push('organization is not the slug of an organization');
      const role = ROLES.find((one) => one === row.role);
      const access = ACCESSES.find((one) => one === row.access);
      faults.push(...faultsOfRow.map((message) => ({ line: row.line, message })));
      if (!organization || !role || !access) continue;
      const password = row.password === '' ? null : row.password;
      const status = password === null ? 'invited' : 'active';
      const name = row.name.trim();
      const organizationId = organization.id;
      checked.push({ id: newId(), organizationId, organization, email, name, role, access, status, password });
    }
    if (faults.length > 0) throw new ImportRefused(faults);
    return checked;
  }

  private async organizations(rows: readonly ImportRow[]): Promise<Map<string, Organization>> {
    const { client } = this.deps.database;
    const found = await userImportStore(client).organizations([...new Set(rows.map((row) => row.organization))]);
    const organizations = new Map<string, Organization>();
    for (const [slug, organization] of found) {
      organizations.set(slug, { ...organization, settings: await effectiveSettings(client, organization.id) });
    }
    return organizations;
  }

  private async hashed(users: readonly Checked[], onProgress: (done: number, total: number) => void) {
    const total = users.filter(({ password }) => password !== null).length;
    let done = 0;
    // Twice the slots keep all of them busy, and never fill the queue of the pool, which would refuse.
    const queue = new PQueue({ concurrency: 2 * hashSlots() });
    return queue.addAll(
      users.map(({ password, ...user }) => async () => {
        if (password === null) return { ...user, passwordHash: null };
        const passwordHash = await this.deps.hasher.hash(password);
        done += 1;
        onProgress(done, total);
        return { ...user, passwordHash };
      }),
    );
  }

  private async write(
    tx: Transaction,
    users: readonly (ImportedUser & { organization: Organization })[],
    actorName: string,
    onProgress: NonNullable<ImportOptions['onProgress']>,
  ): Promise<void> {
    const now = this.deps.clock.now();
    for (const batch of batches(users, ROWS_A_BATCH)) {
      await userImportStore(tx).insert(
        batch.rows.map(({ organization: _, ...user }) => user),
        now,
      );
      await this.invite(
        tx,
        batch.rows.filter(({ status }) => status === 'invited'),
      );
      onProgress('writing', batch.start + batch.rows.length, users.length);
    }
    for (const [organizationId, emails] of byOrganization(users)) {
      for (const { rows } of batches(emails, NAMES_AN_EVENT)) {
        await this.deps.audit.record(tx, null, {
          action: 'users.imported',
          actor: { id: null, name: actorName },
          subject: null,
          organizationId,
          details: { count: rows.length, emails: rows },
        });
      }
    }
  }

  private async invite(
    tx: Transaction,
    users: readonly (ImportedUser & { organization: Organization })[],
  ): Promise<void> {
    if (users.length === 0) return;
    const { emailedTokens, mail, publicUrl } = this.deps;
    const issued = await emailedTokens.issueMany(tx, users, 'invitation');
    await mail.enqueueMany(
      tx,
      issued.map(({ user: { email: to, name, organization }, token }) =>
        invitation({ to, name, organizationName: organization.name, publicUrl, token }),
      ),
    );
  }
}

function valueFaults({ email, name, role, access }: ImportRow): string[] {
  const faults: string[] = [];
  if (!isEmailAddress(email)) faults.push('email must be an email address');
  if (!/^(?=.*\S)[^\0\p{Cs}]{1,200}$/su.test(name)) faults.push('name must be 1 to 200 characters and not blank');
  if (!ROLES.some((one) => one === role)) faults.push(`role must be one of ${ROLES.join(', ')}`);
  if (!ACCESSES.some((one) => one === access)) faults.push(`access must be one of ${ACCESSES.join(', ')}`);
  return faults;
}

function passwordFaults({ email, name, password }: ImportRow, organization: Organization | undefined): string[] {
  if (password === '' || !organization) return [];
  const minimumLength = organization.settings.minimumPasswordLength;
  const fault = passwordFault(password, { email, name, organizationName: organization.name, minimumLength });
  return fault ? [`password does not fit: ${fault.message}`] : [];
}

function* batches<T>(rows: readonly T[], size: number): Generator<{ start: number; rows: T[] }> {
  for (let start = 0; start < rows.length; start += size) yield { start, rows: rows.slice(start, start + size) };
}

function byOrganization(users: readonly ImportedUser[]): Map<string, string[]> {
  const emails = new Map<string, string[]>();
  for (const { organizationId, email } of users) {
    const known = emails.get(organizationId);
    if (known) known.push(email);
    else emails.set(organizationId, [email]);
  }
  return emails;
}
