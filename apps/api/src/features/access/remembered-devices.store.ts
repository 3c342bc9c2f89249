import { type Db, Prisma, uuids } from '../../platform/database/database.ts';
import { rememberedDeviceDays, type SettingsAfter } from '../organizations/store.ts';
import { userWithOrganization } from '../users/credentials.store.ts';

type Hash = Uint8Array<ArrayBuffer>;

/** A remembered device as its user sees it. */
export interface RememberedDevice {
  id: string;
  userAgent: string;
  createdAt: Date;
  /** When it last stood for the second step; null: not yet. */
  lastUsedAt: Date | null;
  expiresAt: Date;
}

export interface NewRememberedDevice {
  id: string;
  userId: string;
  /** SHA-256 of the token. */
  tokenHash: Hash;
  userAgent: string;
  createdAt: Date;
  expiresAt: Date;
}

/** The end of the device `d`: as it was promised, or sooner where the setting of `o` and `p` has become fewer days. */
const endOf = (after?: SettingsAfter): Prisma.Sql =>
  Prisma.sql`LEAST(d.expires_at, d.created_at + make_interval(hours => 24 * ${rememberedDeviceDays(after)}))`;
const endsAt = endOf();

/** Whether the device `d`, of a user of `o` and `p`, stands for the second step at this moment. */
export const isRemembered = (now: Date): Prisma.Sql => Prisma.sql`${endsAt} > ${now}::timestamptz`;

/** Whether a browser stands for the second step of the user `u` of `o` at this moment, and would not any more. */
export const losesDevice = (now: Date, after: SettingsAfter): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM remembered_devices d
  WHERE d.user_id = u.id AND ${isRemembered(now)} AND ${endOf(after)} <= ${now}::timestamptz)`;

const deviceWithUser = Prisma.sql`remembered_devices d JOIN (${userWithOrganization}) ON u.id = d.user_id`;

export const rememberedDevicesStore = (db: Db) => ({
  /** The device of this user that has one of the tokens; whether it is remembered still is for the sign-in to judge. */
  async find(userId: string, tokenHashes: readonly Hash[]): Promise<string | null> {
    if (tokenHashes.length === 0) return null;
    const where = { userId, tokenHash: { in: [...tokenHashes] } };
    return (await db.rememberedDevice.findFirst({ where, select: { id: true } }))?.id ?? null;
  },

  /** Remembers a device, in place of what the same browser was remembered as for the user. */
  async insert(device: NewRememberedDevice, replaced: readonly Hash[]): Promise<void> {
    if (replaced.length > 0)
      await db.rememberedDevice.deleteMany({ where: { userId: device.userId, tokenHash: { in: [...replaced] } } });
    await db.rememberedDevice.create({ data: device });
  },

  /** Those of the user, with which of them the session began on; used last first. */
  async list(userId: string, sessionId: string, now: Date) {
    return db.$queryRaw<(RememberedDevice & { current: boolean })[]>`
      SELECT d.id, d.user_agent AS "userAgent", d.created_at AS "createdAt", d.last_used_at AS "lastUsedAt",
        ${endsAt} AS "expiresAt",
        COALESCE(d.id = (SELECT s.remembered_device_id FROM sessions s WHERE s.id = ${sessionId}::uuid), false) AS current
      FROM ${deviceWithUser}
      WHERE d.user_id = ${userId}::uuid AND ${isRemembered(now)}
      ORDER BY COALESCE(d.last_used_at, d.created_at) DESC, d.id DESC`;
  },

  /** Forgets those of the user, or the one of them; the ids. */
  async forget(userId: string, id?: string): Promise<string[]> {
    const only = id === undefined ? Prisma.empty : Prisma.sql`AND id = ${id}::uuid`;
    const rows = await db.$queryRaw<{ id: string }[]>`
      DELETE FROM remembered_devices WHERE user_id = ${userId}::uuid ${only} RETURNING id`;
    return rows.map((row) => row.id);
  },

  /**
   * Writes down, for users of the organisations, the end that the setting leaves, so that more days later bring nothing
   * back. The ids of those that are over by it.
   */
  async shorten(organizationIds: readonly string[], now: Date): Promise<string[]> {
    const rows = await db.$queryRaw<{ id: string; expiresAt: Date }[]>`
      UPDATE remembered_devices d SET expires_at = ${endsAt} FROM ${userWithOrganization}
      WHERE u.id = d.user_id AND u.organization_id IN ${uuids(organizationIds)} AND d.expires_at > ${endsAt}
      RETURNING d.id, d.expires_at AS "expiresAt"`;
    return rows.filter(({ expiresAt }) => expiresAt <= now).map(({ id }) => id);
  },

  async purge(before: Date): Promise<number> {
    return (await db.rememberedDevice.deleteMany({ where: { expiresAt: { lt: before } } })).count;
  },
});
