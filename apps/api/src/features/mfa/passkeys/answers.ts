import { randomBytes } from 'node:crypto';
import { PASSKEY_SECONDS, Problem } from '@sallyport/core';
import type { Database, Db } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../../audit/index.ts';
import type { Holder } from '../holder.ts';
import type { Proof } from '../store.ts';
import {
  bytesOf,
  type PasskeyAnswer,
  PasskeyFault,
  type RelyingParty,
  requestOptions,
  verifyAnswer,
} from './relying-party.ts';
import { type Asked, passkeysStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  relyingParty: RelyingParty;
}

/** Asks for a user's passkeys, and judges their answers; each challenge is for one purpose and taken once. */
export class PasskeyAnswers {
  constructor(private readonly deps: Deps) {}

  /**
   * What the browser asks the user's authenticators with.
   *
   * @throws Problem `not_found` for a user without a passkey
   */
  async ask(userId: string, asked: Asked) {
    const { database, relyingParty } = this.deps;
    const known = await passkeysStore(database.client).listCredentials(userId);
    if (known.length === 0) throw new Problem('not_found', { detail: 'There is no passkey to sign in with.' });
    return requestOptions(relyingParty, await this.newChallenge(database.client, userId, asked), known);
  }

  /** A challenge in the place of an earlier one of this kind; 256 random bits. */
  async newChallenge(db: Db, userId: string, asked: Asked): Promise<Uint8Array<ArrayBuffer>> {
    const challenge = Uint8Array.from(randomBytes(32));
    const expiresAt = new Date(this.deps.clock.now().getTime() + PASSKEY_SECONDS * 1000);
    await passkeysStore(db).saveChallenge(asked, { userId, challenge, expiresAt });
    return challenge;
  }

  /** Takes the challenge that was asked with, whatever the answer is. Null when it is over or was taken before. */
  async takeChallenge(userId: string, asked: Asked): Promise<Uint8Array<ArrayBuffer> | null> {
    return passkeysStore(this.deps.database.client).takeChallenge(asked, userId, this.deps.clock.now());
  }

  /** What the answer proves, or null. A counter that went back tells of a copied authenticator, and is written down. */
  async match(holder: Holder, answer: PasskeyAnswer, asked: Asked): Promise<Proof | null> {
    const { database, relyingParty } = this.deps;
    const { userId } = holder;
    const challenge = await this.takeChallenge(userId, asked);
    const passkey = await passkeysStore(database.client).findByCredential(userId, bytesOf(answer.id));
    if (challenge === null || passkey === null) return null;
    const verified = await verifyAnswer(relyingParty, challenge, passkey, answer).catch(nullForFault);
    if (verified === null) return null;
    const { backedUp, counter } = verified;
    if (wentBack(passkey.counter, counter)) {
      await this.recordCopy(holder, passkey.id, passkey.counter, counter);
      return null;
    }
    return { method: 'passkey', userId, passkeyId: passkey.id, counter, backedUp };
  }

  private async recordCopy(holder: Holder, passkeyId: string, before: number, now: number): Promise<void> {
    const { audit, database } = this.deps;
    await audit.record(database.client, holder.origin, {
      action: 'passkey.counter_went_back',
      outcome: 'failure',
      ...ownDoing(holder),
      actor: null,
      details: { passkeyId, counter: [String(before), String(now)] },
    });
  }
}

/** Authenticators that do not count always say 0 (WebAuthn Level 3, section 6.1.1). */
const wentBack = (before: number, now: number): boolean => (before > 0 || now > 0) && now <= before;

function nullForFault(error: unknown): null {
  if (error instanceof PasskeyFault) return null;
  throw error;
}
