import { type AuditAction, type Caller, ENROLLMENT_SECONDS, Problem } from '@sallyport/core';
import { matchingTimeStep, newTotpSecret, otpauthUri, refusalOf, secretText } from '@sallyport/core/totp';
import { newId } from '../../platform/crypto/ids.ts';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { SessionsService } from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { backupCodesRegenerated, mfaDisabled, mfaEnabled } from '../mails/index.ts';
import { makeBackupCodes } from './backup-codes.ts';
import { qrCode } from './qr-code.ts';
import type { ReauthenticationService } from './reauthentication.ts';
import { invalidCode, type Refusal, type SecondFactorService, type Settle, secondFactorKey } from './second-factor.ts';
import { mfaStore, type PendingEnrollment, secretContext } from './store.ts';

/** The name that authenticator apps show beside the account. */
const ISSUER = 'Sallyport';

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  hasher: PasswordHasher;
  attempts: Attempts;
  secondFactor: SecondFactorService;
  reauthentication: ReauthenticationService;
  sessions: SessionsService;
  audit: AuditService;
  mail: MailOutbox;
}

export interface MfaStatus {
  enabled: boolean;
  canEnroll: boolean;
  /** Problem code that says why the user cannot enrol. */
  reason?: 'mfa_requires_local_password' | 'mfa_already_enabled' | 'local_sign_in_disabled';
}

/** Password and code, both asked again (SEC-14). */
export interface Proofs {
  password: string;
  code: string;
}

/** Whether the user has MFA, and whether it could be set up. */
export function mfaStatus(caller: Pick<Caller, 'mfaEnabled' | 'hasPassword' | 'localSignInEnabled'>): MfaStatus {
  if (caller.mfaEnabled) return { enabled: true, canEnroll: false, reason: 'mfa_already_enabled' };
  if (!caller.hasPassword) return { enabled: false, canEnroll: false, reason: 'mfa_requires_local_password' };
  // Nobody asks for the second factor of a password that opens nothing (SEC-6).
  if (!caller.localSignInEnabled) return { enabled: false, canEnroll: false, reason: 'local_sign_in_disabled' };
  return { enabled: false, canEnroll: true };
}

/** Enrolment of an authenticator, its backup codes, and their end. */
export class MfaService {
  constructor(private readonly deps: Deps) {}

  async status(caller: Caller): Promise<MfaStatus & { enrolledAt?: Date; backupCodesRemaining?: number }> {
    const found = caller.mfaEnabled ? await mfaStore(this.deps.database.client).findStatus(caller.userId) : null;
    return { ...mfaStatus(caller), ...found };
  }

  /**
   * Begins an enrolment for this session; it changes nothing until it is confirmed (SEC-11).
   *
   * @returns the key (base32), its Key URI and a QR code of it as a PNG data URL; shown only here
   * @throws Problem `mfa_already_enabled`, `mfa_requires_local_password`, `local_sign_in_disabled`
   */
  async startEnrollment(caller: Caller) {
    const { reason } = mfaStatus(caller);
    if (reason) throw new Problem(reason);
    const { audit, clock, database, keyring } = this.deps;
    const secret = newTotpSecret();
    const id = newId();
    const expiresAt = new Date(clock.now().getTime() + ENROLLMENT_SECONDS * 1000);
    const sealed = Uint8Array.from(keyring.seal(secret, secretContext(caller.userId, id)));
    const pending = { id, userId: caller.userId, sessionId: caller.session.id, secret: sealed, expiresAt };
    const event = audit.row(caller.origin, { action: 'mfa.enrollment_started', ...ownDoing(caller) });
    await mfaStore(database.client).savePending(pending, event);
    const uri = otpauthUri({ issuer: ISSUER, account: caller.email, secret });
    return {
      secret: secretText(secret),
      otpauthUri: uri,
      qrCode: qrCode(uri),
      expiresAt,
    };
  }

  /**
   * Turns MFA on: the authenticator is kept, its backup codes made, every session ended and this one renewed at
   * aal 2, in one transaction. The code that confirms is spent with it (SEC-12).
   *
   * @returns ten backup codes, shown only here, and the new session
   * @throws Problem `mfa_already_enabled`, `local_sign_in_disabled`, `no_pending_enrollment`, `invalid_credentials`,
   *   `invalid_code`, `too_many_attempts`
   */
  async confirmEnrollment(caller: Caller, { password, code }: Proofs) {
    const { clock, database, reauthentication, secondFactor } = this.deps;
    const { reason } = mfaStatus(caller);
    if (reason) throw new Problem(reason);
    const pending = await mfaStore(database.client).findPending(caller.userId, caller.session.id, clock.now());
    if (!pending) throw noPendingEnrollment();

    return reauthentication.run(caller, 'mfa.attempt_failed', { password, code: null }, (settle) =>
      secondFactor.counted(caller, () => this.proveEnrollment(caller, pending, code, settle)),
    );
  }

