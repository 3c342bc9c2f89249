import { type AuditAction, type Caller, Problem } from '@sallyport/core';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { RememberedDevicesService } from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { backupCodesRegenerated, mfaDisabled } from '../mails/index.ts';
import { makeBackupCodes } from './backup-codes.ts';
import { APP, type FactorChanges } from './factor-changes.ts';
import { passkeyView } from './passkeys/service.ts';
import type { PendingEnrollments } from './pending-enrollments.ts';
import type { ReauthenticationService } from './reauthentication.ts';
import type { ReenrollmentPasses, UnjudgedPass } from './reenrollment-pass.ts';
import { type SecondFactorService, type Settle, secondFactorKey } from './second-factor.ts';
import type { Shown } from './shown.ts';
import { appCheckDueAt, assertMayAddFactor, mfaStatus } from './status.ts';
import { lastUseOf, mfaStore, type PendingEnrollment } from './store.ts';
import type { WaitingResets } from './waiting-resets.ts';

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  hasher: PasswordHasher;
  attempts: Attempts;
  secondFactor: SecondFactorService;
  reauthentication: ReauthenticationService;
  changes: FactorChanges;
  pending: PendingEnrollments;
  devices: RememberedDevicesService;
  passes: ReenrollmentPasses;
  waiting: WaitingResets;
  audit: AuditService;
  mail: MailOutbox;
}

/** Password and second factor, both asked again (SEC-14). */
export interface Proofs {
  password: string;
  shown: Shown;
}

/** Enrolment of an authenticator, its backup codes, and their end. */
export class MfaService {
  constructor(private readonly deps: Deps) {}

  async status(caller: Caller) {
    const found = caller.mfaEnabled ? await this.factorsOf(caller.userId) : null;
    if (!found) {
      const passRequired = !caller.mfaEnabled && (await this.deps.passes.isAwaited(caller.userId));
      return {
        ...{ ...mfaStatus(caller), checkDueAt: null, checkDue: false, factors: [] },
        ...(passRequired ? { passRequired } : {}),
      };
    }
    const app = found.factors.find(({ kind }) => kind === 'totp');
    const lastUse = app ? lastUseOf({ enrolledAt: app.createdAt, usedAt: app.lastUsedAt }) : null;
    const checkDueAt = appCheckDueAt(caller, lastUse);
    return {
      ...mfaStatus(caller),
      ...found,
      ...(await this.pendingReset(caller.userId)),
      checkDueAt,
      checkDue: checkDueAt !== null && checkDueAt <= this.deps.clock.now(),
    };
  }

  /** What a user has set up, without any secret; null while MFA is off. */
  async factorsOf(userId: string) {
    const found = await mfaStore(this.deps.database.client).findStatus(userId);
    if (!found) return null;
    const { backupCodeSet, enabledAt, passkeys, totpAuthenticator } = found;
    const candidate = totpAuthenticator?.candidate;
    const isWaiting = candidate != null && candidate.expiresAt > this.deps.clock.now();
    const app = totpAuthenticator && {
      ...APP,
      id: totpAuthenticator.id,
      createdAt: totpAuthenticator.enrolledAt,
      lastUsedAt: totpAuthenticator.usedAt,
    };
    return {
      enrolledAt: enabledAt,
      backupCodesRemaining: backupCodeSet?._count.codes ?? 0,
      factors: [...(app ? [app] : []), ...passkeys.map(passkeyView)],
      ...(isWaiting ? { candidate } : {}),
    };
  }

  private async pendingReset(userId: string) {
    const reset = await this.deps.waiting.of(userId);
    if (!reset) return {};
    const { askedAt: requestedAt, dueAt, expiresAt, recoveryAddressId } = reset;
    const reason = this.deps.waiting.reasonOf(reset);
    const needsSecondAdmin = expiresAt !== null;
    return {
      pendingReset: {
        ...{ requestedAt, dueAt, needsSecondAdmin },
        ...(reason === null ? {} : { reason }),
        ...(recoveryAddressId === null ? {} : { recovery: true }),
      },
    };
  }

  /**
   * Begins an enrolment for this session; it changes nothing until it is confirmed (SEC-11).
   *
   * @returns the key (base32), its Key URI and a QR code of it as an SVG data URL; shown only here
   * @throws Problem `mfa_already_enabled` where there is an app, `mfa_requires_local_password`,
   *   `local_sign_in_disabled`, `reauthentication_required`
   */
  async startEnrollment(caller: Caller) {
    await this.assertMayEnroll(caller);
    const { database, pending } = this.deps;
    return pending.begin(database.client, caller, { replaces: false });
  }

  /**
   * Keeps the authenticator. Where it is the first factor MFA is on: its backup codes are made, every session ends and
   * this one is renewed at aal 2, in one transaction. The code that confirms is spent with it (SEC-12). After a reset the
   * first factor may need a pass of the admin, which is spent too.
   *
   * @returns with the first factor ten backup codes, shown only here, and the new session
   * @throws Problem `mfa_already_enabled`, `local_sign_in_disabled`, `reauthentication_required`, `no_pending_enrollment`,
   *   `invalid_credentials`, `pass_required`, `invalid_code`, `too_many_attempts`
   */
  async confirmEnrollment(caller: Caller, { password, code, pass }: { password: string; code: string; pass?: string }) {
    const { passes, pending, reauthentication, secondFactor } = this.deps;
    await this.assertMayEnroll(caller);
    const shownPass = await passes.shownBy(caller, pass);
    const begun = await pending.find(caller, { replaces: false });

    return reauthentication.run(caller, 'mfa.attempt_failed', { password, shown: null }, (settle) =>
      secondFactor.counted(caller, () => this.proveEnrollment(caller, begun, { code, shownPass }, settle)),
    );
  }

