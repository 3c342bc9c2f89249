import type { SealedColumn } from '../../platform/crypto/store.ts';
import { type Db, Prisma } from '../../platform/database/database.ts';

/** A recovery address as it is stored. */
export interface StoredRecoveryAddress {
  userId: string;
  id: string;
  /** Sealed. */
  address: Uint8Array<ArrayBuffer>;
  addedAt: Date;
  /** Null while nobody has shown that the mailbox is the user's. */
  confirmedAt: Date | null;
}

/** What a recovery address is sealed for. */
export const recoveryAddressContext = (userId: string, id: string): string => `recovery-address:${userId}:${id}`;

export const sealedRecoveryAddresses: SealedColumn = {
  table: 'recovery_addresses',
  column: 'address',
  key: 'user_id',
  keyType: 'uuid',
  record: 'id',
  context: ({ key, recordId }) => recoveryAddressContext(key, recordId),
};

/** Whether the user that `userId` names has one that was confirmed. */
export const hasRecoveryAddress = (userId: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM recovery_addresses r WHERE r.user_id = ${userId} AND r.confirmed_at IS NOT NULL)`;

/** Whoever changes an address holds its user first. */
export const recoveryAddressesStore = (db: Db) => ({
  async find(userId: string): Promise<StoredRecoveryAddress | null> {
    return db.recoveryAddress.findUnique({ where: { userId } });
  },

  /** Puts the address in the place of an earlier one. False where MFA of the user is off. */
  async save({ userId, id, address, addedAt }: Omit<StoredRecoveryAddress, 'confirmedAt'>): Promise<boolean> {
    // A row of its own, so that nothing that hangs on the earlier one comes to hang on this.
    await this.remove(userId);
    const count = await db.$executeRaw`
      INSERT INTO recovery_addresses (user_id, id, address, added_at)
      SELECT m.user_id, ${id}::uuid, ${address}::bytea, ${addedAt}::timestamptz
      FROM enabled_mfa m WHERE m.user_id = ${userId}::uuid`;
    return count === 1;
  },

  /** False where there is none that waits for it. */
  async confirm(userId: string, now: Date): Promise<boolean> {
    const where = { userId, confirmedAt: null };
    return (await db.recoveryAddress.updateMany({ where, data: { confirmedAt: now } })).count === 1;
  },

  /** False where there is none. */
  async remove(userId: string): Promise<boolean> {
    return (await db.recoveryAddress.deleteMany({ where: { userId } })).count === 1;
  },
});
