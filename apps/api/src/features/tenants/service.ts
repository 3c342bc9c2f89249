import { Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { KeptMails } from '../../platform/mail/kept-mails.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Person } from '../../platform/personal-data.ts';
import type { SessionsService } from '../access/index.ts';
import type { AuditEntry, AuditService } from '../audit/index.ts';
import { type HeldOrganization, type OrganizationsService, organizationsBySlug } from '../organizations/index.ts';
import { readSeedDocument, type SeedDocument, type SeedOutcome, SeedRefused, type SeedService } from '../seed/index.ts';
import { attemptKeysOf, type UsersWriter } from '../users/index.ts';

interface Deps {
  database: Database;
  attempts: Attempts;
  mail: MailOutbox;
  audit: AuditService;
  organizations: OrganizationsService;
  seed: SeedService;
  sessions: SessionsService;
  writer: UsersWriter;
  testMode: { mails: KeptMails } | null;
}

/** The ids of what a file names. */
interface NamedInFile {
  organizations: { id: string; slug: string }[];
  users: Person[];
}

export type SeededTenants = SeedOutcome & NamedInFile;

/** What was removed, and what then written. */
export type ReplacedTenants = SeedOutcome & { organizationsRemoved: number; usersRemoved: number };

interface Removed {
  organizations: readonly HeldOrganization[];
  people: readonly Person[];
}

/** Some hundreds of users, one after another. */
const REMOVAL_MS = 60_000;

/** Whole tenants that come and go: those of the demo, and of tests of others. */
export class Tenants {
  constructor(private readonly deps: Deps) {}

  /**
   * Creates and updates what a seed file says.
   *
   * @param file as JSON
   * @param actorName how the audit log names who did it
   * @returns what was written, and the ids of all that the file names
   * @throws Problem `invalid_request` with the pointer of each fault; nothing is written
   */
  async seed(file: object, actorName: string): Promise<SeededTenants> {
    try {
      const document = readSeedDocument(JSON.stringify(file));
      const outcome = await this.deps.seed.apply(document, { actorName });
      return { ...outcome, ...(await this.named(document)) };
    } catch (error) {
      if (!(error instanceof SeedRefused)) throw error;
      throw new Problem('invalid_request', { errors: error.faults, cause: error });
    }
  }

  /**
   * Removes a tenant, of a partner with its customers: all that the database has of it, in one transaction. The events of
   * the audit log stay, since it only grows, without the names of the users, whose keys go.
   *
   * @param actorName how the audit log names who did it
   * @throws Problem `not_found`
   */
  async remove(slug: string, actorName: string): Promise<void> {
    const { database, seed } = this.deps;
    const removed = await database.transaction(
      async (tx) => {
        await seed.hold(tx);
        return this.removeIn(tx, slug, actorName);
      },
      { timeout: REMOVAL_MS },
    );
    this.forgetMails([removed]);
  }

  /**
   * Removes, as {@link remove} does, the tenants of a document and writes them anew, in one transaction. Of a document
   * are the partners that have a slug or, themselves or in a customer, a domain of it.
   *
   * @param actorName how the audit log names who did it
   * @throws SeedRefused where others have what the document names; Problem as a seed. Then nothing has changed
   */
  async replace(document: SeedDocument, actorName: string): Promise<ReplacedTenants> {
    const { organizations, seed } = this.deps;
    let removed: Removed[] = [];
    const clear = async (tx: Transaction): Promise<void> => {
      removed = [];
      const slugs = await organizations.tenantsOf(tx, await seed.holdersOf(tx, document));
      for (const slug of slugs) removed.push(await this.removeIn(tx, slug, actorName));
    };
    const outcome = await seed.applyAnew(document, clear, { actorName });
    this.forgetMails(removed);
    return {
      organizationsRemoved: removed.flatMap((each) => each.organizations).length,
      usersRemoved: removed.flatMap((each) => each.people).length,
      ...outcome,
    };
  }

  private async removeIn(tx: Transaction, slug: string, actorName: string): Promise<Removed> {
    const { audit, organizations, writer } = this.deps;
    const held = await organizations.holdToRemove(tx, slug);
    const people = await writer.peopleOf(
      tx,
      held.map(({ id }) => id),
    );
    for (const person of people) await this.removePerson(tx, person);
    await audit.recordMany(tx, [...eventsOf(held, people, { id: null, name: actorName })]);
    await organizations.delete(tx, held);
    return { organizations: held, people };
  }

  /** Those that were handed on while the test mode looked. */
  private forgetMails(removed: readonly Removed[]): void {
    const addresses = removed.flatMap(({ people }) => people.map(({ email }) => email));
    this.deps.testMode?.mails.forget(new Set(addresses));
  }

  private async named({ organizations }: SeedDocument): Promise<NamedInFile> {
    const { client } = this.deps.database;
    const found = await organizationsBySlug(
      client,
      organizations.map(({ slug }) => slug),
    );
    const emails = new Set(organizations.flatMap(({ users }) => users.map(({ email }) => email)));
    const people = await this.deps.writer.peopleOf(
      client,
      [...found.values()].map(({ id }) => id),
    );
    return {
      organizations: [...found].map(([slug, { id }]) => ({ id, slug })),
      users: people.filter(({ email }) => emails.has(email)),
    };
  }

  private async removePerson(tx: Transaction, person: Person): Promise<void> {
    const { attempts, audit, mail, sessions, writer } = this.deps;
    await attempts.clear(tx, await attemptKeysOf(sessions, tx, person));
    await mail.withdraw(tx, person.email);
    await audit.forget(tx, person);
    await writer.delete(tx, person.id);
  }
}

/** That a person was erased is what tells a key that is gone from one that was lost. */
function* eventsOf(
  organizations: readonly HeldOrganization[],
  people: readonly Person[],
  actor: AuditEntry['actor'],
): Generator<AuditEntry> {
  for (const { id, organizationId } of people) {
    yield { action: 'user.erased', actor, subject: { id, name: null }, organizationId };
  }
  for (const { id, name, slug } of organizations) {
    yield { action: 'organization.removed', actor, subject: null, organizationId: id, details: { name, slug } };
  }
}
