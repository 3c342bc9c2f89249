import { type AuditAction, type Caller, Problem, passwordPolicy } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.ts';
import type { KeyedQueue } from '../../platform/limits/keyed-queue.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { AuditService } from '../audit/index.ts';
import { reauthenticationStore } from './reauthentication.store.ts';
import { invalidCode, type SecondFactorService } from './second-factor.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  queue: KeyedQueue;
  hasher: PasswordHasher;
  secondFactor: SecondFactorService;
  audit: AuditService;
}

/** Spends the code that was proved, in the transaction of the change that it allows. */
export type Settle = (tx: Transaction) => Promise<void>;

/**
 * Password and second factor, asked again inside a session before a change of authenticators (SEC-14,
 * NIST SP 800-63B-4 section 4.1). Failures are counted apart from those of sign-in: whoever is outside cannot
 * lock out who is inside.
 */
export class ReauthenticationService {
  constructor(private readonly deps: Deps) {}

  /**
   * Judges password and code, one attempt of a user after another, and runs `change` when both are right.
   *
   * @param code null where the change asks for no second factor
   * @throws Problem `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async run<T>(
    caller: Caller,
    failure: AuditAction,
    input: { password: string; code: string | null },
    change: (settle: Settle) => Promise<T>,
  ): Promise<T> {
    return this.deps.queue.run(`user:${caller.userId}`, async () => {
      try {
        await this.provePassword(caller, input.password);
        const proof = input.code === null ? null : await this.deps.secondFactor.prove(caller.userId, input.code);
        return await change(async (tx) => {
          if (proof) await this.deps.secondFactor.spend(tx, proof);
        });
      } catch (error) {
        if (error instanceof Problem && (error.code === 'invalid_credentials' || error.code === 'invalid_code')) {
          await this.recordFailure(caller, failure, error.code);
        }
        throw error;
      }
    });
  }

  private async provePassword(caller: Caller, password: string): Promise<void> {
    const { attempts, clock, database, hasher } = this.deps;
    const hash = await reauthenticationStore(database.client).findPasswordHash(caller.userId);
    if (hash === null) throw wrongPassword();
    const claim = await attempts.claim(
      database.client,
      reauthenticationKey(caller.userId),
      passwordPolicy,
      clock.now(),
    );
    if (!claim.granted) {
      throw new Problem('too_many_attempts', {
        detail: 'Too many wrong passwords. Try again later.',
        retryAfterSeconds: claim.retryAfterSeconds,
      });
    }
    if (!(await hasher.verify(hash, password)).ok) throw wrongPassword();
    // A right password takes its count back at once; a wrong code after it is counted where codes are.
    await attempts.giveBack(database.client, reauthenticationKey(caller.userId), clock.now());
  }

  private async recordFailure(caller: Caller, action: AuditAction, reason: string): Promise<void> {
    const { audit, database } = this.deps;
    const party = { id: caller.userId, name: caller.email };
    await audit.record(database.client, caller.origin, {
      action,
      outcome: 'failure',
      actor: party,
      subject: party,
      organizationId: caller.organization.id,
      details: { reason },
    });
  }
}

const wrongPassword = (): Problem => new Problem('invalid_credentials', { detail: 'The current password is wrong.' });

const reauthenticationKey = (userId: string): string => `reauthentication:${userId}`;

/** The code of a change that asks for it only where MFA is on. @throws Problem `invalid_code` when it is missing */
export function codeWhereEnabled(caller: Caller, code: string | undefined): string | null {
  if (!caller.mfaEnabled) return null;
  if (code === undefined) throw invalidCode();
  return code;
}
