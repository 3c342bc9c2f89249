import type { Database } from '../../platform/database/database.ts';
import { credentialsStore } from './credentials.store.ts';

/** What the judges of a local password need of it. */
export class CredentialsService {
  constructor(private readonly deps: { database: Database }) {}

  /** The argon2id hash in PHC string format; null for a user without a password. */
  async findHash(userId: string): Promise<string | null> {
    return credentialsStore(this.deps.database.client).findHash(userId);
  }

  /** Puts a hash with today's parameters in the place of `from`, unless the password was changed meanwhile. */
  async upgrade(userId: string, from: string, to: string): Promise<void> {
    await credentialsStore(this.deps.database.client).upgrade(userId, from, to);
  }
}
