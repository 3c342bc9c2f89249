import { createHash } from 'node:crypto';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { credentialsStore } from './credentials.store.ts';
import { type Account, usersStore } from './store.ts';

/** Under which name the failed passwords of an address are counted, whether or not it has a user (SEC-2). */
export const passwordAttemptKey = (email: string): string =>
  `password:${createHash('sha256').update(email).digest('base64url')}`;

/** What the judges of a local password, and the ways to one, need of it. */
export class CredentialsService {
  constructor(private readonly deps: { database: Database; clock: Clock }) {}

  /** The argon2id hash in PHC string format; null for a user without a password. */
  async findHash(userId: string): Promise<string | null> {
    return credentialsStore(this.deps.database.client).findHash(userId);
  }

  /** Puts a hash with today's parameters in the place of `from`, unless the password was changed meanwhile. */
  async upgrade(userId: string, from: string, to: string): Promise<void> {
    await credentialsStore(this.deps.database.client).upgrade(userId, from, to);
  }

  /** The user with the settings that its password is held to. @param who by id, or by normalised address */
  async account(who: { id: string } | { email: string }, db: Db = this.deps.database.client): Promise<Account | null> {
    return usersStore(db).findAccount(who);
  }

  /**
   * Holds the user until the end of the transaction: whatever else changes a credential, a factor or the sessions of
   * the user waits, or is seen from here on (SEC-5).
   *
   * @returns whether the password still has the hash that was judged
   */
  async hold(tx: Transaction, userId: string, judgedHash: string): Promise<boolean> {
    await usersStore(tx).lock([userId]);
    return (await credentialsStore(tx).findHash(userId)) === judgedHash;
  }

  /** Puts another password in the place of the user's. False when the user has none. */
  async replace(tx: Transaction, userId: string, passwordHash: string): Promise<boolean> {
    return credentialsStore(tx).replace(userId, passwordHash, this.deps.clock.now());
  }

  /** Gives an invited user, or one who had single sign-on alone, a first password. False when it has one, or is disabled. */
  async acceptInvitation(tx: Transaction, userId: string, passwordHash: string): Promise<boolean> {
    const now = this.deps.clock.now();
    if (!(await usersStore(tx).admit(userId, now))) return false;
    await credentialsStore(tx).setMany([{ userId, passwordHash }], now);
    return true;
  }
}
