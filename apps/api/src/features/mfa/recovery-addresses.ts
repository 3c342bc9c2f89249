import { newId } from '../../platform/crypto/ids.ts';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import {
  recoveryAddressContext,
  recoveryAddressesStore,
  type StoredRecoveryAddress,
} from './recovery-addresses.store.ts';

interface Deps {
  clock: Clock;
  database: Database;
  keyring: Keyring;
}

/** A recovery address, opened. */
export interface RecoveryAddress {
  id: string;
  address: string;
  addedAt: Date;
  /** Null while nobody has shown that the mailbox is the user's: until then it counts for nothing. */
  confirmedAt: Date | null;
}

/**
 * Another mailbox of a user, by which it asks for a reset of MFA without an admin; one for each user at most (decision
 * 0040). It goes with MFA. Whoever changes one holds the user.
 */
export class RecoveryAddresses {
  constructor(private readonly deps: Deps) {}

  async of(userId: string, db: Db = this.deps.database.client): Promise<RecoveryAddress | null> {
    const found = await recoveryAddressesStore(db).find(userId);
    return found && this.opened(found);
  }

  /** The same where it counts. */
  async confirmedOf(tx: Transaction, userId: string): Promise<RecoveryAddress | null> {
    const found = await this.of(userId, tx);
    return found?.confirmedAt ? found : null;
  }

  /**
   * Puts this address in the place of an earlier one; it counts once it is confirmed.
   *
   * @param address normalised
   * @returns false where MFA of the user is off
   */
  async save(tx: Transaction, userId: string, address: string): Promise<boolean> {
    const { clock, keyring } = this.deps;
    const id = newId();
    const sealed = Uint8Array.from(keyring.seal(Buffer.from(address), recoveryAddressContext(userId, id)));
    return recoveryAddressesStore(tx).save({ userId, id, address: sealed, addedAt: clock.now() });
  }

  /** False where none waits for it. */
  async confirm(tx: Transaction, userId: string): Promise<boolean> {
    return recoveryAddressesStore(tx).confirm(userId, this.deps.clock.now());
  }

  /** False where there is none. */
  async remove(tx: Transaction, userId: string): Promise<boolean> {
    return recoveryAddressesStore(tx).remove(userId);
  }

  private opened({ userId, id, address, addedAt, confirmedAt }: StoredRecoveryAddress): RecoveryAddress {
    const opened = this.deps.keyring.open(address, recoveryAddressContext(userId, id));
    return { id, address: Buffer.from(opened).toString(), addedAt, confirmedAt };
  }
}
