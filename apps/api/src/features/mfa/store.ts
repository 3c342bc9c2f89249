import type { Db } from '../../platform/database/database.ts';

type Sealed = Uint8Array<ArrayBuffer>;

export interface PendingEnrollment {
  id: string;
  userId: string;
  sessionId: string;
  secret: Sealed;
  expiresAt: Date;
}

export const mfaStore = (db: Db) => ({
  async findStatus(userId: string): Promise<{ enrolledAt: Date; backupCodesRemaining: number } | null> {
    const found = await db.totpAuthenticator.findUnique({
      where: { userId },
      select: {
        enrolledAt: true,
        backupCodeSet: { select: { _count: { select: { codes: { where: { spentAt: null } } } } } },
      },
    });
    return found && { enrolledAt: found.enrolledAt, backupCodesRemaining: found.backupCodeSet?._count.codes ?? 0 };
  },

  /** Puts the enrolment in the place of an earlier pending one. */
  async savePending(pending: PendingEnrollment): Promise<void> {
    const { userId, ...rest } = pending;
    await db.pendingEnrollment.upsert({ where: { userId }, create: pending, update: rest });
  },

  async findPending(userId: string, sessionId: string, now: Date): Promise<PendingEnrollment | null> {
    return db.pendingEnrollment.findFirst({ where: { userId, sessionId, expiresAt: { gt: now } } });
  },

  /** Takes the pending enrolment away. False when it ended, was replaced, or a racing request was first. */
  async takePending(id: string, sessionId: string, now: Date): Promise<boolean> {
    const { count } = await db.pendingEnrollment.deleteMany({ where: { id, sessionId, expiresAt: { gt: now } } });
    return count === 1;
  },

  async insertAuthenticator(authenticator: {
    id: string;
    userId: string;
    secret: Sealed;
    lastStep: number;
    enrolledAt: Date;
  }): Promise<void> {
    await db.totpAuthenticator.create({ data: authenticator });
  },

  /** Puts a set of codes in the place of the earlier one. */
  async replaceBackupCodes(userId: string, salt: Sealed, hashes: Sealed[], now: Date): Promise<void> {
    await db.backupCodeSet.deleteMany({ where: { userId } });
    await db.backupCodeSet.create({
      data: { userId, salt, createdAt: now, codes: { createMany: { data: hashes.map((hash) => ({ hash })) } } },
    });
  },

  /** Takes away authenticator and backup codes. False when there was none. */
  async deleteAuthenticator(userId: string): Promise<boolean> {
    const { count } = await db.totpAuthenticator.deleteMany({ where: { userId } });
    return count === 1;
  },

  /** Takes away what else a second factor leaves: pending enrolments and sign-ins, known browsers. */
  async deleteTraces(userId: string): Promise<void> {
    await db.pendingEnrollment.deleteMany({ where: { userId } });
    await db.signInChallenge.deleteMany({ where: { userId } });
    await db.knownDevice.deleteMany({ where: { userId } });
  },

  async purge(before: Date): Promise<number> {
    return (await db.pendingEnrollment.deleteMany({ where: { expiresAt: { lt: before } } })).count;
  },
});
