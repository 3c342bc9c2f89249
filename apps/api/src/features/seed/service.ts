import { Problem } from '@sallyport/core';
import {
  type Database,
  type Db,
  isForeignKeyViolation,
  isUniqueViolation,
  type Transaction,
} from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import { hashMany } from '../../platform/passwords/many.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { AuditEntry, AuditService } from '../audit/index.ts';
import { toldSettings } from '../organizations/index.ts';
import type { UsersWriter } from '../users/index.ts';
import { type SeedDocument, SeedRefused, type UserEntry } from './document.ts';
import {
  conflicts,
  isEmptyPlan,
  type PasswordDecision,
  planSeed,
  type SeedPlan,
  type SeedState,
  StateChanged,
} from './plan.ts';
import { seedStore } from './store.ts';

export { readSeedDocument, type SeedDocument, SeedRefused } from './document.ts';

interface Deps {
  database: Database;
  clock: Clock;
  hasher: PasswordHasher;
  mail: MailOutbox;
  audit: AuditService;
  writer: UsersWriter;
}

export interface SeedOptions {
  /** How the audit log names who did it. */
  actorName: string;
  /** Called while passwords are hashed, which is what takes the time. */
  onProgress?: (done: number, total: number) => void;
}

/** How many of each were written. All are 0 when the database was as the file says. */
export type SeedOutcome = {
  [What in
    | 'organizationsCreated'
    | 'organizationsUpdated'
    | 'domainsVerified'
    | 'usersCreated'
    | 'usersUpdated']: number;
};

/** What one run does beside writing. */
interface Run {
  /** Whether it writes in this state; in every one unless told. */
  isWanted?: (db: Db) => Promise<boolean>;
  clear?: (tx: Transaction) => Promise<void>;
}

const nothing: SeedState = { organizations: new Map(), domains: new Map(), users: new Map() };

/** How often to start again when other changes come in between. */
const TRIES = 3;
/** Thousands of users take longer than what a request may. */
const TRANSACTION = { timeout: 120_000, maxWait: 30_000 };

/** Makes the database as a seed file says (contract section 5). */
export class SeedService {
  constructor(private readonly deps: Deps) {}

  /**
   * Creates and updates in one transaction; a second run changes nothing. What the document does not name stays.
   *
   * - A user of the document is active afterwards.
   * - A password that differs is replaced, which ends the user's sessions, pending sign-ins and mailed links; MFA stays
   *   (SEC-5).
   * - A user without a password in the document loses the one in the database, with the authenticator that hangs on it.
   * - Changes to users and organisations that were there before are audited one by one, all new ones by one event.
   *
   * @throws SeedRefused where the document contradicts what belongs to others; nothing is written
   * @throws Problem `unavailable` when other changes came in between again and again
   */
  async apply(document: SeedDocument, options: SeedOptions): Promise<SeedOutcome> {
    return wanted(await this.run(document, options));
  }

  /**
   * Does the same in the transaction in which `clear` removed, just before, all that the document names.
   *
   * @param clear run again where others came in between
   * @throws SeedRefused, Problem as {@link apply}; then nothing is removed either
   */
  async applyAnew(
    document: SeedDocument,
    clear: (tx: Transaction) => Promise<void>,
    options: SeedOptions,
  ): Promise<SeedOutcome> {
    return wanted(await this.run(document, options, { clear }));
  }

  /** The ids of the organisations that have a domain of the document, or the slug of one of its partners. */
  async holdersOf(tx: Transaction, document: SeedDocument): Promise<string[]> {
    const { organizations, domains } = await seedStore(tx).state(namesOf(document));
    const partners = [...organizations.values()].filter(({ kind }) => kind === 'partner');
    const owners = [...domains.values()].map(({ organizationId }) => organizationId);
    return [...new Set([...partners.map(({ id }) => id), ...owners])];
  }

  /** Lets no seed begin to write until the end of the transaction. */
  async hold(tx: Transaction): Promise<void> {
    await seedStore(tx).lock();
  }

  /** Whether there is no organisation yet. */
  async isEmpty(): Promise<boolean> {
    return seedStore(this.deps.database.client).isEmpty();
  }

  /** Does the same in a database without organisations, and nothing in any other: then null. */
  async applyToEmpty(document: SeedDocument, options: SeedOptions): Promise<SeedOutcome | null> {
    return this.run(document, options, { isWanted: (db) => seedStore(db).isEmpty() });
  }

