import type { Db } from '../../platform/database/database.ts';
import { organizationsStore } from '../organizations/store.ts';
import { domainsStore } from '../sso/domains/store.ts';
import { usersStore } from '../users/store.ts';
import type { NewOrganization, OrganizationChange, SeedState } from './plan.ts';

/** Seeds of several processes wait for each other; a number of our own among PostgreSQL's advisory locks. */
const SEED_LOCK = 4_207_002;

/** What a document is compared with, and what of it belongs to no use case of another feature. */
export const seedStore = (db: Db) => ({
  /** Until the end of the transaction. */
  async lock(): Promise<void> {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(${SEED_LOCK}::bigint)`;
  },

  async isEmpty(): Promise<boolean> {
    return organizationsStore(db).isEmpty();
  },

  async state(names: { slugs: string[]; domains: string[]; emails: string[] }): Promise<SeedState> {
    const organizations = await organizationsStore(db).listBySlugs(names.slugs);
    const users = await usersStore(db).listByEmails(names.emails);
    return {
      organizations: new Map(organizations.map((row) => [row.slug, row])),
      domains: await domainsStore(db).ownersOf(names.domains),
      users: new Map(users.map((row) => [row.email, row])),
    };
  },

  /** @param organizations a partner before its customers */
  async insertOrganizations(organizations: readonly NewOrganization[], now: Date): Promise<void> {
    await organizationsStore(db).insertMany(
      organizations.map(({ settings, ...row }) => ({ ...row, ...settings })),
      now,
    );
  },

  async updateOrganization({ id, name, settings }: OrganizationChange, now: Date): Promise<void> {
    await organizationsStore(db).update(id, { ...settings, ...(name === null ? {} : { name }) }, now);
  },

  /** Writes the domains that are new, and verifies all of them. */
  async verifyDomains(domains: readonly { name: string; organizationId: string }[], now: Date): Promise<void> {
    await domainsStore(db).verifyMany(domains, now);
  },
});
