import type { OwnSettings } from '@sallyport/core';
import type { Db } from '../../platform/database/database.ts';
import { credentialsStore } from '../users/credentials.store.ts';
import { usersStore } from '../users/store.ts';
import type { NewOrganization, NewUser, SeedState, UserChange } from './plan.ts';

/** Seeds of several processes wait for each other; a number of our own among PostgreSQL's advisory locks. */
const SEED_LOCK = 4_207_002;

/** Far below the 65,535 parameters that one statement of PostgreSQL takes. */
const ROWS_A_STATEMENT = 1000;

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) yield rows.slice(start, start + ROWS_A_STATEMENT);
}

export const seedStore = (db: Db) => ({
  /** Until the end of the transaction. */
  async lock(): Promise<void> {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(${SEED_LOCK}::bigint)`;
  },

  async isEmpty(): Promise<boolean> {
    return (await db.organization.findFirst({ select: { id: true } })) === null;
  },

  async state(names: { slugs: string[]; domains: string[]; emails: string[] }): Promise<SeedState> {
    const state = { organizations: new Map(), domains: new Map(), users: new Map() };
    for (const slugs of chunks(names.slugs)) {
      const rows = await db.organization.findMany({ where: { slug: { in: slugs } } });
      for (const row of rows) state.organizations.set(row.slug, row);
    }
    for (const domains of chunks(names.domains)) {
      const rows = await db.domain.findMany({ where: { name: { in: domains }, verifiedAt: { not: null } } });
      for (const { name, organizationId } of rows) state.domains.set(name, { organizationId });
    }
    for (const emails of chunks(names.emails)) {
      const rows = await db.user.findMany({
        where: { email: { in: emails } },
        include: { localCredential: { select: { passwordHash: true } } },
      });
      for (const { localCredential, ...row } of rows) {
        state.users.set(row.email, { ...row, passwordHash: localCredential?.passwordHash ?? null });
      }
    }
    return state;
  },

  /** @param rows a partner before its customers */
  async insertOrganizations(rows: readonly NewOrganization[], now: Date): Promise<void> {
    for (const some of chunks(rows)) {
      await db.organization.createMany({
        data: some.map(({ settings, ...row }) => ({ ...row, ...settings, createdAt: now, updatedAt: now })),
      });
    }
  },

  async updateOrganization(id: string, name: string | null, settings: Partial<OwnSettings>, now: Date): Promise<void> {
    const data = { ...settings, ...(name === null ? {} : { name }), updatedAt: now };
    await db.organization.update({ where: { id }, data });
  },

  /** Writes the domains that are new, and verifies all of them. */
  async verifyDomains(domains: readonly { name: string; organizationId: string }[], now: Date): Promise<void> {
    for (const some of chunks(domains)) {
      await db.domain.createMany({ data: some, skipDuplicates: true });
      await db.domain.updateMany({
        where: { OR: some.map(({ name, organizationId }) => ({ name, organizationId })), verifiedAt: null },
        data: { verifiedAt: now },
      });
    }
  },

  async insertUsers(users: readonly NewUser[], now: Date): Promise<void> {
    for (const some of chunks(users)) {
      await usersStore(db).insertMany(
        some.map((user) => ({ ...user, status: 'active' })),
        now,
      );
    }
  },

  async updateUser(id: string, after: UserChange['after'], now: Date): Promise<void> {
    await db.user.update({ where: { id }, data: { ...after, version: { increment: 1 }, updatedAt: now } });
  },

  async setPassword(userId: string, passwordHash: string, now: Date): Promise<void> {
    await credentialsStore(db).set(userId, passwordHash, now);
  },

  /** The authenticator has to be gone before. */
  async removePassword(userId: string): Promise<void> {
    await credentialsStore(db).remove(userId);
  },
});
