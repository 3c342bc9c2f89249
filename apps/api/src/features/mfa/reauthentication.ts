import { type AuditAction, type Caller, Problem, type ProblemCode, passwordPolicy } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import { judged } from '../../platform/limits/judged.ts';
import type { KeyedQueue } from '../../platform/limits/keyed-queue.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import type { SecondFactorService, Settle } from './second-factor.ts';
import type { Shown } from './shown.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  queue: KeyedQueue;
  hasher: PasswordHasher;
  secondFactor: SecondFactorService;
  /** Where the hashes of passwords are. */
  passwords: {
    findHash(userId: string): Promise<string | null>;
    /** Holds the user; whether the password still has the hash that was judged. */
    hold(tx: Transaction, userId: string, judgedHash: string): Promise<boolean>;
  };
  sessions: { isLive(tx: Transaction, sessionId: string): Promise<boolean> };
  challenges: { holdOf(tx: Transaction, userId: string): Promise<void> };
  audit: AuditService;
}

/** What is told of as an attempt that failed. */
const FAILURES: ReadonlySet<ProblemCode> = new Set(['invalid_credentials', 'invalid_code', 'pass_required']);

/**
 * Password and second factor, asked again inside a session before a change of authenticators (SEC-14,
 * NIST SP 800-63B-4 section 4.1). Failures are counted apart from those of sign-in: whoever is outside cannot
 * lock out who is inside.
 */
export class ReauthenticationService {
  constructor(private readonly deps: Deps) {}

  /**
   * Judges password and second factor, one attempt of a user after another, and runs `change` when both are right.
   *
   * @param input `shown` is null where the change asks for no second factor
   * @param change calls `settle` first of all in its transaction: it holds the user, finds the session alive and the
   *   password as it was judged, so that a request that was under way undoes no reset (SEC-5), holds the half-done
   *   sign-ins, and spends the code
   * @throws Problem `invalid_credentials`, `invalid_code`, `too_many_attempts`; `unauthenticated` for a session that
   *   ended meanwhile
   */
  async run<T>(
    caller: Caller,
    failure: AuditAction,
    input: { password: string; shown: Shown | null },
    change: (settle: Settle) => Promise<T>,
  ): Promise<T> {
    return this.attempt(caller, failure, async () => {
      const judgedHash = await this.provePassword(caller, input.password);
      const hold = (tx: Transaction) => this.hold(tx, caller, judgedHash);
      const { shown } = input;
      if (shown === null) {
        return change(async (tx) => {
          await hold(tx);
          return null;
        });
      }
      return this.deps.secondFactor.judge(caller, shown, (spend) =>
        change(async (tx) => {
          await hold(tx);
          return spend(tx);
        }),
      );
    });
  }

  /** Runs what judges something that the caller shows, one attempt of a user after another, and tells of a wrong one. */
  async attempt<T>(caller: Caller, failure: AuditAction, judge: () => Promise<T>): Promise<T> {
    return this.deps.queue.run(`user:${caller.userId}`, async () => {
      try {
        return await judge();
      } catch (error) {
        if (error instanceof Problem && FAILURES.has(error.code)) {
          await this.recordFailure(caller, failure, error.code);
        }
        throw error;
      }
    });
  }

  private async hold(tx: Transaction, caller: Caller, judgedHash: string): Promise<void> {
    const { challenges, passwords, sessions } = this.deps;
    const unchanged = await passwords.hold(tx, caller.userId, judgedHash);
    if (!(await sessions.isLive(tx, caller.session.id))) throw new Problem('unauthenticated');
    if (!unchanged) throw wrongPassword();
    // Before the count is taken back, for the change may end them.
    await challenges.holdOf(tx, caller.userId);
  }

  /** @returns the hash that the password was judged by */
  private async provePassword(caller: Caller, password: string): Promise<string> {
    const { attempts, clock, database, hasher, passwords } = this.deps;
    const hash = await passwords.findHash(caller.userId);
    if (hash === null) throw wrongPassword();
    const key = reauthenticationKey(caller.userId);
    const claimedAt = clock.now();
    await judged({
      claim: async () => {
        const claim = await attempts.claim(database.client, key, passwordPolicy, claimedAt);
        if (claim.granted) return;
        throw new Problem('too_many_attempts', {
          detail: 'Too many wrong passwords. Try again later.',
          retryAfterSeconds: claim.retryAfterSeconds,
        });
      },
      judge: async () => {
        if (!(await hasher.verify(hash, password)).ok) throw wrongPassword();
        // A right password takes its count back at once; a wrong code after it is counted where codes are.
        await attempts.giveBack(database.client, key, clock.now());
      },
      release: () => attempts.release(database.client, key, claimedAt),
    });
    return hash;
  }

  private async recordFailure(caller: Caller, action: AuditAction, reason: string): Promise<void> {
    const { audit, database } = this.deps;
    await audit.record(database.client, caller.origin, {
      action,
      outcome: 'failure',
      ...ownDoing(caller),
      details: { reason },
    });
  }
}

export const wrongPassword = (): Problem =>
  new Problem('invalid_credentials', { detail: 'The current password is wrong.' });

export const reauthenticationKey = (userId: string): string => `reauthentication:${userId}`;
