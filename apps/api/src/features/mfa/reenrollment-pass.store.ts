import type { SealedColumn } from '../../platform/crypto/store.ts';
import { type Db, Prisma } from '../../platform/database/database.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A pass as it is stored. */
export interface HashedPass {
  userId: string;
  salt: Bytes;
  /** What the hash is keyed with; sealed. */
  secret: Bytes;
  hash: Bytes;
  issuedAt: Date;
}

/** What the secret of a pass is sealed for. */
export const passContext = (userId: string): string => `reenrollment-pass:${userId}`;

export const sealedPasses: SealedColumn = {
  table: 'reenrollment_passes',
  column: 'secret',
  key: 'user_id',
  keyType: 'uuid',
  record: 'user_id',
  context: ({ key }) => passContext(key),
};

/** Whether the user `u` sets up MFA with a pass alone. */
export const awaitsPass = Prisma.sql`
  EXISTS (SELECT 1 FROM reenrollment_passes w WHERE w.user_id = u.id) AS "awaitsReenrollmentPass"`;

export const reenrollmentPassStore = (db: Db) => ({
  async find(userId: string): Promise<HashedPass | null> {
    const [row] = await db.$queryRaw<HashedPass[]>`
      SELECT user_id AS "userId", salt, secret, hash, issued_at AS "issuedAt"
      FROM reenrollment_passes WHERE user_id = ${userId}::uuid`;
    return row ?? null;
  },

  /** Asks the user for this pass, and for no earlier one. */
  async save(pass: HashedPass): Promise<void> {
    const { userId, ...data } = pass;
    await db.reenrollmentPass.upsert({ where: { userId }, create: pass, update: data });
  },

  /** Puts this pass in the place of an earlier one. False where the user needs none, or has set up MFA meanwhile. */
  async replace({ userId, ...data }: HashedPass): Promise<boolean> {
    return (await db.reenrollmentPass.updateMany({ where: { userId }, data })).count === 1;
  },

  /**
   * Takes the pass away that has this hash; the caller holds the user. False where the user needs one and this is not
   * it, or it was given before `issuedAfter`.
   *
   * @param hash null without a pass
   */
  async take(userId: string, hash: Uint8Array<ArrayBuffer> | null, issuedAfter: Date): Promise<boolean> {
    const [row] = await db.$queryRaw<{ free: boolean }[]>`
      WITH awaited AS (SELECT 1 FROM reenrollment_passes WHERE user_id = ${userId}::uuid),
      taken AS (
        DELETE FROM reenrollment_passes
        WHERE user_id = ${userId}::uuid AND hash = ${hash}::bytea AND issued_at > ${issuedAfter}::timestamptz
        RETURNING 1)
      SELECT EXISTS (SELECT 1 FROM taken) OR NOT EXISTS (SELECT 1 FROM awaited) AS free`;
    return row?.free === true;
  },
});