  /**
   * Makes ten new backup codes; the old ones are dead, and no device is remembered any more.
   *
   * @throws Problem `mfa_not_enabled`, `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async regenerateBackupCodes(caller: Caller, proofs: Proofs): Promise<string[]> {
    const { clock, database, reauthentication } = this.deps;
    if (!caller.mfaEnabled) throw new Problem('mfa_not_enabled');
    return reauthentication.run(caller, 'mfa.attempt_failed', proofs, async (settle) => {
      const { codes, set } = await makeBackupCodes(this.deps, caller.userId);
      await database.transaction(async (tx) => {
        await settle(tx);
        await mfaStore(tx).removeBackupCodes(caller.userId);
        await mfaStore(tx).insertBackupCodes(caller.userId, set, clock.now());
        await this.deps.devices.forgetOf(tx, caller.userId);
        await this.deps.mail.enqueue(tx, backupCodesRegenerated({ to: caller.email }));
        await this.record(tx, caller, 'mfa.backup_codes_regenerated');
      });
      this.deps.mail.poke();
      return codes;
    });
  }

  /**
   * Turns MFA off: every factor and the backup codes are gone, every other session ends.
   *
   * @throws Problem `mfa_not_enabled`, `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async disable(caller: Caller, proofs: Proofs): Promise<void> {
    const { changes, database, reauthentication } = this.deps;
    if (!caller.mfaEnabled) throw new Problem('mfa_not_enabled');
    await reauthentication.run(caller, 'mfa.attempt_failed', proofs, async (settle) => {
      await database.transaction(async (tx) => {
        await settle(tx);
        const disabled = await mfaStore(tx).disable([caller.userId]);
        if (disabled.length === 0) throw new Problem('mfa_not_enabled');
        await changes.endTraces(tx, [caller.userId], caller.session.id);
        await this.deps.mail.enqueue(tx, mfaDisabled({ to: caller.email }));
        await this.record(tx, caller, 'mfa.disabled');
      });
      this.deps.mail.poke();
    });
  }

  /**
   * Takes the authenticator app away; every other session ends. The last factor takes MFA and the backup codes with it.
   *
   * @throws Problem `not_found`, `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async removeApp(caller: Caller, proofs: Proofs): Promise<void> {
    const { changes, database, mail, reauthentication } = this.deps;
    if (!(await mfaStore(database.client).hasAuthenticator(caller.userId))) throw new Problem('not_found');
    await reauthentication.run(caller, 'mfa.attempt_failed', proofs, (settle) =>
      database.transaction(async (tx) => {
        await settle(tx);
        if (!(await mfaStore(tx).removeAuthenticator(caller.userId))) throw new Problem('not_found');
        await changes.removed(tx, caller, APP);
      }),
    );
    mail.poke();
  }

  /**
   * Takes away everything of the users' second factor and ends all their sessions (SEC-16), within the transaction of
   * the admin's or the operator's change, which also tells the users and records it.
   *
   * @returns the ids of those who had one
   */
  async reset(tx: Transaction, userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const reset = await mfaStore(tx).disable(userIds);
    if (reset.length === 0) return new Set();
    await this.deps.changes.endTraces(tx, reset);
    await this.deps.attempts.clear(tx, reset.map(secondFactorKey));
    return new Set(reset);
  }

  /** Ends the enrolments that were not confirmed: another password ends them (SEC-5). */
  async endEnrollments(tx: Transaction, userIds: readonly string[]): Promise<void> {
    await this.deps.changes.endEnrollments(tx, userIds);
  }

  /** Deletes the enrolments that nobody confirmed in time. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return mfaStore(database.client).purge(clock.now());
  }

  private async proveEnrollment(
    caller: Caller,
    begun: PendingEnrollment,
    { code, shownPass }: { code: string; shownPass: UnjudgedPass | null },
    settle: Settle,
  ) {
    const { changes, clock, database, mail, passes, pending, secondFactor } = this.deps;
    const { id, userId, secret } = begun;
    const enrolledAt = clock.now();
    const pass = shownPass && (await passes.match(shownPass));
    const lastStep = pending.match(begun, code);
    const first = caller.mfaEnabled ? null : await makeBackupCodes(this.deps, userId);
    const session = await database
      .transaction(async (tx) => {
        await settle(tx);
        await pending.take(tx, begun);
        await secondFactor.giveBack(tx, userId);
        return changes.add(tx, caller, APP, first && { backupCodes: first.set, pass }, () =>
          mfaStore(tx).insertAuthenticator({ id, userId, secret, lastStep, enrolledAt }),
        );
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('mfa_already_enabled') : error;
      });
    mail.poke();
    return { backupCodes: first?.codes ?? [], session };
  }

  /** MFA may be on by a passkey; a second app is none. */
  private async assertMayEnroll(caller: Caller): Promise<void> {
    assertMayAddFactor(caller);
    if (caller.mfaEnabled && (await mfaStore(this.deps.database.client).hasAuthenticator(caller.userId)))
      throw new Problem('mfa_already_enabled');
  }

  private async record(tx: Transaction, caller: Caller, action: AuditAction): Promise<void> {
    await this.deps.audit.record(tx, caller.origin, { action, ...ownDoing(caller) });
  }
}
