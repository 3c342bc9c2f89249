import { HOUR_MS, Problem, RESET_APPROVAL_SECONDS } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { reasonContext, type WaitingReset, waitingResetsStore } from './waiting-resets.store.ts';

export type { WaitingReset } from './waiting-resets.store.ts';

interface Deps {
  clock: Clock;
  database: Database;
  keyring: Keyring;
}

export interface AskedReset {
  userId: string;
  /** Null of an asker that is no user. */
  askedById: string | null;
  /** In the words of the admin. */
  reason: string | null;
  /** For how long it can be stopped. */
  delayHours: number;
  needsSecondAdmin: boolean;
  /** By which the user asks; null for an admin. */
  recoveryAddressId: string | null;
}

/**
 * Resets of MFA that wait for their time or for another admin, one for each user at most (decision 0035). Whoever asks
 * holds the user.
 */
export class WaitingResets {
  constructor(private readonly deps: Deps) {}

  /**
   * @returns null where MFA of the user is off
   * @throws Problem `reset_waits`
   */
  async add(
    tx: Transaction,
    { userId, askedById, reason, delayHours, needsSecondAdmin, recoveryAddressId }: AskedReset,
  ): Promise<WaitingReset | null> {
    const { clock, keyring } = this.deps;
    const [id, askedAt] = [newId(), clock.now()];
    const after = (ms: number) => new Date(askedAt.getTime() + ms);
    const sealed =
      reason === null ? null : Uint8Array.from(keyring.seal(Buffer.from(reason), reasonContext(userId, id)));
    const reset = {
      ...{ userId, id, askedById, askedAt, reason: sealed, recoveryAddressId },
      dueAt: after(delayHours * HOUR_MS),
      expiresAt: needsSecondAdmin ? after(RESET_APPROVAL_SECONDS * 1000) : null,
    };
    const store = waitingResetsStore(tx);
    if (await store.insert(reset)) return { ...reset, approvedById: null };
    if (await store.find(userId)) {
      throw new Problem('reset_waits', { detail: 'Stop the reset that waits before you ask for another one.' });
    }
    return null;
  }

  /** The reset that waits for the user, if one does. */
  async of(userId: string): Promise<WaitingReset | null> {
    return waitingResetsStore(this.deps.database.client).find(userId);
  }

  /** @throws Problem `no_reset_waits` where none waits for the approval of this admin */
  async approve(tx: Transaction, userId: string, adminId: string): Promise<void> {
    if (await waitingResetsStore(tx).approve(userId, adminId, this.deps.clock.now())) return;
    throw new Problem('no_reset_waits', { detail: 'No reset of this user waits for your approval.' });
  }

  /** @throws Problem `no_reset_waits` */
  async stop(tx: Transaction, userId: string): Promise<WaitingReset> {
    const stopped = await this.stopAny(tx, userId);
    if (!stopped) throw new Problem('no_reset_waits', { detail: 'It was stopped, is over, or has taken place.' });
    return stopped;
  }

  /** The same where one may wait or not. */
  async stopAny(tx: Transaction, userId: string): Promise<WaitingReset | null> {
    return waitingResetsStore(tx).takeAny(userId);
  }

  /** The same of the one that the user asked for by its recovery address. */
  async stopRecovery(tx: Transaction, userId: string): Promise<WaitingReset | null> {
    return waitingResetsStore(tx).takeRecovery(userId);
  }

  /** Takes the reset away that is to take place; null where there is none, or another was first. */
  async takeDue(tx: Transaction, userId: string): Promise<WaitingReset | null> {
    return waitingResetsStore(tx).takeDue(userId, this.deps.clock.now());
  }

  /** Takes the reset away that nobody approved in time. */
  async takeOver(tx: Transaction, userId: string): Promise<WaitingReset | null> {
    return waitingResetsStore(tx).takeOver(userId, this.deps.clock.now());
  }

  /** Some of the users whose reset is to take place, or is over. */
  async usersOfSettled(limit: number): Promise<string[]> {
    return waitingResetsStore(this.deps.database.client).usersOfSettled(this.deps.clock.now(), limit);
  }

  /** In the words of the admin; null where none was given. */
  reasonOf({ userId, id, reason }: Pick<WaitingReset, 'userId' | 'id' | 'reason'>): string | null {
    return reason && Buffer.from(this.deps.keyring.open(reason, reasonContext(userId, id))).toString();
  }
}
