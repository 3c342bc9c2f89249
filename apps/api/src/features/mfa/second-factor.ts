import { type AttemptPolicy, Problem, type SecondFactorMethod, secondFactorPolicy } from '@sallyport/core';
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
import { invalidCode, ofCandidate, passkeyRefused, type Refusal, tooManyCodes } from './refusal.ts';
import { methodOf, type Shown } from './shown.ts';
import {
  type App,
  appOf,
  candidateOf,
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
 * Takes up what was proved, in the transaction of the change that it allows: spends the code, holds the user, and tells
 * of a backup code. Gives the second factor that was spent; null where none was asked for.
 */
export type Settle = (tx: Transaction) => Promise<SecondFactorMethod | null>;

/** Claims, matches and spends what proves a second factor: codes of authenticators and sets, answers of passkeys. */
export class SecondFactorService {
  constructor(private readonly deps: Deps) {}

  /**
   * Judges what proves a second factor of a signed-in user: counted, judged, and given back where it came to no
   * verdict. Where a wrong one begins a block, the user is told.
   *
   * @param judge throws Problem `invalid_code` for a wrong one; takes the count back with `giveBack` for a right one, or
   *   with `takeOut` where nothing is spent
   * @throws Problem `too_many_attempts`
   */
  async counted<T>(
    holder: Holder,
    judge: (takeOut: (tx: Transaction) => Promise<void>) => Promise<T>,
    policy: AttemptPolicy = secondFactorPolicy,
  ): Promise<T> {
    const { attempts, clock, database } = this.deps;
    const key = secondFactorKey(holder.userId);
    const claimedAt = clock.now();
    return judged({
      claim: async () => {
        const claim = await attempts.claim(database.client, key, policy, claimedAt);
        if (!claim.granted) throw tooManyCodes(claim.retryAfterSeconds);
        return claim;
      },
      judge: () => judge((tx) => attempts.release(tx, key, claimedAt)),
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
    if (method === 'totp') return this.matchApp(appOf(factor), code, { takesOver: false });
    const hash = await findBackupCode(this.deps, factor, code);
    return hash && { method: 'backup_code', userId, hash };
  }

  /** The same at a sign-in, where a code of the candidate does too, by which it takes over. */
  async matchAtSignIn(holder: Holder, factor: SecondFactor, shown: Shown): Promise<Proof | null> {
    const proof = await this.match(holder, factor, shown);
    if (proof !== null || shown.method === 'passkey') return proof;
    const { code, method = methodOf(code) } = shown;
    return method === 'totp' ? this.matchApp(candidateOf(factor), code, { takesOver: true }) : null;
  }

  /** Why `match` found nothing, for whoever has passed the first step. A code of the candidate is named as one. */
  async refusal(factor: SecondFactor, shown: Shown): Promise<Refusal> {
    const { present, next } = await this.refusals(factor, shown);
    return next.reason === 'wrong' ? present : ofCandidate;
  }

  /** Why `matchAtSignIn` found nothing. */
  async refusalAtSignIn(factor: SecondFactor, shown: Shown): Promise<Refusal> {
    const { present, next } = await this.refusals(factor, shown);
    return next.reason === 'wrong' ? present : next;
  }

  /** What `shown` is to the present factors and, where it is nothing to them, to the candidate. */
  private async refusals(factor: SecondFactor, shown: Shown): Promise<{ present: Refusal; next: Refusal }> {
    const next: Refusal = { reason: 'wrong' };
    if (shown.method === 'passkey') return { present: passkeyRefused, next };
    const { code, method = methodOf(code) } = shown;
    if (method === 'totp') {
      const present = await this.refusalOfApp(appOf(factor), code);
      if (present.reason !== 'wrong') return { present, next };
      return { present, next: await this.refusalOfApp(candidateOf(factor), code) };
    }
    const backupCodeHashes = await mfaStore(this.deps.database.client).spentBackupCodes(factor.userId);
    const isSpent = (await findBackupCode(this.deps, { ...factor, backupCodeHashes }, code)) !== null;
    return { present: { reason: isSpent ? 'already_used' : 'wrong' }, next };
  }

  private matchApp(app: App | null, code: string, { takesOver }: { takesOver: boolean }): Proof | null {
    if (app === null) return null;
    const { id: appId, lastStep, toldSteps, userId } = app;
    const step = matchingTimeStep(this.secretOf(app), code, this.deps.clock.now().getTime(), lastStep, toldSteps);
    return step === null ? null : { method: 'totp', userId, appId, step, takesOver };
  }

  private async refusalOfApp(app: App | null, code: string): Promise<Refusal> {
    if (app === null) return { reason: 'wrong' };
    const { clock, database } = this.deps;
    const nowMs = clock.now().getTime();
    const { tooEarly, ...refusal } = refusalOf(this.secretOf(app), code, nowMs, app.lastStep);
    if (tooEarly !== undefined) await mfaStore(database.client).keepToldStep(app.id, tooEarly, timeStepAt(nowMs));
    return refusal;
  }

  private secretOf({ id, secret, userId }: App): Uint8Array {
    return this.deps.keyring.open(secret, secretContext(userId, id));
  }

  /**
   * Judges what a user shows and runs the change that it allows, which spends it in its transaction and pokes the mail.
   *
   * @param policy how far wrong ones are counted
   * @throws Problem `mfa_not_enabled`, `too_many_attempts`; `invalid_code`, also when a racing request spent it first
   */
  async judge<T>(
    holder: Holder,
    shown: Shown,
    change: (settle: Settle) => Promise<T>,
    policy: AttemptPolicy = secondFactorPolicy,
  ): Promise<T> {
    const { userId } = holder;
    const factor = await this.factorOf(userId);
    const judge = async () => {
      const proof = await this.match(holder, factor, shown);
      if (!proof) throw invalidCode(await this.refusal(factor, shown));
      return change(async (tx) => {
        if (!(await mfaStore(tx).spend(proof, this.deps.clock.now()))) throw invalidCode({ reason: 'already_used' });
        await this.giveBack(tx, userId);
        if (proof.method === 'backup_code') await this.tellBackupCodeUsed(tx, holder);
        return proof.method;
      });
    };
    return this.counted(holder, judge, policy);
  }

  /** What is checked against. @throws Problem `mfa_not_enabled` */
  async factorOf(userId: string): Promise<SecondFactor> {
    const factor = await mfaStore(this.deps.database.client).findFactor(userId, this.deps.clock.now());
    if (!factor) throw new Problem('mfa_not_enabled');
    return factor;
  }

  /** Tells the user that a backup code was spent and how many are left (SEC-13), in the transaction that spends it. */
  async tellBackupCodeUsed(tx: Transaction, holder: Holder): Promise<void> {
    const { audit, mail } = this.deps;
    const remaining = await mfaStore(tx).remainingBackupCodes(holder.userId);
    await mail.enqueue(tx, backupCodeUsed({ to: holder.email, remaining }));
    await audit.record(tx, holder.origin, { action: 'backup_code.used', ...ownDoing(holder), details: { remaining } });
  }
}
