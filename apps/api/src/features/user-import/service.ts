import { ACCESSES, isEmailAddress, normalizeEmail, ROLES } from '@sallyport/core';
import type { passwordFault } from '@sallyport/core/password-rules';
import { newId } from '../../platform/crypto/ids.ts';
import { batches, type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import { hashMany } from '../../platform/passwords/many.ts';
import type { AuditService } from '../audit/index.ts';
import { type NamedOrganization, organizationsBySlug } from '../organizations/index.ts';
import type { NewUser, UsersWriter } from '../users/index.ts';

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
  hasher: PasswordHasher;
  mail: MailOutbox;
  audit: AuditService;
  writer: UsersWriter;
}

type Checked = Omit<NewUser, 'passwordHash'> & { password: string | null };

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
    const { client } = this.deps.database;
    const organizations = await organizationsBySlug(client, [...new Set(rows.map((row) => row.organization))]);
    const taken = await this.deps.writer.taken(
      client,
      rows.map(({ email }) => normalizeEmail(email)),
    );
    const rules = await import('@sallyport/core/password-rules');
    const lines = new Map<string, number>();
    const faults: LineFault[] = [];
    const checked: Checked[] = [];
    for (const row of rows) {
      const email = normalizeEmail(row.email);
      const organization = organizations.get(row.organization);
      const faultsOfRow = [...valueFaults(row), ...passwordFaults(row, organization, rules.passwordFault)];
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
      const name = row.name.trim();
      const organizationId = organization.id;
      const rights = { role, access, status: password === null ? ('invited' as const) : ('active' as const) };
      checked.push({ id: newId(), organizationId, email, name, ...rights, password });
    }
    if (faults.length > 0) throw new ImportRefused(faults);
    return checked;
  }

  private async hashed(
    users: readonly Checked[],
    onProgress: (done: number, total: number) => void,
  ): Promise<NewUser[]> {
    const passwords = users.flatMap(({ password }) => (password === null ? [] : [password]));
    const tasks = passwords.map((password) => () => this.deps.hasher.hash(password));
    const hashes = (await hashMany(tasks, onProgress)).values();
    return users.map(({ password, ...user }) => ({
      ...user,
      passwordHash: password === null ? null : (hashes.next().value ?? null),
    }));
  }

  private async write(
    tx: Transaction,
    users: readonly NewUser[],
    actorName: string,
    onProgress: NonNullable<ImportOptions['onProgress']>,
  ): Promise<void> {
    const { audit, writer } = this.deps;
    await writer.insert(tx, users, (done, total) => onProgress('writing', done, total));
    const actor = { id: null, name: actorName };
    const events = [...byOrganization(users)].flatMap(([organizationId, all]) =>
      [...batches(all, NAMES_AN_EVENT)].map((ids) => ({
        action: 'users.imported' as const,
        actor,
        subject: null,
        organizationId,
        details: { count: ids.length, users: ids },
      })),
    );
    await audit.recordMany(tx, events);
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

function passwordFaults(
  { email, name, password }: ImportRow,
  organization: NamedOrganization | undefined,
  faultOf: typeof passwordFault,
): string[] {
  if (password === '' || !organization) return [];
  const { localSignInEnabled, minimumPasswordLength: minimumLength } = organization.settings;
  if (!localSignInEnabled) return ['password must be empty: the organization signs in through single sign-on alone'];
  const fault = faultOf(password, { email, name, organizationName: organization.name, minimumLength });
  return fault ? [`password does not fit: ${fault.message}`] : [];
}

function byOrganization(users: readonly NewUser[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { organizationId, id } of users) {
    const known = ids.get(organizationId);
    if (known) known.push(id);
    else ids.set(organizationId, [id]);
  }
  return ids;
}
