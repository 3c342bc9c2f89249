import type { Db } from '../../platform/database/database.ts';

export const reauthenticationStore = (db: Db) => ({
  async findPasswordHash(userId: string): Promise<string | null> {
    const credential = await db.localCredential.findUnique({ where: { userId }, select: { passwordHash: true } });
    return credential?.passwordHash ?? null;
  },
});
