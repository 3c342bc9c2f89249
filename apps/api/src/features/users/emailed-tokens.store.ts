import type { EmailedTokenPurpose, UserStatus } from '@sallyport/core';
import { type Db, Prisma, uuids } from '../../platform/database/database.ts';

/** The user a token was sent to, with what the pages and rules need. */
export interface TokenHolder {
  userId: string;
  email: string;
  name: string;
  status: UserStatus;
  hasPassword: boolean;
  organizationId: string;
}

type Hash = Uint8Array<ArrayBuffer>;

export const emailedTokensStore = (db: Db) => ({
  /** Ends the users' tokens of this purpose, spent or not. */
  async endAll(userIds: readonly string[], purpose?: EmailedTokenPurpose): Promise<void> {
    const ofPurpose =
      purpose === undefined ? Prisma.sql`true` : Prisma.sql`purpose = ${purpose}::emailed_token_purpose`;
    await db.$executeRaw`DELETE FROM emailed_tokens WHERE user_id IN ${uuids(userIds)} AND ${ofPurpose}`;
  },

  async insertMany(
    tokens: { hash: Hash; userId: string; purpose: EmailedTokenPurpose; createdAt: Date; expiresAt: Date }[],
  ) {
    await db.emailedToken.createMany({ data: tokens });
  },

  async findHolder(hash: Hash, purpose: EmailedTokenPurpose, now: Date): Promise<TokenHolder | null> {
    const found = await db.emailedToken.findFirst({
      where: { hash, purpose, consumedAt: null, expiresAt: { gt: now } },
      select: { user: { include: { localCredential: { select: { userId: true } } } } },
    });
    if (!found) return null;
    const { id, email, name, status, organizationId, localCredential } = found.user;
    return { userId: id, email, name, status, organizationId, hasPassword: localCredential !== null };
  },

  /** False when the token is over or was consumed before. */
  async consume(hash: Hash, purpose: EmailedTokenPurpose, now: Date): Promise<boolean> {
    const { count } = await db.emailedToken.updateMany({
      where: { hash, purpose, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
    });
    return count === 1;
  },

  async purge(before: Date): Promise<number> {
    return (await db.emailedToken.deleteMany({ where: { expiresAt: { lt: before } } })).count;
  },
});
