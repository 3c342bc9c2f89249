import { Problem } from '@sallyport/core';
import { msUntilTaken, nextUnspentStep, TIME_STEP_SECONDS, totpCode } from '@sallyport/core/totp';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { appOf, mfaStore, secretContext } from './store.ts';

/** A code as an authenticator app shows it. */
export interface ShownCode {
  code: string;
  /** Whole seconds until the end of its time step; it is taken for thirty more. 1 to 90. */
  secondsLeft: number;
  /** Whole seconds until it is taken; 0 where it is already. */
  takenInSeconds: number;
}

interface Deps {
  database: Database;
  keyring: Keyring;
  clock: Clock;
}

/** What the authenticator apps of users show: for the test mode alone, which stands in for the phone. */
export class ShownCodes {
  constructor(private readonly deps: Deps) {}

  /**
   * The next code of the user that was not spent, of the app that is set up or, before that, of the one that is being set
   * up. It spends nothing.
   *
   * @throws Problem `mfa_not_enabled` where there is neither
   */
  async next(userId: string): Promise<ShownCode> {
    const nowMs = this.deps.clock.now().getTime();
    const app = (await this.confirmed(userId)) ?? (await this.pending(userId, nowMs));
    if (!app) throw new Problem('mfa_not_enabled', { detail: 'The user has no authenticator app, and sets none up.' });
    const secret = this.deps.keyring.open(app.secret, secretContext(userId, app.id));
    const step = nextUnspentStep(nowMs, app.lastStep, app.toldSteps);
    return {
      code: totpCode(secret, step),
      secondsLeft: Math.ceil(((step + 1) * TIME_STEP_SECONDS * 1000 - nowMs) / 1000),
      takenInSeconds: Math.ceil(msUntilTaken(step, nowMs) / 1000),
    };
  }

  private async confirmed(userId: string) {
    const factor = await mfaStore(this.deps.database.client).findFactor(userId, this.deps.clock.now());
    return factor && appOf(factor);
  }

  private async pending(userId: string, nowMs: number) {
    const found = await mfaStore(this.deps.database.client).findPendingOf(userId, new Date(nowMs));
    return found && { ...found, lastStep: 0, toldSteps: [] };
  }
}
