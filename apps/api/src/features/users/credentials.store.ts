import type { Access, MfaPolicy, Role, UserStatus } from '@sallyport/core';
import { type Db, Prisma, records, uuids } from '../../platform/database/database.ts';
import { organizationOfUser } from '../organizations/store.ts';

/** A user as `userColumns` reads it. */
export interface UserColumns {
  userId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
}

/** The user `u` with its organisation, to select from or to join. */
export const userWithOrganization = Prisma.sql`users u ${organizationOfUser}`;

export const userColumns = Prisma.sql`u.id AS "userId", u.email, u.name, u.role, u.access, u.status`;

/** Joins `maker`, the user that `id` names, with the columns of `UserColumns` and the kind of its organisation. */
export const makerNamed = (id: Prisma.Sql): Prisma.Sql => Prisma.sql`
  JOIN (SELECT ${userColumns}, o.kind AS "organizationKind" FROM ${userWithOrganization}) maker ON maker."userId" = ${id}`;

/** From when the days count that the user `u` has to set up what is required: a second factor, or a passkey beside one. */
export interface GraceColumns {
  mfaGraceFrom: Date | null;
  phishingResistantFrom: Date | null;
}

export const graceColumns = Prisma.sql`
  u.mfa_grace_from AS "mfaGraceFrom", u.phishing_resistant_from AS "phishingResistantFrom"`;

/** The same of the user `u`, whether or not it has MFA. */
export const graceFrom = (hasMfa: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN ${hasMfa} THEN u.phishing_resistant_from ELSE u.mfa_grace_from END`;

/**
 * The users `a` who can sign in and change things in their organisation (`isWorkingAdmin`): the index
 * `users_writing_admins_idx` has them.
 */
export const workingAdmins = Prisma.sql`users a WHERE a.role = 'admin' AND a.access = 'read_write' AND a.status = 'active'`;

/** Whether two can sign in and change the user `u` of `o`, beside itself. */
export const hasTwoOtherAdmins = Prisma.sql`(
  SELECT count(*) = 2 FROM (
    SELECT FROM ${workingAdmins} AND a.organization_id IN (o.id, o.partner_id) AND a.id <> u.id
    LIMIT 2
  ) others)`;

/** The domain of the address of the user `u`. */
export const domainOfUser = Prisma.sql`substring(u.email FROM '[^@]*$')`;

/** The ids of the users of these organisations. */
export const usersOf = (organizationIds: readonly string[]): Prisma.Sql =>
  Prisma.sql`(SELECT id FROM users WHERE organization_id IN ${uuids(organizationIds)})`;

/**
 * The ids of `ids`, a subquery, that are users, held so that none is erased until the end of the transaction; a change of
 * them does not wait.
 */
export const existingUsers = (ids: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT id FROM users WHERE id IN ${ids} FOR KEY SHARE`;

/** The id of the user with this normalised address, or null. */
export const userIdOf = (email: string): Prisma.Sql => Prisma.sql`(SELECT id FROM users WHERE email = ${email})`;

/**
 * The CTE `locked`: holds the user first of all. Whatever changes a user takes this row first and the end of the audit
 * chain last, so that two changes wait for each other and never both.
 */
export const lockUser = (userId: string): Prisma.Sql => Prisma.sql`
  locked AS (SELECT id AS user_id FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE)`;

/** `lockUser`, without a row for a user who may not sign in. */
export const lockActiveUser = (userId: string): Prisma.Sql => Prisma.sql`
  locked AS (
    SELECT id AS user_id FROM users WHERE id = ${userId}::uuid AND status = 'active' FOR NO KEY UPDATE
  )`;

/**
 * The CTE that notes the sign-in of a user, once the CTE `from` has a row. The first while MFA is required begins the
 * grace, and one while it is not forgets it; the same of the days to add a passkey.
 */
export const noteSignIn = (
  userId: string,
  now: Date,
  { required, phishingResistant }: Pick<MfaPolicy, 'required' | 'phishingResistant'>,
  from: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  signed_in AS (
    UPDATE users SET last_sign_in_at = ${now}::timestamptz,
      mfa_grace_from = CASE WHEN ${required}::boolean THEN COALESCE(users.mfa_grace_from, ${now}::timestamptz) END,
      phishing_resistant_from = CASE WHEN ${phishingResistant}::boolean
        THEN COALESCE(users.phishing_resistant_from, ${now}::timestamptz) END
    ${from} WHERE users.id = ${userId}::uuid
  )`;

/** The user that the CTE `locked` holds, while its password still has the hash that was judged; held in its turn. */
export const whilePasswordIs = (passwordHash: string, also: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT c.user_id FROM locked JOIN local_credentials c ON c.user_id = locked.user_id
  WHERE c.password_hash = ${passwordHash} AND ${also}
  FOR NO KEY UPDATE OF c`;

/** Joins `c`, the password of the user `u`, if there is one. */
export const credentialOfUser = Prisma.sql`LEFT JOIN local_credentials c ON c.user_id = u.id`;

export const passwordHash = Prisma.sql`c.password_hash AS "passwordHash"`;

/** Whether the user `u` has a password. */
export const withPassword = Prisma.sql`c.user_id IS NOT NULL`;

export const hasPassword = Prisma.sql`${withPassword} AS "hasPassword"`;

/** The statement that takes what is left of their grace from users whose MFA went off: they had their time. */
export const endMfaGrace = (userIds: readonly string[]): Prisma.Sql => Prisma.sql`
  UPDATE users SET mfa_grace_from = to_timestamp(0), phishing_resistant_from = to_timestamp(0)
  WHERE id IN ${uuids(userIds)}`;

/** The statement that does the same where the last passkey went and another factor stays. */
export const endPasskeyGrace = (userId: string): Prisma.Sql =>
  Prisma.sql`UPDATE users SET phishing_resistant_from = to_timestamp(0) WHERE id = ${userId}::uuid`;

/** Passwords: only their argon2id hashes are stored. */
export const credentialsStore = (db: Db) => ({
  async findHash(userId: string): Promise<string | null> {
    const [row] = await db.$queryRaw<{ hash: string }[]>`
      SELECT password_hash AS hash FROM local_credentials WHERE user_id = ${userId}::uuid`;
    return row?.hash ?? null;
  },

  /** False when the user has none. */
  async replace(userId: string, passwordHash: string, changedAt: Date): Promise<boolean> {
    const { count } = await db.localCredential.updateMany({ where: { userId }, data: { passwordHash, changedAt } });
    return count === 1;
  },

  /** First passwords, or ones in the place of the earlier. */
  async setMany(passwords: readonly { userId: string; passwordHash: string }[], changedAt: Date): Promise<void> {
    if (passwords.length === 0) return;
    await db.$executeRaw`
      INSERT INTO local_credentials (user_id, password_hash, changed_at)
      SELECT r."userId", r."passwordHash", ${changedAt}::timestamptz
      FROM ${records(passwords, '"userId" uuid, "passwordHash" text')}
      ON CONFLICT (user_id) DO UPDATE SET password_hash = EXCLUDED.password_hash, changed_at = EXCLUDED.changed_at`;
  },

  /** Writes the upgraded hash, unless the password was changed meanwhile. */
  async upgrade(userId: string, from: string, to: string): Promise<void> {
    await db.localCredential.updateMany({ where: { userId, passwordHash: from }, data: { passwordHash: to } });
  },

  /** The authenticators have to be gone before. */
  async removeMany(userIds: readonly string[]): Promise<void> {
    if (userIds.length > 0) await db.$executeRaw`DELETE FROM local_credentials WHERE user_id IN ${uuids(userIds)}`;
  },
});
