import type { Access, Role, UserStatus } from '@sallyport/core';
import type { Db } from '../../platform/database/database.ts';
import { usersStore } from '../users/store.ts';

export interface ImportedUser {
  id: string;
  organizationId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  passwordHash: string | null;
}

/** Values in one IN list, far below the 65,535 parameters that a statement of PostgreSQL takes. */
const VALUES_A_STATEMENT = 5000;

export const userImportStore = (db: Db) => ({
  /** By slug. */
  async organizations(slugs: readonly string[]): Promise<Map<string, { id: string; name: string }>> {
    const rows = await db.organization.findMany({
      where: { slug: { in: [...slugs] } },
      select: { id: true, slug: true, name: true },
    });
    return new Map(rows.map(({ slug, ...organization }) => [slug, organization]));
  },

  /** Which of these addresses have a user. */
  async taken(emails: readonly string[]): Promise<Set<string>> {
    const taken = new Set<string>();
    for (let start = 0; start < emails.length; start += VALUES_A_STATEMENT) {
      const some = emails.slice(start, start + VALUES_A_STATEMENT);
      const rows = await db.user.findMany({ where: { email: { in: some } }, select: { email: true } });
      for (const { email } of rows) taken.add(email);
    }
    return taken;
  },

  async insert(users: readonly ImportedUser[], now: Date): Promise<void> {
    await usersStore(db).insertMany(users, now);
  },
});
