import { type AuditAction, type Caller, checkPolicy, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import type { FactorChanges } from './factor-changes.ts';
import type { ReauthenticationService } from './reauthentication.ts';
import { invalidCode } from './refusal.ts';
import type { SecondFactorService } from './second-factor.ts';
import { shownBy } from './shown.ts';
import { appCheckDueAt } from './status.ts';
import { mfaStore } from './store.ts';

interface Deps {
  database: Database;
  audit: AuditService;
  changes: FactorChanges;
  reauthentication: ReauthenticationService;
  secondFactor: SecondFactorService;
}

/**
 * Whether what a user would need one day is there still: the authenticator app, and the backup codes. Nothing changes by
 * it, and no password is asked for, so wrong codes stop before they could lock the second step (decision 0042).
 */
export class FactorChecks {
  constructor(private readonly deps: Deps) {}

  /**
   * Judges a code of the app and spends it (SEC-12).
   *
   * @returns when a code is asked for next; null where none is
   * @throws Problem `mfa_not_enabled`, `not_found` without an app, `invalid_code`, `too_many_attempts`
   */
  async checkApp(caller: Caller, code: string): Promise<{ checkDueAt: Date | null }> {
    const { changes, database, reauthentication, secondFactor } = this.deps;
    if (!caller.mfaEnabled) throw new Problem('mfa_not_enabled');
    if (!caller.factors.includes('totp')) throw new Problem('not_found');
    const shown = shownBy(caller, { method: 'totp', code });
    return reauthentication.attempt(caller, 'mfa.attempt_failed', () =>
      secondFactor.judge(
        caller,
        shown,
        (settle) =>
          database.transaction(async (tx) => {
            await changes.hold(tx, caller);
            await settle(tx);
            await this.record(tx, caller, 'mfa.app_checked');
            return { checkDueAt: appCheckDueAt(caller, await mfaStore(tx).appUsedAt(caller.userId)) };
          }),
        checkPolicy,
      ),
    );
  }

  /**
   * Judges a backup code, and leaves it unspent. A right one takes its own attempt out of the count and no other: who has
   * one would else begin the run of failures anew as often as there is something to guess.
   *
   * @returns how many unspent codes there are, this one included
   * @throws Problem `mfa_not_enabled`, `invalid_code`, `too_many_attempts`
   */
  async checkBackupCode(caller: Caller, code: string): Promise<{ backupCodesRemaining: number }> {
    const { changes, database, reauthentication, secondFactor } = this.deps;
    const { userId } = caller;
    const shown = { method: 'backup_code', code } as const;
    const factor = await secondFactor.factorOf(userId);
    const judge = async (takeOut: (tx: Transaction) => Promise<void>) => {
      const proof = await secondFactor.match(caller, factor, shown);
      if (proof?.method !== 'backup_code') throw invalidCode(await secondFactor.refusal(factor, shown));
      return database.transaction(async (tx) => {
        await changes.hold(tx, caller);
        const store = mfaStore(tx);
        if (!(await store.isUnspentBackupCode(userId, proof.hash))) throw invalidCode({ reason: 'already_used' });
        await takeOut(tx);
        await this.record(tx, caller, 'backup_code.checked');
        return { backupCodesRemaining: await store.remainingBackupCodes(userId) };
      });
    };
    return reauthentication.attempt(caller, 'mfa.attempt_failed', () =>
      secondFactor.counted(caller, judge, checkPolicy),
    );
  }

  private async record(tx: Transaction, caller: Caller, action: AuditAction): Promise<void> {
    await this.deps.audit.record(tx, caller.origin, { action, ...ownDoing(caller) });
  }
}
