import type { Access, OrganizationKind, Role, UserStatus } from '@sallyport/core';
import { type Db, Prisma, plannedAnew, records, texts, uuids } from '../../platform/database/database.ts';
import type { Person } from '../../platform/personal-data.ts';
import { awaitsPass } from '../mfa/reenrollment-pass.store.ts';
import { type FactorsOfUser, factorsOf, mfaEnabled, mfaOfUser, mfaRevision, withMfa } from '../mfa/store.ts';
import {
  approvedBy,
  askedForBy,
  type WaitingResetColumns,
  waitingResetColumns,
  waitingResetOfUser,
} from '../mfa/waiting-resets.store.ts';
import {
  localSignInAllowed,
  lockWithin,
  type OrganizationColumns,
  ofScope,
  organizationColumns,
  type Scope,
  type SettingsColumns,
  settingsColumns,
  within,
} from '../organizations/store.ts';
import {
  credentialOfUser,
  credentialsStore,
  hasPassword,
  passwordHash,
  type UserColumns,
  userColumns,
  userWithOrganization,
  withPassword,
  workingAdmins,
} from './credentials.store.ts';
import { comesAfter, inOrder, type UserSort } from './order.store.ts';

/** A user as admins see it, as one row. */
export interface UserRow extends WaitingResetColumns {
  id: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  version: number;
  hasPassword: boolean;
  /** Null while MFA is off. */
  mfaRevision: string | null;
  awaitsReenrollmentPass: boolean;
  /** Addresses of the admins; null once one was erased. */
  resetAskedBy: string | null;
  resetApprovedBy: string | null;
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
}

/** A user with the settings of its organisation in force, its own or its partner's. */
export interface Account extends UserColumns, OrganizationColumns, SettingsColumns, FactorsOfUser {
  hasPassword: boolean;
  mfaEnabled: boolean;
}

/** A user with what the operator's files are compared with. */
export interface StoredUser extends NewUserRow {
  hasPassword: boolean;
}

/** What is not set asks for nothing. */
export interface UsersFilter {
  /** Part of the name or the address. */
  q: string | undefined;
  organizationId: string | undefined;
  role: Role | undefined;
  status: UserStatus | undefined;
  hasPassword: boolean | undefined;
  mfaEnabled: boolean | undefined;
  /** Those who did not sign in since, or never. */
  lastSignInBefore: Date | undefined;
}

export interface Addressee {
  id: string;
  email: string;
  name: string;
  organizationName: string;
  /** Whether a password is of use to the user. */
  localSignIn: boolean;
}

export interface UserUpdate {
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
}

const selectUser = Prisma.sql`
  SELECT u.id, u.email, u.name, u.role, u.access, u.status, u.version,
    ${hasPassword}, ${mfaRevision}, ${awaitsPass}, ${waitingResetColumns},
    asker.email AS "resetAskedBy", approver.email AS "resetApprovedBy", ${organizationColumns},
    u.last_sign_in_at AS "lastSignInAt", u.created_at AS "createdAt"
  FROM ${userWithOrganization} ${credentialOfUser} ${mfaOfUser} ${waitingResetOfUser}
    LEFT JOIN users asker ON asker.id = ${askedForBy} LEFT JOIN users approver ON approver.id = ${approvedBy}`;

function conditionsOf({ organizationId, role, status, hasPassword, mfaEnabled, lastSignInBefore }: UsersFilter) {
  const conditions: Prisma.Sql[] = [];
  if (organizationId) conditions.push(Prisma.sql`u.organization_id = ${organizationId}::uuid`);
  if (role) conditions.push(Prisma.sql`u.role = ${role}::role`);
  if (status) conditions.push(Prisma.sql`u.status = ${status}::user_status`);
  if (hasPassword !== undefined) conditions.push(Prisma.sql`(${withPassword}) = ${hasPassword}::boolean`);
  if (mfaEnabled !== undefined) conditions.push(Prisma.sql`(${withMfa}) = ${mfaEnabled}::boolean`);
  if (lastSignInBefore) {
    const since = Prisma.sql`u.last_sign_in_at < ${lastSignInBefore}::timestamptz`;
    conditions.push(Prisma.sql`(u.last_sign_in_at IS NULL OR ${since})`);
  }
  return conditions;
}

