import type { Access, OrganizationKind, Role, UserStatus } from '@sallyport/core';
import { type Db, Prisma } from '../../platform/database/database.ts';
import { authenticatorId, authenticatorOfUser } from '../mfa/store.ts';
import { organizationColumns, within } from '../organizations/store.ts';
import { credentialOfUser, credentialsStore, hasPassword, userWithOrganization } from './credentials.store.ts';

/** A user as admins see it, as one row. */
export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  version: number;
  hasPassword: boolean;
  /** Null while MFA is off. */
  authenticatorId: string | null;
  organizationId: string;
  organizationSlug: string;
  organizationName: string;
  organizationKind: OrganizationKind;
  lastSignInAt: Date | null;
  createdAt: Date;
}

export interface NewUserRow {
  id: string;
  organizationId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  passwordHash: string | null;
  now: Date;
}

export interface UserUpdate {
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
}

const selectUser = Prisma.sql`
  SELECT u.id, u.email, u.name, u.role, u.access, u.status, u.version,
    ${hasPassword}, ${authenticatorId}, ${organizationColumns},
    u.last_sign_in_at AS "lastSignInAt", u.created_at AS "createdAt"
  FROM ${userWithOrganization} ${credentialOfUser} ${authenticatorOfUser}`;

/** `text` as a LIKE pattern that finds it anywhere, literally. */
const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export const usersStore = (db: Db) => ({
  /** In the order of their email addresses, which are unique. */
  async page(
    own: string,
    filter: { q: string | undefined; organizationId: string | undefined },
    after: string | null,
    limit: number,
  ): Promise<UserRow[]> {
    const conditions = [within(own)];
    if (filter.organizationId) conditions.push(Prisma.sql`o.id = ${filter.organizationId}::uuid`);
    if (filter.q) {
      const pattern = anywhere(filter.q);
      conditions.push(Prisma.sql`(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})`);
      // For the index, which holds runs of three characters: what it finds is judged by the condition above.
      if ([...filter.q].length >= 3) {
        conditions.push(Prisma.sql`search_trigrams(u.name || E'\\n' || u.email) @> search_trigrams(${filter.q})`);
      }
    }
    if (after !== null) conditions.push(Prisma.sql`u.email > ${after}`);
    return db.$queryRaw<UserRow[]>`
      ${selectUser} WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY u.email LIMIT ${limit}`;
  },

  async find(own: string, id: string): Promise<UserRow | null> {
    const [row] = await db.$queryRaw<UserRow[]>`${selectUser} WHERE u.id = ${id}::uuid AND ${within(own)}`;
    return row ?? null;
  },

  /**
   * The user, held with its organisation until the end of the transaction: changes to users of one organisation wait
   * for each other, so that what a change relies on (who else is admin) stays true. Sign-ins of other users and new
   * users do not wait.
   */
  async findForUpdate(own: string, id: string): Promise<UserRow | null> {
    await db.$queryRaw`
      SELECT 1 FROM organizations o
      WHERE o.id = (SELECT organization_id FROM users WHERE id = ${id}::uuid) AND ${within(own)}
      FOR NO KEY UPDATE`;
    const [row] = await db.$queryRaw<UserRow[]>`
      ${selectUser} WHERE u.id = ${id}::uuid AND ${within(own)} FOR NO KEY UPDATE OF u`;
    return row ?? null;
  },

  /** Whatever the scope: for the operator. Held until the end of the transaction. */
  async findByEmailForUpdate(email: string): Promise<UserRow | null> {
    const [row] = await db.$queryRaw<UserRow[]>`${selectUser} WHERE u.email = ${email} FOR NO KEY UPDATE OF u`;
    return row ?? null;
  },

  /** How many can sign in and change things in the organisation, without the user `except`. */
  async countOtherWritingAdmins(organizationId: string, except: string): Promise<number> {
    return db.user.count({
      where: { organizationId, role: 'admin', access: 'read_write', status: 'active', id: { not: except } },
    });
  },

  /** False when the address is taken. */
  async insert({ passwordHash, now, ...user }: NewUserRow): Promise<boolean> {
    const { count } = await db.user.createMany({
      data: { ...user, createdAt: now, updatedAt: now },
      skipDuplicates: true,
    });
    if (count === 1) await credentialsStore(db).insertMany([{ id: user.id, passwordHash }], now);
    return count === 1;
  },

  /** @throws the database's unique violation when an address is taken */
  async insertMany(users: readonly Omit<NewUserRow, 'now'>[], now: Date): Promise<void> {
    await db.user.createMany({
      data: users.map(({ passwordHash: _, ...user }) => ({ ...user, createdAt: now, updatedAt: now })),
    });
    await credentialsStore(db).insertMany(users, now);
  },

  /** False when the user is no longer at `version`. */
  async update(id: string, version: number, changes: UserUpdate, now: Date): Promise<boolean> {
    const { count } = await db.user.updateMany({
      where: { id, version },
      data: { ...changes, version: { increment: 1 }, updatedAt: now },
    });
    return count === 1;
  },
});
