import { timingSafeEqual } from 'node:crypto';
import { Problem, type SecondFactorMethod, secondFactorPolicy } from '@sallyport/core';
import { normalizeBackupCode } from '@sallyport/core/backup-codes';
import { matchingTimeStep } from '@sallyport/core/totp';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Proof, type SecondFactor, secondFactorStore } from './second-factor.store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  keyring: Keyring;
  hasher: PasswordHasher;
}

/** Key of the count of a user's failures, across challenges, factors and routes (SEC-3). */
export const secondFactorKey = (userId: string): string => `second-factor:${userId}`;

/** What a TOTP secret is sealed for: it does not open for another user or record (SEC-10). */
export const secretContext = (userId: string, authenticatorId: string): string => `totp:${userId}:${authenticatorId}`;

const sixDigits = /^\s*(?:\d\s*){6}$/;

/** Claims, matches and spends the codes of authenticators and backup code sets. */
export class SecondFactorService {
  constructor(private readonly deps: Deps) {}

  /**
   * Counts an attempt before it is judged.
   *
   * @throws Problem `too_many_attempts`
   */
  async claim(userId: string): Promise<void> {
    const { attempts, clock, database } = this.deps;
    const claim = await attempts.claim(database.client, secondFactorKey(userId), secondFactorPolicy, clock.now());
    if (!claim.granted) throw tooManyCodes(claim.retryAfterSeconds);
  }

  /** Takes back the count after a success, in the transaction that spends the code. */
  async giveBack(tx: Transaction, userId: string): Promise<void> {
    await this.deps.attempts.giveBack(tx, secondFactorKey(userId), this.deps.clock.now());
  }

  /** What `code` proves, or null. Without `method` the form of the code tells: six digits are a TOTP. */
  async match(factor: SecondFactor, code: string, method?: SecondFactorMethod): Promise<Proof | null> {
    const { userId } = factor;
    if ((method ?? (sixDigits.test(code) ? 'totp' : 'backup_code')) === 'totp') {
      const secret = this.deps.keyring.open(factor.secret, secretContext(userId, factor.authenticatorId));
      const step = matchingTimeStep(secret, code, this.deps.clock.now().getTime(), factor.lastStep);
      return step === null ? null : { method: 'totp', userId, step };
    }
    const normalized = normalizeBackupCode(code);
    if (normalized === null) return null;
    const hash = Uint8Array.from(await this.deps.hasher.deriveRaw(normalized, factor.salt));
    const known = factor.backupCodeHashes.some((stored) => timingSafeEqual(stored, hash));
    return known ? { method: 'backup_code', userId, hash } : null;
  }

  /**
   * Judges a code of a signed-in user: counted, matched, not yet spent.
   *
   * @throws Problem `mfa_not_enabled`, `too_many_attempts`, `invalid_code`
   */
  async prove(userId: string, code: string, method?: SecondFactorMethod): Promise<Proof> {
    const factor = await secondFactorStore(this.deps.database.client).find(userId);
    if (!factor) throw new Problem('mfa_not_enabled');
    await this.claim(userId);
    const proof = await this.match(factor, code, method);
    if (!proof) throw invalidCode();
    return proof;
  }

  /**
   * Spends what was proved, in the transaction of the change it allows, and takes back the count.
   *
   * @throws Problem `invalid_code` when a racing request spent the code first
   */
  async spend(tx: Transaction, proof: Proof): Promise<void> {
    if (!(await secondFactorStore(tx).spend(proof, this.deps.clock.now()))) throw invalidCode();
    await this.giveBack(tx, proof.userId);
  }

  async remainingBackupCodes(tx: Transaction, userId: string): Promise<number> {
    return secondFactorStore(tx).remainingBackupCodes(userId);
  }
}

export const invalidCode = (): Problem =>
  new Problem('invalid_code', {
    detail: 'The code is wrong or was already used. Wait for the next one and try again.',
  });

export const tooManyCodes = (retryAfterSeconds: number): Problem =>
  new Problem('too_many_attempts', { detail: 'Too many wrong codes. Try again later.', retryAfterSeconds });