  private async run(
    document: SeedDocument,
    options: SeedOptions,
    { isWanted = async () => true, clear }: Run = {},
  ): Promise<SeedOutcome | null> {
    const { database, mail } = this.deps;
    const passwords = new Map<string, PasswordDecision>();
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      if (!(await isWanted(database.client))) return null;
      const state = clear === undefined ? await this.stateOf(document) : nothing;
      refuseConflicts(document, state);
      await this.decidePasswords(document, state, passwords, options.onProgress);
      try {
        const outcome = await database.transaction(async (tx) => {
          await seedStore(tx).lock();
          await clear?.(tx);
          return (await isWanted(tx)) ? this.write(tx, document, passwords, options.actorName) : null;
        }, TRANSACTION);
        mail.poke();
        return outcome;
      } catch (error) {
        if (!(error instanceof StateChanged || isUniqueViolation(error) || isForeignKeyViolation(error))) throw error;
      }
    }
    throw new Problem('unavailable', { detail: 'Others change the same users at this moment. Try again.' });
  }

  /** As of one moment: of two seeds at once, one would else see the domains of the other without its organisations. */
  private async stateOf(document: SeedDocument): Promise<SeedState> {
    const { database } = this.deps;
    return database.transaction((tx) => seedStore(tx).state(namesOf(document)), { isolationLevel: 'RepeatableRead' });
  }

  /** Fills `passwords`; what was decided in an earlier try stands as long as it rests on the stored hash of today. */
  private async decidePasswords(
    document: SeedDocument,
    state: SeedState,
    passwords: Map<string, PasswordDecision>,
    onProgress: SeedOptions['onProgress'],
  ): Promise<void> {
    const users = document.organizations.flatMap((organization) => organization.users);
    const seenOf = ({ email }: UserEntry) => state.users.get(email)?.passwordHash ?? null;
    const undecided = users.filter(
      (user) => user.password !== null && passwords.get(user.email)?.seen !== seenOf(user),
    );
    const decisions = await hashMany(
      undecided.map((user) => () => this.decidePassword(user.password ?? '', seenOf(user))),
      onProgress,
    );
    undecided.forEach(({ email }, index) => {
      const decision = decisions[index];
      if (decision) passwords.set(email, decision);
    });
  }

  private async decidePassword(password: string, seen: string | null): Promise<PasswordDecision> {
    const { hasher } = this.deps;
    if (seen !== null && (await hasher.verify(seen, password)).ok) return { seen, hash: null };
    return { seen, hash: await hasher.hash(password) };
  }

  private async write(
    tx: Transaction,
    document: SeedDocument,
    passwords: ReadonlyMap<string, PasswordDecision>,
    actorName: string,
  ): Promise<SeedOutcome> {
    const store = seedStore(tx);
    const state = await store.state(namesOf(document));
    refuseConflicts(document, state);
    const plan = planSeed(document, state, passwords);
    const outcome = outcomeOf(plan);
    if (isEmptyPlan(plan)) return outcome;

    const { audit, clock, writer } = this.deps;
    const now = clock.now();
    await store.insertOrganizations(plan.newOrganizations, now);
    for (const change of plan.organizationChanges) await store.updateOrganization(change, now);
    await store.verifyDomains(plan.domains, now);
    await writer.insert(tx, plan.newUsers);
    const hadMfa = await writer.change(tx, plan.userChanges);
    const actor = { id: null, name: actorName };
    await audit.recordMany(
      tx,
      [...eventsOf(plan, hadMfa)].map((event) => ({ ...event, actor })),
    );
    return outcome;
  }
}

/** Of a run that writes in every state. */
function wanted(outcome: SeedOutcome | null): SeedOutcome {
  if (!outcome) throw new Problem('internal_error');
  return outcome;
}

function refuseConflicts(document: SeedDocument, state: SeedState): void {
  const faults = conflicts(document, state);
  if (faults.length > 0) throw new SeedRefused(faults);
}

const namesOf = ({ organizations }: SeedDocument) => ({
  slugs: organizations.map(({ slug }) => slug),
  domains: organizations.flatMap(({ domains }) => domains.map(({ name }) => name)),
  emails: organizations.flatMap(({ users }) => users.map(({ email }) => email)),
});

const outcomeOf = (plan: SeedPlan): SeedOutcome => ({
  organizationsCreated: plan.newOrganizations.length,
  organizationsUpdated: plan.organizationChanges.length,
  domainsVerified: plan.domains.length,
  usersCreated: plan.newUsers.length,
  usersUpdated: plan.userChanges.length,
});

type Event = Omit<AuditEntry, 'actor'>;

/** What was there before is told of one by one, to the admins of its organisation; the sum to the operator. */
function* eventsOf(plan: SeedPlan, hadMfa: ReadonlySet<string>): Generator<Event> {
  for (const { id, name, settings } of plan.organizationChanges) {
    const about = { subject: null, organizationId: id };
    if (name !== null) yield { action: 'organization.updated', ...about, details: { name } };
    if (Object.keys(settings).length > 0)
      yield { action: 'settings.updated', ...about, details: toldSettings(settings) };
  }
  for (const { before, changed, password } of plan.userChanges) {
    const about = { subject: { id: before.id, name: before.email }, organizationId: before.organizationId };
    if (Object.keys(changed).length > 0) yield { action: 'user.updated', ...about, details: changed };
    if (password.action === 'set') yield { action: 'password.changed', ...about };
    if (hadMfa.has(before.id)) yield { action: 'mfa.reset', ...about };
  }
  yield { action: 'seed.applied', subject: null, organizationId: null, details: outcomeOf(plan) };
}
