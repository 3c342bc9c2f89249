import { Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
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
}

/** The ids of what a file names. */
interface NamedInFile {
  organizations: { id: string; slug: string }[];
  users: Person[];
}

export type SeededTenants = SeedOutcome & NamedInFile;

/** How the audit log names who did it. */
const ACTOR = { id: null, name: 'test mode' };

/** Some hundreds of users, one after another. */
const REMOVAL_MS = 60_000;

/** Tenants that come and go with the tests that need them. */
export class Tenants {
  constructor(private readonly deps: Deps) {}

  /**
   * Creates and updates what a seed file says.
   *
   * @param file as JSON
   * @returns what was written, and the ids of all that the file names
   * @throws Problem `invalid_request` with the pointer of each fault; nothing is written
   */
  async seed(file: object): Promise<SeededTenants> {
    try {
      const document = readSeedDocument(JSON.stringify(file));
      const outcome = await this.deps.seed.apply(document, { actorName: ACTOR.name });
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
   * @returns the addresses of those who were its users
   * @throws Problem `not_found`
   */
  async remove(slug: string): Promise<ReadonlySet<string>> {
    const { audit, database, organizations, seed, writer } = this.deps;
    return database.transaction(
      async (tx) => {
        await seed.hold(tx);
        const held = await organizations.holdToRemove(tx, slug);
        const people = await writer.peopleOf(
          tx,
          held.map(({ id }) => id),
        );
        for (const person of people) await this.removePerson(tx, person);
        await audit.recordMany(tx, [...eventsOf(held, people)]);
        await organizations.delete(tx, held);
        return new Set(people.map(({ email }) => email));
      },
      { timeout: REMOVAL_MS },
    );
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
function* eventsOf(organizations: readonly HeldOrganization[], people: readonly Person[]): Generator<AuditEntry> {
  for (const { id, organizationId } of people) {
    yield { action: 'user.erased', actor: ACTOR, subject: { id, name: null }, organizationId };
  }
  for (const { id, name, slug } of organizations) {
    yield { action: 'organization.removed', actor: ACTOR, subject: null, organizationId: id, details: { name, slug } };
  }
}
