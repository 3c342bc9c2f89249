import type { Db, Prisma } from '../../platform/database/database.ts';
import type { Federation } from './store.ts';

export interface NewChallenge {
  id: string;
  /** SHA-256 of the cookie. */
  tokenHash: Uint8Array<ArrayBuffer>;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
}

export const challengesStore = (db: Db) => ({
  /** Opens a pending sign-in of a user that an identity provider vouched for. */
  async insertSso(challenge: NewChallenge, connectionId: string, federation: Federation): Promise<void> {
    await db.signInChallenge.create({
      data: { ...challenge, method: 'sso', connectionId, federation: federation as Prisma.InputJsonObject },
    });
  },
});
