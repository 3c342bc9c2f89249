import { assertMayChange, type Caller, type Origin, type Principal, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import { type AuditEntry, type AuditService, ownDoing, type Party, partyOf } from '../audit/index.ts';
import {
  mfaResetByAdmin,
  mfaResetByRecovery,
  mfaResetEnded,
  mfaResetRequested,
  mfaResetStoppedByUser,
  mfaResetWaits,
  recoveryPass,
  recoveryRequested,
  recoveryWaits,
} from '../mails/index.ts';
import type { MfaService, RecoveryAddresses, ReenrollmentPasses, WaitingReset, WaitingResets } from '../mfa/index.ts';
import { effectiveSettings, type OrganizationsService } from '../organizations/index.ts';
import type { EmailedTokensService } from './emailed-tokens.ts';
import { assertMayApproveReset, assertMayEdit, assertSeen, found } from './rules.ts';
import { type UserRow, usersStore } from './store.ts';
import { type User, viewOf } from './view.ts';
import type { UsersWriter } from './write.ts';

interface Deps {
  database: Database;
  mail: MailOutbox;
  publicUrl: URL;
  audit: AuditService;
  emailedTokens: EmailedTokensService;
  mfa: MfaService;
  organizations: OrganizationsService;
  passes: ReenrollmentPasses;
  recoveryAddresses: RecoveryAddresses;
  waiting: WaitingResets;
  writer: UsersWriter;
}

/** A reset that took place, or waits. */
export type BegunReset = { pass: string | null } | { waiting: WaitingReset };

/** Who takes a second factor away, and from where. */
interface By {
  actor: Party | null;
  origin: Origin | null;
}

type Whose = Pick<UserRow, 'id' | 'email' | 'organizationId'>;

/** How the log names the operator's reset. */
const OPERATOR: By = { actor: { id: null, name: 'operator: mfa reset' }, origin: null };

/** One transaction for each user; what is left comes with the next run. */
const MOST_AT_ONCE = 100;

/**
 * The second factor of a user, taken away by somebody else: at once or, where the organisation wants it, after some hours
 * or with another admin's approval, and stopped until then by either side (decision 0035).
 */
export class MfaResets {
  constructor(private readonly deps: Deps) {}

  /**
   * Takes the second factor away, or has that wait, within the transaction of an admin's change. Tell of it with `tell`
   * after whatever else changes the user.
   *
   * @returns null where MFA is off
   * @throws Problem `reset_waits`, `overloaded`
   */
  async begin(tx: Transaction, caller: Principal, row: UserRow, reason: string | null): Promise<BegunReset | null> {
    const { waiting } = this.deps;
    const { resetDelayHours: delayHours, resetNeedsSecondAdmin: needsSecondAdmin } = await effectiveSettings(
      tx,
      row.organizationId,
    );
    const waits = delayHours > 0 || needsSecondAdmin || row.resetId !== null;
    if (!waits) return this.takeAway(tx, row, 'where it is asked for');
    const askedById = partyOf(caller).id;
    const asked = { userId: row.id, askedById, reason, delayHours, needsSecondAdmin, recoveryAddressId: null };
    const reset = await waiting.add(tx, asked);
    return reset && { waiting: reset };
  }

  /** Mails and records what `begin` did. Links that were mailed before may have ended with the change. */
  async tell(tx: Transaction, caller: Principal, row: Whose, begun: BegunReset, reason: string | null): Promise<void> {
    const by = { actor: partyOf(caller), origin: caller.origin };
    if ('pass' in begun) await this.tellOfReset(tx, by, row, { pass: begun.pass, reason });
    else await this.tellOfWaiting(tx, by, row, begun.waiting, reason);
  }

  /**
   * Has a reset wait that the user asks for by its recovery address; the caller holds the user.
   *
   * @param by the confirmed address, and for how many hours the reset can be stopped
   * @returns when it takes place; null where MFA is off
   * @throws Problem `reset_waits`
   */
  async recover(
    tx: Transaction,
    origin: Origin,
    row: Whose,
    { recoveryAddressId, delayHours }: { recoveryAddressId: string; delayHours: number },
  ): Promise<Date | null> {
    const asked = { userId: row.id, askedById: row.id, reason: null, delayHours, needsSecondAdmin: false };
    const reset = await this.deps.waiting.add(tx, { ...asked, recoveryAddressId });
    if (!reset) return null;
    await this.tellOfWaiting(tx, { actor: partyOf({ ...row, userId: row.id }), origin }, row, reset, null);
    return reset.dueAt;
  }

  /** Ends what the user asked for by an address that it takes away, in the transaction of that. */
  async stopRecovery(tx: Transaction, caller: Caller): Promise<void> {
    const stopped = await this.deps.waiting.stopRecovery(tx, caller.userId);
    if (!stopped) return;
    const user = { id: caller.userId, email: caller.email, organizationId: caller.organization.id };
    await this.tellOfEnd(tx, { actor: partyOf(caller), origin: caller.origin }, user, 'stopped', stopped.id);
  }

  /**
   * The operator's way back in for a user who lost everything; it waits for nothing.
   *
   * @returns the pass that the user needs to set it up again; null where the organisation asks for none
   * @throws Problem `mfa_not_enabled`, `overloaded`
   */
  async byOperator(tx: Transaction, row: UserRow): Promise<string | null> {
    const reset = await this.takeAway(tx, row, 'where it is asked for');
    if (!reset) throw new Problem('mfa_not_enabled');
    await this.tellOfReset(tx, OPERATOR, row, { ...reset, reason: null });
    return reset.pass;
  }

  /**
   * Approves what another admin asked for. Where its time is over it takes place with that.
   *
   * @param revisions those that the caller knows of the user; null takes any
   * @throws Problem `forbidden`, also to the one who asked and to the user; `reauthentication_required`, `not_found`,
   *   `precondition_failed`, `no_reset_waits`, `overloaded`
   */
  async approve(
    caller: Caller,
    id: string,
    revisions: readonly string[] | null,
  ): Promise<User & { reenrollmentPass?: string }> {
    assertMayChange(caller);
    const { audit, database, mail, waiting } = this.deps;
    const own = caller.organization.id;
    const { row, pass } = await database.transaction(async (tx) => {
      const row = found(await usersStore(tx).findForUpdate(own, id));
      const user = viewOf(row, waiting);
      assertMayApproveReset(caller, user, row.resetAskedById);
      assertSeen(revisions, user);
      await waiting.approve(tx, id, caller.userId);
      const by = { actor: partyOf(caller), origin: caller.origin };
      await audit.record(tx, by.origin, entryOf(by, 'mfa.reset_approved', row, { resetId: row.resetId }));
      const due = await waiting.takeDue(tx, id);
      const reset = due && (await this.takePlace(tx, by, row, due));
      return { row: found(await usersStore(tx).find(own, id)), pass: reset?.pass ?? null };
    });
    mail.poke();
    return { ...viewOf(row, waiting), ...(pass === null ? {} : { reenrollmentPass: pass }) };
  }

  /** @throws Problem `forbidden`, `reauthentication_required`, `not_found`, `no_reset_waits` */
  async stop(caller: Caller, id: string): Promise<void> {
    assertMayChange(caller);
    const { database, mail, waiting } = this.deps;
    await database.transaction(async (tx) => {
      const row = found(await usersStore(tx).findForUpdate(caller.organization.id, id));
      assertMayEdit(caller, viewOf(row, waiting));
      const { id: resetId } = await waiting.stop(tx, id);
      const by = { actor: partyOf(caller), origin: caller.origin };
      await this.tellOfEnd(tx, by, row, 'stopped', resetId);
    });
    mail.poke();
  }

  /** The user stops the reset of its own second factor; the admins are told. @throws Problem `no_reset_waits` */
  async stopOwn(caller: Caller): Promise<void> {
    const { database, mail, organizations, waiting, writer } = this.deps;
    const { email, userId: id } = caller;
    await database.transaction(async (tx) => {
      await writer.lock(tx, id);
      const { id: resetId } = await waiting.stop(tx, id);
      const user = { id, email, organizationId: caller.organization.id };
      await this.tellOfEnd(tx, { actor: partyOf(caller), origin: caller.origin }, user, 'stopped', resetId);
      const organizationIds = await organizations.withPartner(tx, user.organizationId);
      await writer.tellAdmins(tx, organizationIds, (to) => mfaResetStoppedByUser({ ...to, user: email }));
    });
    mail.poke();
  }

  /** The same for who says by mail that it was somebody else, and is told in another way; whether one waited. */
  async stopDisputed(
    tx: Transaction,
    origin: Origin,
    user: { userId: string; email: string; organizationId: string },
  ): Promise<boolean> {
    const stopped = await this.deps.waiting.stopAny(tx, user.userId);
    if (!stopped) return false;
    await this.deps.audit.record(tx, origin, {
      ...{ action: 'mfa.reset_stopped', ...ownDoing(user), details: { resetId: stopped.id } },
    });
    return true;
  }

  /** Whether any reset is to take place, or is over. */
  async isAnySettled(): Promise<boolean> {
    return (await this.deps.waiting.usersOfSettled(1)).length > 0;
  }

  /** Has the resets take place whose time is over, and ends those that nobody approved. How many. */
  async settle(): Promise<number> {
    const { database, mail, waiting } = this.deps;
    const ids = await waiting.usersOfSettled(MOST_AT_ONCE);
    const failures: unknown[] = [];
    for (const id of ids) {
      // One that fails keeps no other from taking place.
      await database.transaction((tx) => this.settleOne(tx, id)).catch((error: unknown) => failures.push(error));
    }
    if (ids.length > 0) mail.poke();
    if (failures.length > 0) throw failures[0];
    return ids.length;
  }

  private async settleOne(tx: Transaction, id: string): Promise<void> {
    const { waiting } = this.deps;
    const row = await usersStore(tx).findAnyForUpdate(id);
    const due = await waiting.takeDue(tx, id);
    if (row && due) await this.takePlace(tx, { actor: await askerOf(tx, due), origin: null }, row, due);
    const over = await waiting.takeOver(tx, id);
    if (row && over) await this.tellOfEnd(tx, { actor: null, origin: null }, row, 'expired', over.id);
  }

  /** A reset that was waited for, and was taken away. Null where MFA went off meanwhile. */
  private async takePlace(tx: Transaction, by: By, row: UserRow, taken: WaitingReset) {
    const { mail, publicUrl, recoveryAddresses, waiting } = this.deps;
    // The reset takes the address along. That of a recovery is there: the one hangs on the other.
    const recovery = taken.recoveryAddressId === null ? null : await recoveryAddresses.of(row.id, tx);
    const reset = await this.takeAway(tx, row, recovery === null ? 'where it is asked for' : 'always');
    if (!reset) return null;
    const { approvedById, id: resetId } = taken;
    const details = { resetId, ...(approvedById === null ? {} : { approvedById }), ...byRecovery(taken) };
    await this.tellOfReset(tx, by, row, { ...reset, reason: waiting.reasonOf(taken) }, details);
    if (recovery && reset.pass !== null) {
      const { address: to } = recovery;
      await mail.enqueue(tx, recoveryPass({ to, publicUrl, account: row.email, pass: reset.pass }));
    }
    return reset;
  }

  /** Gives the pass that the user is to show afterwards; null where MFA is off. */
  private async takeAway(
    tx: Transaction,
    { id, organizationId }: UserRow,
    withPass: 'always' | 'where it is asked for',
  ): Promise<{ pass: string | null } | null> {
    const { mfa, passes } = this.deps;
    if (!(await mfa.reset(tx, [id])).has(id)) return null;
    const { reenrollmentPass } = await effectiveSettings(tx, organizationId);
    return { pass: withPass === 'always' || reenrollmentPass ? await passes.issue(tx, id) : null };
  }

  private async tellOfReset(
    tx: Transaction,
    by: By,
    row: Whose,
    { reason, pass }: { reason: string | null; pass: string | null },
    details: NonNullable<AuditEntry['details']> = {},
  ): Promise<void> {
    const { audit, emailedTokens, mail, publicUrl } = this.deps;
    const token = await emailedTokens.issue(tx, row.id, 'mfa_reset');
    const withPass = pass !== null;
    const linked = { to: row.email, publicUrl, token };
    const message = details.recovery ? mfaResetByRecovery(linked) : mfaResetByAdmin({ ...linked, reason, withPass });
    await mail.enqueue(tx, message);
    const all = { ...details, ...statedReason(reason), ...(withPass ? { pass: true } : {}) };
    await audit.record(tx, by.origin, entryOf(by, 'mfa.reset', row, all));
  }

  private async tellOfWaiting(
    tx: Transaction,
    by: By,
    row: Whose,
    reset: WaitingReset,
    reason: string | null,
  ): Promise<void> {
    const { audit, emailedTokens, mail, organizations, publicUrl, writer } = this.deps;
    const { dueAt, expiresAt, id: resetId, recoveryAddressId } = reset;
    const isRecovery = recoveryAddressId !== null;
    const token = await emailedTokens.issue(tx, row.id, 'mfa_reset');
    const needsSecondAdmin = expiresAt !== null;
    const toUser = { to: row.email, publicUrl, token, dueAt };
    await mail.enqueue(
      tx,
      isRecovery ? recoveryRequested(toUser) : mfaResetRequested({ ...toUser, reason, needsSecondAdmin }),
    );
    const organizationIds = await organizations.withPartner(tx, row.organizationId);
    const news = { publicUrl, reason, dueAt, expiresAt, user: row, by: by.actor?.name ?? '' };
    await writer.tellAdmins(tx, organizationIds, (to) =>
      isRecovery ? recoveryWaits({ ...to, ...news }) : mfaResetWaits({ ...to, ...news }),
    );
    const details = {
      ...{ resetId, dueAt: dueAt.toISOString(), needsSecondAdmin },
      ...statedReason(reason),
      ...byRecovery(reset),
    };
    await audit.record(tx, by.origin, entryOf(by, 'mfa.reset_requested', row, details));
  }

  private async tellOfEnd(
    tx: Transaction,
    by: By,
    row: Whose,
    how: 'stopped' | 'expired',
    resetId: string,
  ): Promise<void> {
    await this.deps.mail.enqueue(tx, mfaResetEnded({ to: row.email, how }));
    await this.deps.audit.record(tx, by.origin, entryOf(by, `mfa.reset_${how}`, row, { resetId }));
  }
}

/** The admin who asked, as the log names it; null once it was erased. */
async function askerOf(tx: Transaction, { askedById }: WaitingReset): Promise<Party | null> {
  const asker = askedById === null ? null : await usersStore(tx).findAccount({ id: askedById });
  return asker && partyOf(asker);
}

const byRecovery = ({ recoveryAddressId }: WaitingReset) => (recoveryAddressId === null ? {} : { recovery: true });

const statedReason = (reason: string | null) => (reason === null ? {} : { statedReason: reason });

const entryOf = (
  { actor }: By,
  action: AuditEntry['action'],
  { id, email, organizationId }: Whose,
  details: NonNullable<AuditEntry['details']>,
): AuditEntry => ({ action, actor, subject: partyOf({ userId: id, email }), organizationId, details });
