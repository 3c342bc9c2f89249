import { Problem, type SecondFactorMethod, secondFactorPolicy } from '@sallyport/core';
import { matchingTimeStep, refusalOf, timeStepAt } from '@sallyport/core/totp';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import { judged } from '../../platform/limits/judged.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { backupCodeUsed, secondFactorLocked } from '../mails/index.ts';
import { findBackupCode } from './backup-codes.ts';
import type { Holder } from './holder.ts';
import type { PasskeyAnswers } from './passkeys/answers.ts';
import { invalidCode, passkeyRefused, type Refusal, tooManyCodes } from './refusal.ts';
import { methodOf, type Shown } from './shown.ts';
import {
  type Authenticator,
  mfaStore,
  type Proof,
  type SecondFactor,
  secondFactorKey,
  secretContext,
} from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  keyring: Keyring;
  hasher: PasswordHasher;
  mail: MailOutbox;
  audit: AuditService;
  passkeys: PasskeyAnswers;
}

export { type Proof, secondFactorKey } from './store.ts';

/**
 * Takes up what was proved, in the transaction of the change that it allows: spends the code, holds the user. Gives the
 * second factor that was spent; null where none was asked for.
 */
export type Settle = (tx: Transaction) => Promise<SecondFactorMethod | null>;

/** Claims, matches and spends what proves a second factor: codes of authenticators and sets, answers of passkeys. */
export class SecondFactorService {
  constructor(private readonly deps: Deps) {}

  /**
   * Judges what proves a second factor of a signed-in user: counted, judged, and given back where it came to no
   * verdict. Where a wrong one begins a block, the user is told.
   *
   * @param judge throws Problem `invalid_code` for a wrong one; takes the count back with `giveBack` for a right one
   * @throws Problem `too_many_attempts`
   */
  async counted<T>(holder: Holder, judge: () => Promise<T>): Promise<T> {
    const { attempts, clock, database } = this.deps;
    const key = secondFactorKey(holder.userId);
    const claimedAt = clock.now();
    return judged({
      claim: async () => {
        const claim = await attempts.claim(database.client, key, secondFactorPolicy, claimedAt);
        if (!claim.granted) throw tooManyCodes(claim.retryAfterSeconds);
        return claim;
      },
      judge,
      refused: ({ blocksUntil }) => this.tellLocked(holder, blocksUntil),
      release: () => attempts.release(database.client, key, claimedAt),
    });
  }

  /**
   * Tells the user of a block that wrong codes began: whoever entered them had passed the first step, so the password
   * may be known to somebody. Exactly one attempt begins a block, so each is told of once.
   *
   * @param blocksUntil null where the attempt began none, and nothing is to be told
   */
  async tellLocked(holder: Holder, blocksUntil: Date | null): Promise<void> {
    if (blocksUntil === null) return;
    const { audit, database, mail } = this.deps;
    await database.transaction(async (tx) => {
      await mail.enqueue(tx, secondFactorLocked({ to: holder.email, until: blocksUntil }));
      await audit.record(tx, holder.origin, {
        action: 'mfa.locked',
        outcome: 'failure',
        ...ownDoing(holder),
        actor: null,
        details: { until: blocksUntil.toISOString() },
      });
    });
    mail.poke();
  }

  /** Takes back the count after a success, in the transaction that spends the code. */
  async giveBack(tx: Transaction, userId: string): Promise<void> {
    await this.deps.attempts.giveBack(tx, secondFactorKey(userId), this.deps.clock.now());
  }

  /** What `shown` proves, or null. Where a code comes without its method its form tells: six digits are a TOTP. */
  async match(holder: Holder, factor: SecondFactor, shown: Shown): Promise<Proof | null> {
    if (shown.method === 'passkey') return this.deps.passkeys.match(holder, shown.response, shown.asked);
    const { userId } = factor;
    const { code, method = methodOf(code) } = shown;
    if (method === 'totp') {
      if (factor.secret === null) return null;
      const { lastStep, toldSteps } = factor;
      const nowMs = this.deps.clock.now().getTime();
      const step = matchingTimeStep(this.secretOf(factor), code, nowMs, lastStep, toldSteps);
      return step === null ? null : { method: 'totp', userId, step };
    }
    const hash = await findBackupCode(this.deps, factor, code);
    return hash && { method: 'backup_code', userId, hash };
  }

  /** Why `match` found nothing, for whoever has passed the first step. */
  async refusal(factor: SecondFactor, shown: Shown): Promise<Refusal> {
    if (shown.method === 'passkey') return passkeyRefused;
    const { clock, database } = this.deps;
    const store = mfaStore(database.client);
    const { code, method = methodOf(code) } = shown;
    if (method === 'totp') {
      if (factor.secret === null) return { reason: 'wrong' };
      const nowMs = clock.now().getTime();
      const { tooEarly, ...refusal } = refusalOf(this.secretOf(factor), code, nowMs, factor.lastStep);
      if (tooEarly !== undefined) await store.keepToldStep(factor.userId, tooEarly, timeStepAt(nowMs));
      return refusal;
    }
    const spent = { ...factor, backupCodeHashes: await store.spentBackupCodes(factor.userId) };
    return { reason: (await findBackupCode(this.deps, spent, code)) ? 'already_used' : 'wrong' };
  }

  private secretOf({ authenticatorId, secret, userId }: Authenticator & { userId: string }): Uint8Array {
    return this.deps.keyring.open(secret, secretContext(userId, authenticatorId));
  }

  /**
   * Judges what a user shows and runs the change that it allows, which spends it in its transaction.
   *
   * @throws Problem `mfa_not_enabled`, `too_many_attempts`; `invalid_code`, also when a racing request spent it first
   */
  async judge<T>(holder: Holder, shown: Shown, change: (settle: Settle) => Promise<T>): Promise<T> {
    const { userId } = holder;
    const factor = await mfaStore(this.deps.database.client).findFactor(userId);
    if (!factor) throw new Problem('mfa_not_enabled');
    return this.counted(holder, async () => {
      const proof = await this.match(holder, factor, shown);
      if (!proof) throw invalidCode(await this.refusal(factor, shown));
      return change(async (tx) => {
        if (!(await mfaStore(tx).spend(proof, this.deps.clock.now()))) throw invalidCode({ reason: 'already_used' });
        await this.giveBack(tx, userId);
        return proof.method;
      });
    });
  }

  /** Tells the user that a backup code was spent and how many are left (SEC-13), in the transaction that spends it. */
  async tellBackupCodeUsed(tx: Transaction, holder: Holder): Promise<void> {
    const { audit, mail } = this.deps;
    const remaining = await mfaStore(tx).remainingBackupCodes(holder.userId);
    await mail.enqueue(tx, backupCodeUsed({ to: holder.email, remaining }));
    await audit.record(tx, holder.origin, { action: 'backup_code.used', ...ownDoing(holder), details: { remaining } });
  }
}
