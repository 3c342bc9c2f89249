import { type Origin, Problem } from '@sallyport/core';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { FairQueue } from '../../platform/limits/fair-queue.ts';
import type { KeyedQueue } from '../../platform/limits/keyed-queue.ts';
import { type Budget, type SourceLimiter, sourceOf } from '../../platform/limits/limiter.ts';
import type { Pause } from '../../platform/limits/pause.ts';
import type { Clock } from '../../platform/time/clock.ts';

/**
 * Refusals that a source may cause: beyond this rate it is a flood, and is not listened to until the window is over. It
 * is short, so that an office that meets an overload has its turn again soon: what was not judged counts for nothing
 * else (SEC-3).
 */
const REFUSALS: Budget = { bucket: 'refused-sign-ins', points: 100, seconds: 10 };

interface Deps {
  attempts: Attempts;
  clock: Clock;
  door: FairQueue;
  limiter: SourceLimiter;
  pause: Pause;
  queue: KeyedQueue;
}

/** Who answers with a passkey alone. */
interface PasskeyComer {
  /** Under which name the failures of the credential are counted. */
  accountKey: string;
  /** Whether the owner signed in with this browser before; null where it bears no mark at all. */
  isKnown: (() => Promise<boolean>) | null;
}

/** Who tries a password. */
interface Comer {
  /** Names the browser where it bears a mark for the address; null for a stranger. */
  deviceKey: string | null;
  accountKey: string;
  /** Of the address: stands for the organisation, which nothing is asked for before there is a place. */
  domain: string;
}

/**
 * Who may try to sign in, in what order, and who is turned away before there is any work (SEC-3, SEC-51). A browser that
 * bears a mark for the address comes by a way of its own, so that no flood of strangers keeps it out: what its source
 * and others did to the account is not held against it, only its own count.
 */
export class SignInDoor {
  constructor(private readonly deps: Deps) {}

  /**
   * Lets an attempt with a password in, those on one account by strangers one after another.
   *
   * @throws Problem `too_many_attempts`, `overloaded`
   */
  async password<T>(origin: Origin, comer: Comer, judge: () => Promise<T>): Promise<T> {
    const { door, limiter, queue } = this.deps;
    const { accountKey, deviceKey, domain } = comer;
    const turn = { source: sourceOf(origin.address), tenant: domain };
    const { source } = turn;
    if (deviceKey !== null) return queue.run(deviceKey, () => door.run({ ...turn, lane: 'known browsers' }, judge));
    return this.pausing(async () => {
      const limited = (await limiter.check(origin.address)) ?? (await limiter.spent(REFUSALS, source));
      if (limited) throw tooManyPasswords(limited.retryAfterSeconds);
      return this.countingRefusals(source, () => {
        this.assertNotBlocked(accountKey);
        return queue.run(accountKey, () => {
          // The attempts before it may have begun a block while it waited.
          this.assertNotBlocked(accountKey);
          return door.run({ ...turn, lane: 'strangers' }, judge);
        });
      });
    });
  }

  /**
   * Lets the answer of a passkey in that comes alone, by a lane of its own. Whose it is only the database says, so a
   * browser that bears a mark is asked about there, and only where its source would be turned away otherwise.
   *
   * @throws Problem `too_many_attempts`, `overloaded`
   */
  async passkey<T>(origin: Origin, { accountKey, isKnown }: PasskeyComer, judge: () => Promise<T>): Promise<T> {
    const { door, limiter } = this.deps;
    const source = sourceOf(origin.address);
    const turn = { lane: 'passkeys', source };
    return this.pausing(async () => {
      const limited = (await limiter.check(origin.address)) ?? (await limiter.spent(REFUSALS, source));
      if (limited && isKnown === null) throw tooManyPasswords(limited.retryAfterSeconds);
      if (limited)
        return door.run(turn, async () => {
          if (await isKnown?.()) return judge();
          throw tooManyPasswords(limited.retryAfterSeconds);
        });
      return this.countingRefusals(source, () => {
        if (isKnown === null) this.assertNotBlocked(accountKey);
        return door.run(turn, judge);
      });
    });
  }

  /** Lets an attempt with a code in, which whoever tries passwords does not hold up. @throws Problem `overloaded` */
  async code<T>(origin: Origin, judge: () => Promise<T>): Promise<T> {
    return this.pausing(() => this.deps.door.run({ lane: 'second steps', source: sourceOf(origin.address) }, judge));
  }

  /** Who is refused because there are too many is told a little later; nothing is held up by it. */
  private async pausing<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (isForTooMany(error)) await this.deps.pause.take();
      throw error;
    }
  }

  private assertNotBlocked(key: string): void {
    const seconds = this.deps.attempts.rememberedBlock(key, this.deps.clock.now());
    if (seconds !== null) throw tooManyPasswords(seconds);
  }

  private async countingRefusals<T>(source: string, attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (isForTooMany(error)) await this.deps.limiter.spend(REFUSALS, source);
      throw error;
    }
  }
}

const isForTooMany = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 429 || error.status === 503);

export const tooManyPasswords = (retryAfterSeconds: number): Problem =>
  new Problem('too_many_attempts', { detail: 'Too many failed sign-ins. Try again later.', retryAfterSeconds });
