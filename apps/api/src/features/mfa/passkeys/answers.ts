import { createHash, randomBytes } from 'node:crypto';
import { type Origin, PASSKEY_SECONDS, Problem } from '@sallyport/core';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import type { Database, Db } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../../audit/index.ts';
import type { Holder } from '../holder.ts';
import type { Proof } from '../store.ts';
import { PasskeyFault } from './faults.ts';
import { bytesOf, challengeOf, type PasskeyAnswer, type RelyingParty, requestOptions } from './relying-party.ts';
import { type Asked, type PasskeyColumns, passkeysStore, type SpentChallenge } from './store.ts';
import type { VerifiedAnswer } from './verification.ts';

/** A challenge for anybody's passkey, and how it is spent. */
export interface Challenge {
  challenge: Uint8Array<ArrayBuffer>;
  spent: SpentChallenge;
}

/** A passkey with its user, as a sign-in reads them. */
type OwnedPasskey = PasskeyColumns & { userId: string; email: string; organizationId: string };

/** A challenge for anybody's passkey: 24 random bytes, when it is over (Unix time in ms, 64 bits), and the mark. */
const EXPIRY_AT = 24;
const MARK_AT = 32;

const contextOf = (browserToken: string): string => `passkey-sign-in:${browserToken}`;

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
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

  /**
   * What the browser asks for any passkey with, to sign in by it alone. The challenge bears a mark for the browser, and is
   * stored when it is spent: whoever asks fills no table.
   *
   * @param browserToken what the browser is bound by, in a cookie
   */
  askAnybody(browserToken: string) {
    const { clock, keyring, relyingParty } = this.deps;
    const data = randomBytes(MARK_AT);
    data.writeBigUInt64BE(BigInt(clock.now().getTime() + PASSKEY_SECONDS * 1000), EXPIRY_AT);
    const challenge = Buffer.concat([data, keyring.mark(data, contextOf(browserToken))]);
    return requestOptions(relyingParty, Uint8Array.from(challenge), null);
  }

  /** The challenge of `askAnybody` that the answer is to. Null where it is another's, or over. */
  challengeOfAnybody(browserToken: string | undefined, answer: PasskeyAnswer): Challenge | null {
    const challenge = challengeOf(answer);
    if (challenge === null || browserToken === undefined) return null;
    const [data, mark] = [challenge.subarray(0, MARK_AT), challenge.subarray(MARK_AT)];
    if (!this.deps.keyring.isMarked(data, mark, contextOf(browserToken))) return null;
    const expiresAt = new Date(Number(Buffer.from(data).readBigUInt64BE(EXPIRY_AT)));
    if (expiresAt <= this.deps.clock.now()) return null;
    const hash = Uint8Array.from(createHash('sha256').update(challenge).digest());
    return { challenge, spent: { hash, expiresAt } };
  }

  /**
   * What the answer proves by itself, or null.
   *
   * @param passkey null where nobody has the credential: that takes as long (SEC-2)
   */
  async matchAlone(
    origin: Origin,
    passkey: OwnedPasskey | null,
    answer: PasskeyAnswer,
    challenge: Uint8Array<ArrayBuffer>,
  ): Promise<Proof | null> {
    const { NOBODYS, verifyAnswer } = await import('./verification.ts');
    const against = passkey ?? NOBODYS;
    const verified = await verifyAnswer(this.deps.relyingParty, challenge, against, answer, { alone: true }).catch(
      nullForFault,
    );
    if (verified === null || passkey === null) return null;
    return this.proofOf({ ...passkey, origin }, passkey, verified, true);
  }

  /** What the answer proves, or null. A counter that went back tells of a copied authenticator, and is written down. */
  async match(holder: Holder, answer: PasskeyAnswer, asked: Asked): Promise<Proof | null> {
    const { database, relyingParty } = this.deps;
    const { userId } = holder;
    const challenge = await this.takeChallenge(userId, asked);
    const passkey = await passkeysStore(database.client).findByCredential(userId, bytesOf(answer.id));
    if (challenge === null || passkey === null) return null;
    const { verifyAnswer } = await import('./verification.ts');
    const verified = await verifyAnswer(relyingParty, challenge, passkey, answer, { alone: false }).catch(nullForFault);
    return verified && this.proofOf(holder, { ...passkey, passkeyId: passkey.id }, verified, false);
  }

  private async proofOf(
    holder: Holder,
    { passkeyId, ...passkey }: Pick<OwnedPasskey, 'passkeyId' | 'counter'>,
    { backedUp, counter }: VerifiedAnswer,
    unnamed: boolean,
  ): Promise<Proof | null> {
    if (wentBack(passkey.counter, counter)) {
      await this.recordCopy(holder, passkeyId, passkey.counter, counter);
      return null;
    }
    return { method: 'passkey', userId: holder.userId, passkeyId, counter, backedUp, unnamed };
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

/** From 0 any counter goes on: authenticators that do not count always say that (WebAuthn Level 3, section 6.1.1). */
const wentBack = (before: number, now: number): boolean => before > 0 && now <= before;

function nullForFault(error: unknown): null {
  if (error instanceof PasskeyFault) return null;
  throw error;
}
