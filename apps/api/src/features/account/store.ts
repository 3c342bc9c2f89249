import type { Db } from '../../platform/database/database.ts';
import { credentialsStore } from '../users/credentials.store.ts';

/** A user with what the password routes decide on. */
export const accountStore = (db: Db) => ({
  async findByEmail(email: string) {
    return db.user.findUnique({ where: { email }, include: withCredential });
  },

  async findById(id: string) {
    return db.user.findUnique({ where: { id }, include: withCredential });
  },

  async rename(userId: string, name: string): Promise<void> {
    await db.user.update({ where: { id: userId }, data: { name, version: { increment: 1 } } });
  },

  /** Replaces the password. False when the user has none. */
  async replacePassword(userId: string, passwordHash: string, changedAt: Date): Promise<boolean> {
    return credentialsStore(db).replace(userId, passwordHash, changedAt);
  },

  /** Gives an invited user, or one who had single sign-on alone, a first password. False when it has one, or is disabled. */
  async acceptInvitation(userId: string, passwordHash: string, changedAt: Date): Promise<boolean> {
    const { count } = await db.user.updateMany({
      where: { id: userId, status: { in: ['invited', 'active'] }, localCredential: null },
      data: { status: 'active', version: { increment: 1 } },
    });
    if (count === 0) return false;
    await credentialsStore(db).insertMany([{ id: userId, passwordHash }], changedAt);
    return true;
  },
});

const withCredential = {
  localCredential: { select: { changedAt: true } },
  organization: { include: { partner: true } },
} as const;