  /**
   * Makes ten new backup codes; the old ones are dead.
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
        await mfaStore(tx).replaceBackupCodes(caller.userId, set, clock.now());
        await this.tell(tx, caller, 'mfa.backup_codes_regenerated', backupCodesRegenerated({ to: caller.email }));
      });
      this.deps.mail.poke();
      return codes;
    });
  }

  /**
   * Turns MFA off: authenticator and backup codes are gone, every other session ends.
   *
   * @throws Problem `mfa_not_enabled`, `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async disable(caller: Caller, proofs: Proofs): Promise<void> {
    const { database, reauthentication } = this.deps;
    if (!caller.mfaEnabled) throw new Problem('mfa_not_enabled');
    await reauthentication.run(caller, 'mfa.attempt_failed', proofs, async (settle) => {
      await database.transaction(async (tx) => {
        await settle(tx);
        const disabled = await mfaStore(tx).disable([caller.userId]);
        if (disabled.length === 0) throw new Problem('mfa_not_enabled');
        await this.endTraces(tx, [caller.userId], caller.session.id);
        await this.tell(tx, caller, 'mfa.disabled', mfaDisabled({ to: caller.email }));
      });
      this.deps.mail.poke();
    });
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
    await this.endTraces(tx, reset);
    await this.deps.attempts.clear(tx, reset.map(secondFactorKey));
    return new Set(reset);
  }

  /** Ends the enrolments that were not confirmed: another password ends them (SEC-5). */
  async endEnrollments(tx: Transaction, userIds: readonly string[]): Promise<void> {
    await mfaStore(tx).deletePending(userIds);
  }

  /** Ends what hangs on a second factor: pending enrolments, sessions but for `except`, sign-ins, known browsers. */
  private async endTraces(tx: Transaction, userIds: readonly string[], except?: string): Promise<void> {
    const { sessions } = this.deps;
    await mfaStore(tx).deletePending(userIds);
    await sessions.end(tx, { of: 'users', ids: userIds, ...(except === undefined ? {} : { except }) });
    await sessions.forgetDevices(tx, userIds);
  }

  /** Deletes the enrolments that nobody confirmed in time. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return mfaStore(database.client).purge(clock.now());
  }

  private async proveEnrollment(caller: Caller, pending: PendingEnrollment, code: string, settle: Settle) {
    const { clock, database, keyring, mail, secondFactor, sessions } = this.deps;
    const { id, userId, secret } = pending;
    const enrolledAt = clock.now();
    const key = keyring.open(secret, secretContext(userId, id));
    const lastStep = matchingTimeStep(key, code, enrolledAt.getTime(), 0);
    if (lastStep === null) throw invalidCode(refusalOfEnrollment(key, code, enrolledAt));
    const { codes, set } = await makeBackupCodes(this.deps, caller.userId);
    const session = await database
      .transaction(async (tx) => {
        const store = mfaStore(tx);
        await settle(tx);
        if (!(await store.takePending(id, caller.session.id, enrolledAt))) throw noPendingEnrollment();
        await store.enable(userId, newId(), enrolledAt);
        await store.insertAuthenticator({ id, userId, secret, lastStep, enrolledAt });
        await store.replaceBackupCodes(userId, set, enrolledAt);
        await secondFactor.giveBack(tx, userId);
        const issued = await sessions.replaceAll(tx, caller, 2);
        await this.tell(tx, caller, 'mfa.enabled', mfaEnabled({ to: caller.email }));
        return issued;
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('mfa_already_enabled') : error;
      });
    mail.poke();
    return { backupCodes: codes, session };
  }

  /** Mail and audit event of a change of the caller's own MFA. */
  private async tell(
    tx: Transaction,
    caller: Caller,
    action: AuditAction,
    message: Parameters<MailOutbox['enqueue']>[1],
  ) {
    await this.deps.mail.enqueue(tx, message);
    await this.record(tx, caller, action);
  }

  private async record(tx: Transaction, caller: Caller, action: AuditAction): Promise<void> {
    await this.deps.audit.record(tx, caller.origin, { action, ...ownDoing(caller) });
  }
}

/** Nothing is given away: whoever enrols has the secret. */
function refusalOfEnrollment(secret: Uint8Array, code: string, now: Date): Refusal {
  const { reason, clockSkewSeconds } = refusalOf(secret, code, now.getTime(), -1);
  return { reason, ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }) };
}

const noPendingEnrollment = (): Problem =>
  new Problem('no_pending_enrollment', { detail: 'Begin again with Enable Two-Factor Auth.' });
