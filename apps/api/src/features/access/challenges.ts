import { CHALLENGE_SECONDS } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { challengesStore, type NewChallenge } from './challenges.store.ts';
import type { Federation } from './store.ts';

/** The first step was made; the second one is asked for. */
export interface MfaRequired {
  status: 'mfa_required';
  /** For the cookie. */
  challengeToken: string;
  expiresAt: Date;
}

/** Sign-ins between the first step and the second factor (SEC-4). */
export class ChallengesService {
  constructor(private readonly deps: { clock: Clock }) {}

  /** A challenge ready to be written by the statement that allows it, and what the browser is told. */
  prepare(userId: string): { row: NewChallenge; required: MfaRequired } {
    const challengeToken = newToken();
    const createdAt = this.deps.clock.now();
    const expiresAt = new Date(createdAt.getTime() + CHALLENGE_SECONDS * 1000);
    return {
      row: { id: newId(), tokenHash: hashToken(challengeToken), userId, createdAt, expiresAt },
      required: { status: 'mfa_required', challengeToken, expiresAt },
    };
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
}