/** `text` as a LIKE pattern that finds it anywhere, literally. */
const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export const usersStore = (db: Db) => ({
  /**
   * @param after the place of the last user of the page before
   * @throws Problem `invalid_request` for a place that is none
   */
  async page(own: Scope, filter: UsersFilter, sort: UserSort, after: string | null, limit: number): Promise<UserRow[]> {
    const conditions = [ofScope(own, Prisma.sql`u`), ...conditionsOf(filter)];
    if (filter.q) {
      const pattern = anywhere(filter.q);
      conditions.push(Prisma.sql`(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})`);
      // For the index, which holds runs of up to three characters; what it finds is judged by the condition above. To
      // look up the runs of a longer text, of which some are in every address, takes longer than to judge a few more.
      const beginning = [...filter.q].slice(0, 9);
      const longest = Math.min(3, beginning.length);
      conditions.push(
        Prisma.sql`search_keys(u.name || E'\\n' || u.email, 1) @> search_keys(${beginning.join('')}, ${longest}::integer)`,
      );
    }
    if (after !== null) conditions.push(comesAfter(sort, after));
    return db.$queryRaw<UserRow[]>`
      ${filter.q ? plannedAnew : Prisma.empty}
      ${selectUser} WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY ${inOrder(sort)} LIMIT ${limit}`;
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
    await db.$queryRaw(lockWithin(own, Prisma.sql`(SELECT organization_id FROM users WHERE id = ${id}::uuid)`));
    const [row] = await db.$queryRaw<UserRow[]>`
      ${selectUser} WHERE u.id = ${id}::uuid AND ${within(own)} FOR NO KEY UPDATE OF u`;
    return row ?? null;
  },

  /** Whatever the scope: for a chore. Held until the end of the transaction. */
  async findAnyForUpdate(id: string): Promise<UserRow | null> {
    const [row] = await db.$queryRaw<UserRow[]>`${selectUser} WHERE u.id = ${id}::uuid FOR NO KEY UPDATE OF u`;
    return row ?? null;
  },

  /** Whatever the scope: for the operator. Held until the end of the transaction. */
  async findByEmailForUpdate(email: string): Promise<UserRow | null> {
    const [row] = await db.$queryRaw<UserRow[]>`${selectUser} WHERE u.email = ${email} FOR NO KEY UPDATE OF u`;
    return row ?? null;
  },

  /** Whether somebody else than the user `except` can sign in and change things in the organisation. */
  async hasOtherWorkingAdmin(organizationId: string, except: string): Promise<boolean> {
    const others = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM ${workingAdmins} AND a.organization_id = ${organizationId}::uuid AND a.id <> ${except}::uuid LIMIT 1`;
    return others.length === 1;
  },

  /** The addresses of those who can sign in and change things in the organisations, once each. */
  async addressesOfWorkingAdmins(organizationIds: readonly string[]): Promise<string[]> {
    const rows = await db.$queryRaw<{ email: string }[]>`
      SELECT a.email FROM ${workingAdmins} AND a.organization_id = ANY (ARRAY${uuids(organizationIds)})`;
    return rows.map(({ email }) => email);
  },

  /** @throws the database's unique violation when an address is taken */
  async insertMany(users: readonly NewUserRow[], now: Date): Promise<void> {
    await db.user.createMany({
      data: users.map(({ id, organizationId, email, name, role, access, status }) => ({
        ...{ id, organizationId, email, name, role, access, status },
        createdAt: now,
        updatedAt: now,
      })),
    });
    await credentialsStore(db).setMany(
      users.flatMap(({ id: userId, passwordHash }) => (passwordHash === null ? [] : [{ userId, passwordHash }])),
      now,
    );
  },

  /** Holds the users until the end of the transaction, always in the same order. */
  async lock(ids: readonly string[]): Promise<void> {
    await db.$queryRaw`SELECT 1 FROM users WHERE id IN ${uuids(ids)} ORDER BY id FOR NO KEY UPDATE`;
  },

  async updateMany(users: readonly (UserUpdate & { id: string })[], now: Date): Promise<void> {
    await db.$executeRaw`
      UPDATE users u SET name = r.name, role = r.role::role, access = r.access::access, status = r.status::user_status,
        version = u.version + 1, updated_at = ${now}::timestamptz
      FROM ${records(users, 'id uuid, name text, role text, access text, status text')} WHERE u.id = r.id`;
  },

  /** The users of the organisations, whatever the scope: for tests. */
  async listOf(organizationIds: readonly string[]): Promise<Person[]> {
    return db.$queryRaw<Person[]>`
      SELECT u.id, u.email, u.organization_id AS "organizationId" FROM users u
      WHERE u.organization_id IN ${uuids(organizationIds)} ORDER BY u.id`;
  },

  /** With the password, sessions and whatever else hangs on the user; what refuses that must be gone. */
  async delete(id: string): Promise<void> {
    await db.$executeRaw`DELETE FROM users WHERE id = ${id}::uuid`;
  },

  async rename(id: string, name: string, now: Date): Promise<void> {
    await db.user.update({ where: { id }, data: { name, version: { increment: 1 }, updatedAt: now } });
  },

  /** Makes an invited user active; another stays as it is. */
  async activate(id: string, now: Date): Promise<void> {
    await db.user.updateMany({
      where: { id, status: 'invited' },
      data: { status: 'active', version: { increment: 1 }, updatedAt: now },
    });
  },

  /** Makes a user active who has no password yet. False when it has one, or is disabled. */
  async admit(id: string, now: Date): Promise<boolean> {
    const { count } = await db.user.updateMany({
      where: { id, status: { in: ['invited', 'active'] }, localCredential: null },
      data: { status: 'active', version: { increment: 1 }, updatedAt: now },
    });
    return count === 1;
  },

  /** Notes a sign-in. False when the user is not active. */
  async noteSignIn(id: string, now: Date): Promise<boolean> {
    const { count } = await db.user.updateMany({ where: { id, status: 'active' }, data: { lastSignInAt: now } });
    return count === 1;
  },

  async findAccount(who: { id: string } | { email: string }): Promise<Account | null> {
    const isIt = 'id' in who ? Prisma.sql`u.id = ${who.id}::uuid` : Prisma.sql`u.email = ${who.email}`;
    const [row] = await db.$queryRaw<Account[]>`
      SELECT ${userColumns}, ${organizationColumns}, ${settingsColumns}, ${hasPassword}, ${mfaEnabled},
        ${factorsOf(Prisma.sql`u.id`)}
      FROM ${userWithOrganization} ${credentialOfUser} ${mfaOfUser} WHERE ${isIt}`;
    return row ?? null;
  },

  /** Where a mail to each of these users goes, and what it says. */
  async listAddressees(ids: readonly string[]): Promise<Addressee[]> {
    return db.$queryRaw<Addressee[]>`
      SELECT u.id, u.email, u.name, ${organizationColumns}, ${localSignInAllowed} AS "localSignIn"
      FROM ${userWithOrganization}
      WHERE u.id IN ${uuids(ids)} ORDER BY u.id`;
  },

  /** The users who have one of these addresses. */
  async listByEmails(emails: readonly string[]): Promise<StoredUser[]> {
    return db.$queryRaw<StoredUser[]>`
      SELECT u.id, u.organization_id AS "organizationId", u.email, u.name, u.role, u.access, u.status,
        ${hasPassword}, ${passwordHash}
      FROM users u ${credentialOfUser} WHERE u.email IN ${texts(emails)}`;
  },
});
