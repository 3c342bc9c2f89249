import { type AuditAction, type Caller, type FactorKind, type IssuedSession, Problem } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { MailMessage } from '../../platform/mail/mailer.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { RememberedDevicesService, SessionsService } from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { factorAdded, factorRemoved, factorReplaced, mfaDisabled, mfaEnabled } from '../mails/index.ts';
import type { Holder } from './holder.ts';
import { passkeysStore } from './passkeys/store.ts';
import type { ReenrollmentPasses, ShownPass } from './reenrollment-pass.ts';
import { type BackupCodeHashes, mfaStore } from './store.ts';

interface Deps {
  clock: Clock;
  sessions: SessionsService;
  devices: RememberedDevicesService;
  passes: ReenrollmentPasses;
  audit: AuditService;
  mail: MailOutbox;
}

/** How mails and events name the authenticator app. */
export const APP = { kind: 'totp', name: 'Authenticator app' } as const;

/** A factor as mails and events name it. */
export interface NamedFactor {
  kind: FactorKind;
  name: string;
}

/** What comes with the first factor. */
export interface First {
  backupCodes: BackupCodeHashes;
  pass: ShownPass;
}

/** What follows when a factor comes or goes: MFA goes on with the first and off with the last (decision 0022). */
export class FactorChanges {
  constructor(private readonly deps: Deps) {}

  /**
   * Adds a factor; no device is remembered any more. With the first one every session ends and this one is renewed at aal 2
   * (SEC-15, SEC-23). With a passkey beside others this one is renewed as one that a passkey proved, and the others go on.
   *
   * @param first the backup codes that come with the first factor, and the pass that it needs after a reset; null where
   *   MFA is on
   * @param write puts the factor down, once there is what it hangs on
   * @returns the new session in the place of the caller's, where there is one
   * @throws Problem `mfa_already_enabled`, `mfa_not_enabled`, `pass_required` where that changed meanwhile
   */
  async add(
    tx: Transaction,
    caller: Caller,
    factor: NamedFactor,
    first: First | null,
    write: () => Promise<void>,
  ): Promise<IssuedSession | null> {
    const store = mfaStore(tx);
    const { email: to, userId } = caller;
    if (first === null) {
      if (!(await store.setRevision(userId, newId()))) throw new Problem('mfa_not_enabled');
      await write();
      await this.deps.devices.forgetOf(tx, userId);
      await this.tell(tx, caller, 'factor.added', factor, factorAdded({ to, name: factor.name }));
      const strengthens = factor.kind === 'passkey' && !caller.session.phishingResistant;
      return strengthens ? this.deps.sessions.strengthen(tx, caller) : null;
    }
    const now = this.deps.clock.now();
    await store.enable(userId, newId(), now).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Problem('mfa_already_enabled') : error;
    });
    await this.deps.passes.take(tx, userId, first.pass);
    await write();
    await store.insertBackupCodes(userId, first.backupCodes, now);
    const session = await this.deps.sessions.replaceAll(tx, caller, factor.kind);
    await this.tell(tx, caller, 'mfa.enabled', factor, mfaEnabled({ to }));
    return session;
  }

  /**
   * Follows the removal of a factor in its transaction: every other session ends, and after the last one MFA is off.
   */
  async removed(tx: Transaction, caller: Caller, factor: NamedFactor): Promise<void> {
    const store = mfaStore(tx);
    const { email: to, userId } = caller;
    if (await store.disableWithoutFactors(userId)) {
      await this.endTraces(tx, [userId], caller.session.id);
      await this.tell(tx, caller, 'mfa.disabled', factor, mfaDisabled({ to }));
      return;
    }
    await store.setRevision(userId, newId());
    if ((await passkeysStore(tx).count(userId)) === 0) await store.endPasskeyGrace(userId);
    await this.deps.sessions.end(tx, { of: 'users', ids: [userId], except: caller.session.id });
    await this.tell(tx, caller, 'factor.removed', factor, factorRemoved({ to, name: factor.name }));
  }

  /**
   * Follows the sign-in by which another app took the place of the present one, in its transaction: every session but
   * the one that it opened ends, as when a factor is removed. The backup codes stay.
   */
  async replaced(tx: Transaction, holder: Holder, sessionId: string): Promise<void> {
    const { email: to, userId } = holder;
    await mfaStore(tx).setRevision(userId, newId());
    await this.deps.sessions.end(tx, { of: 'users', ids: [userId], except: sessionId });
    await this.tell(tx, holder, 'factor.replaced', APP, factorReplaced({ to }));
  }

  /** Holds the user until the end of the transaction. */
  async holdUser(tx: Transaction, userId: string): Promise<void> {
    await mfaStore(tx).hold(userId);
  }

  /** Holds the user and finds the session alive: what was under way changes nothing after a reset (SEC-5). */
  async hold(tx: Transaction, { session, userId }: Caller): Promise<void> {
    await this.holdUser(tx, userId);
    if (!(await this.deps.sessions.isLive(tx, session.id))) throw new Problem('unauthenticated');
  }

  /**
   * Ends what hangs on MFA: pending enrolments, sessions but for `except`, sign-ins, remembered and known browsers, and the
   * grace.
   */
  async endTraces(tx: Transaction, userIds: readonly string[], except?: string): Promise<void> {
    const { sessions } = this.deps;
    await this.endEnrollments(tx, userIds);
    await sessions.end(tx, { of: 'users', ids: userIds, ...(except === undefined ? {} : { except }) });
    await sessions.forgetDevices(tx, userIds);
    await mfaStore(tx).endGrace(userIds);
  }

  /** Ends the enrolments that were begun, and whatever passkeys were asked for (SEC-5). */
  async endEnrollments(tx: Transaction, userIds: readonly string[]): Promise<void> {
    await mfaStore(tx).deletePending(userIds);
    await passkeysStore(tx).deleteChallenges(userIds);
  }

  private async tell(
    tx: Transaction,
    holder: Holder,
    action: AuditAction,
    { kind, name }: NamedFactor,
    message: MailMessage,
  ): Promise<void> {
    await this.deps.mail.enqueue(tx, message);
    await this.deps.audit.record(tx, holder.origin, { action, ...ownDoing(holder), details: { kind, name } });
  }
}
