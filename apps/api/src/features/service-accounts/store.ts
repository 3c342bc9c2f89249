import type { Access, OrganizationKind, Role, UserStatus } from '@sallyport/core';
import { type Db, Prisma } from '../../platform/database/database.ts';
import {
  lockWithin,
  type OrganizationColumns,
  organizationColumns,
  organizationNamed,
} from '../organizations/store.ts';
import { makerNamed } from '../users/credentials.store.ts';

/** A service account with the user who made it, as both are now. */
export interface ServiceAccountRow extends OrganizationColumns {
  id: string;
  name: string;
  role: Role;
  access: Access;
  createdAt: Date;
  expiresAt: Date | null;
  usedAt: Date | null;
  revokedAt: Date | null;
  makerId: string;
  makerEmail: string;
  makerRole: Role;
  makerAccess: Access;
  makerStatus: UserStatus;
  makerKind: OrganizationKind;
}

export interface NewServiceAccountRow {
  id: string;
  organizationId: string;
  name: string;
  role: Role;
  access: Access;
  /** SHA-256. */
  keyHash: Uint8Array<ArrayBuffer>;
  makerId: string;
  createdAt: Date;
  expiresAt: Date | null;
}

// As for sessions: to keep reads from becoming writes.
const USED_SECONDS = 60;

const isUsedAnew = (now: Date): Prisma.Sql =>
  Prisma.sql`(a.used_at IS NULL OR a.used_at < ${now}::timestamptz - make_interval(secs => ${USED_SECONDS}::int))`;

const columns = Prisma.sql`
  a.id, a.name, a.role, a.access, a.created_at AS "createdAt", a.expires_at AS "expiresAt", a.used_at AS "usedAt",
  a.revoked_at AS "revokedAt", ${organizationColumns}, a.maker_id AS "makerId", maker.email AS "makerEmail",
  maker.role AS "makerRole", maker.access AS "makerAccess", maker.status AS "makerStatus",
  maker."organizationKind" AS "makerKind"`;

const withMaker = Prisma.sql`
  service_accounts a ${organizationNamed(Prisma.sql`a.organization_id`)} ${makerNamed(Prisma.sql`a.maker_id`)}`;

export const serviceAccountsStore = (db: Db) => ({
  /** Whatever has become of it; `isUsedAnew` says that `noteUse` is due. */
  async findByKey(
    keyHash: Uint8Array<ArrayBuffer>,
    now: Date,
  ): Promise<(ServiceAccountRow & { isUsedAnew: boolean }) | null> {
    const [row] = await db.$queryRaw<(ServiceAccountRow & { isUsedAnew: boolean })[]>`
      SELECT ${columns}, ${isUsedAnew(now)} AS "isUsedAnew" FROM ${withMaker} WHERE a.key_hash = ${keyHash}::bytea`;
    return row ?? null;
  },

  /** Those that were not revoked, the newest first. */
  async list(organizationId: string): Promise<ServiceAccountRow[]> {
    return db.$queryRaw<ServiceAccountRow[]>`
      SELECT ${columns} FROM ${withMaker}
      WHERE a.organization_id = ${organizationId}::uuid AND a.revoked_at IS NULL ORDER BY a.created_at DESC, a.id DESC`;
  },

  /** Makes others who add one to the organisation wait until the end of the transaction, so that a count of them stays. */
  async holdOrganization(own: string, organizationId: string): Promise<void> {
    await db.$queryRaw(lockWithin(own, Prisma.sql`${organizationId}::uuid`));
  },

  /** How many of the organisation were not revoked. */
  async count(organizationId: string): Promise<number> {
    return db.serviceAccount.count({ where: { organizationId, revokedAt: null } });
  },

  async insert(row: NewServiceAccountRow): Promise<void> {
    await db.serviceAccount.create({ data: row, select: { id: true } });
  },

  /** Whether there is one with the id, revoked or not. */
  async wasMade(id: string): Promise<boolean> {
    return (await db.serviceAccount.count({ where: { id } })) === 1;
  },

  /** Notes that the key is in use, if that was not noted within the last minute. */
  async noteUse(id: string, now: Date): Promise<void> {
    await db.$executeRaw`
      UPDATE service_accounts a SET used_at = ${now}::timestamptz
      WHERE a.id = ${id}::uuid AND a.revoked_at IS NULL AND ${isUsedAnew(now)}`;
  },

  /** Ends the key for good. Its name; null where there is none in the organisation that was not revoked before. */
  async revoke(organizationId: string, id: string, now: Date): Promise<string | null> {
    const [row] = await db.$queryRaw<{ name: string }[]>`
      UPDATE service_accounts SET revoked_at = ${now}::timestamptz
      WHERE id = ${id}::uuid AND organization_id = ${organizationId}::uuid AND revoked_at IS NULL
      RETURNING name`;
    return row?.name ?? null;
  },

  /** Removes those that expired or were revoked before then; how many. */
  async purge(before: Date): Promise<number> {
    const { count } = await db.serviceAccount.deleteMany({
      where: { OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] },
    });
    return count;
  },
});
