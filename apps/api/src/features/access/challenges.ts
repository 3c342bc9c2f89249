import { CHALLENGE_ATTEMPTS, CHALLENGE_SECONDS } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import {
  type ChallengeAttempt,
  challengesStore,
  type NewChallenge,
  type Opening,
  type Proof,
  type SpentChallenge,
} from './challenges.store.ts';
import type { Federation } from './store.ts';

export type { Candidate, ChallengeAttempt, FirstStep, Opening } from './challenges.store.ts';

/** The first step was made; the second one is asked for. */
export interface MfaRequired {
  status: 'mfa_required';
  /** For the cookie. */
  challengeToken: string;
  expiresAt: Date;
}

/** From the first step of a sign-in to the session it opens (SEC-4). */
export class ChallengesService {
  constructor(private readonly deps: { clock: Clock; database: Database }) {}

  /**
   * Opens a pending sign-in of a user whose password was right, and takes the count of the password back.
   *
   * @returns null when the password was changed, or the user disabled, since it was judged
   */
  async open(userId: string, attemptKey: string, passwordHash: string): Promise<MfaRequired | null> {
    const { row, required } = this.prepare(userId);
    return (await this.store.insert(row, attemptKey, passwordHash)) ? required : null;
  }

  /**
   * The second step of a user that came through an identity provider and has an authenticator here too, in the
   * transaction that takes up what the provider said.
   */
  async openAfterSso(
    tx: Transaction,
    { userId, connectionId, federation }: { userId: string; connectionId: string; federation: Federation },
  ): Promise<MfaRequired> {
    const { row, required } = this.prepare(userId);
    await challengesStore(tx).insertSso(row, connectionId, federation);
    return required;
  }

  /**
   * Counts an attempt at the second factor.
   *
   * @param deviceToken what the browser says it is known by
   * @returns null where the cookie names no pending sign-in, or its attempts are spent
   */
  async claim(challengeToken: string, deviceToken: string | undefined): Promise<ChallengeAttempt | null> {
    const deviceHash = deviceToken === undefined ? null : hashToken(deviceToken);
    return this.store.claim(hashToken(challengeToken), deviceHash, CHALLENGE_ATTEMPTS, this.deps.clock.now());
  }

  /** Whose pending sign-in the cookie names, while it takes attempts; counts none. */
  async find(
    challengeToken: string,
    db: Db = this.deps.database.client,
  ): Promise<{ challengeId: string; userId: string } | null> {
    return challengesStore(db).find(hashToken(challengeToken), CHALLENGE_ATTEMPTS, this.deps.clock.now());
  }

  /** Gives an attempt back that could not be judged. */
  async release(challengeId: string): Promise<void> {
    await this.store.release(challengeId);
  }

  /** Opens the session of a user whose password was right. False when it was changed or disabled meanwhile. */
  async openByPassword(opening: Opening, passwordHash: string): Promise<boolean> {
    return this.store.openByPassword(opening, passwordHash);
  }

  /** As `openByPassword`, from a device that stands for the second step. False where it is not remembered any more. */
  async openByRememberedDevice(opening: Opening, passwordHash: string, deviceId: string): Promise<boolean> {
    return this.store.openByRememberedDevice(opening, passwordHash, deviceId);
  }

  /** Holds the half-done sign-ins of a user, whom the transaction holds: before it takes back a count and ends them. */
  async holdOf(tx: Transaction, userId: string): Promise<void> {
    await challengesStore(tx).holdOf(userId);
  }

  /** Spends the code, ends the challenge and opens the session. False when a racing request was first. */
  async openByCode(db: Db, opening: Opening, challengeId: string, proof: Proof): Promise<boolean> {
    return challengesStore(db).openByChallenge(opening, challengeId, proof);
  }

  /** Spends the answer of a passkey and opens the session. False when it was spent before, or the user disabled. */
  async openByPasskey(opening: Opening, challenge: SpentChallenge, proof: Proof): Promise<boolean> {
    return this.store.openByPasskey(opening, challenge, proof);
  }

  private get store() {
    return challengesStore(this.deps.database.client);
  }

  private prepare(userId: string): { row: NewChallenge; required: MfaRequired } {
    const challengeToken = newToken();
    const createdAt = this.deps.clock.now();
    const expiresAt = new Date(createdAt.getTime() + CHALLENGE_SECONDS * 1000);
    return {
      row: { id: newId(), tokenHash: hashToken(challengeToken), userId, createdAt, expiresAt },
      required: { status: 'mfa_required', challengeToken, expiresAt },
    };
  }
}
