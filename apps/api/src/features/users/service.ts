import {
  type AuditAction,
  assertMayChange,
  assertMayRead,
  type Caller,
  HOUR_SECONDS,
  isEmailAddress,
  isServiceAccount,
  mayGrant,
  momentOf,
  normalizeEmail,
  type PasswordlessWay,
  type Principal,
  Problem,
} from '@sallyport/core';
import { decodeCursor, pageOf } from '../../platform/database/cursor.ts';
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import { assertGoodPassword } from '../../platform/passwords/good-password.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import { type AuditEntry, type AuditService, partyOf } from '../audit/index.ts';
import type { ReenrollmentPasses, WaitingResets } from '../mfa/index.ts';
import { effectiveSettings, type OrganizationsService } from '../organizations/index.ts';
import type { MfaResets } from './mfa-resets.ts';
import { placeOf } from './order.store.ts';
import {
  assertLeavesAdmins,
  assertMayEdit,
  assertMayIssuePass,
  assertMayRemovePassword,
  assertSeen,
  found,
  isWorkingAdmin,
  planUpdate,
} from './rules.ts';
import type { NewUser, UserChanges, UsersQuery } from './schemas.ts';
import { type UserRow, usersStore } from './store.ts';
import { type User, viewOf } from './view.ts';
import type { UsersWriter } from './write.ts';

interface Deps {
  database: Database;
  hasher: PasswordHasher;
  limiter: SourceLimiter;
  mail: MailOutbox;
  audit: AuditService;
  passes: ReenrollmentPasses;
  resets: MfaResets;
  waiting: WaitingResets;
  organizations: OrganizationsService;
  sso: { wayOf(tx: Transaction, userId: string): Promise<PasswordlessWay | null> };
  writer: UsersWriter;
}

/** Invitations to one user: a mailbox is not flooded. */
const INVITATIONS_PER_HOUR = 5;

/** Users, as the admins of their organisations manage them. */
export class UsersService {
  constructor(private readonly deps: Deps) {}

  /** @throws Problem `forbidden`; `not_found` for an organisation outside of the caller's */
  async list(caller: Principal, { limit = 50, cursor, lastSignInBefore, sort, ...query }: UsersQuery) {
    assertMayRead(caller);
    const { q, organizationId, role, status, hasPassword, mfaEnabled } = query;
    const before = lastSignInBefore === undefined ? undefined : momentOf(lastSignInBefore, '#/query/lastSignInBefore');
    const filter = { q, organizationId, role, status, hasPassword, mfaEnabled, lastSignInBefore: before };
    const list = { ...filter, sort };
    const after = cursor === undefined ? null : decodeCursor(list, cursor);
    if (organizationId !== undefined) await this.deps.organizations.find(caller, organizationId);
    const store = usersStore(this.deps.database.client);
    const rows = await store.page(caller.organization, filter, sort ?? 'email', after, limit + 1);
    const page = pageOf(rows, limit, list, (row) => placeOf(sort ?? 'email', row));
    return { ...page, items: page.items.map((row) => this.view(row)) };
  }

  /** @throws Problem `forbidden`, `not_found` */
  async find(caller: Principal, id: string): Promise<User> {
    assertMayRead(caller);
    return this.view(found(await usersStore(this.deps.database.client).find(caller.organization.id, id)));
  }

  /**
   * A user whom the caller may change.
   *
   * @throws Problem `forbidden`, `reauthentication_required`, `not_found`
   */
  async findEditable(caller: Caller, id: string): Promise<User> {
    assertMayChange(caller);
    const user = await this.find(caller, id);
    assertMayEdit(caller, user);
    return user;
  }

  /**
   * Holds a user until the end of the transaction, to be deleted in it.
   *
   * @param own the organisation whose users, and whose customers' users, may be meant
   * @param judge throws where this user is not to be deleted
   * @throws Problem `not_found`, `last_admin`; what `judge` throws
   */
  async holdToDelete(tx: Transaction, own: string, id: string, judge: (user: User) => void): Promise<User> {
    const store = usersStore(tx);
    const user = this.view(found(await store.findForUpdate(own, id)));
    judge(user);
    const { organization } = user;
    if (isWorkingAdmin(user) && !(await store.hasOtherWorkingAdmin(organization.id, id))) throw lastAdmin();
    return user;
  }

  /**
   * Creates a user: active with the password that the admin sets, or else invited by mail. One that was made with the
   * same id stays as it is.
   *
   * @throws Problem `forbidden`, `not_found` for the organisation, `local_sign_in_disabled` for a password that would be
   *   of no use there, `weak_password`, `email_taken`, `idempotency_key_reused`, `not_for_service_accounts`
   */
  async create(caller: Principal, id: string, { email: address, password, ...input }: NewUser): Promise<User> {
    assertMayChange(caller);
    const { audit, database, hasher, mail, organizations, writer } = this.deps;
    const organization = await organizations.find(caller, input.organizationId);
    if (!mayGrant(caller, { ...input, organization })) {
      throw new Problem('forbidden', { detail: 'You cannot grant more rights than you have.' });
    }
    assertLeavesAdmins(caller, input);
    if (isServiceAccount(caller) && password !== undefined) {
      throw new Problem('not_for_service_accounts', {
        detail: 'Leave the password out: the user chooses one by the link that is mailed.',
      });
    }
    if (!isEmailAddress(address)) {
      throw new Problem('invalid_request', { errors: [{ pointer: '/email', message: 'must be an email address' }] });
    }
    const user = { ...input, id, email: normalizeEmail(address), name: input.name.trim() };
    if (password !== undefined) {
      const settings = await effectiveSettings(database.client, organization.id);
      if (!settings.localSignInEnabled) {
        throw new Problem('local_sign_in_disabled', {
          detail: `People of ${organization.name} sign in through single sign-on alone: leave the password out.`,
        });
      }
      const { minimumPasswordLength } = settings;
      const context = { email: user.email, name: user.name, organizationName: organization.name };
      await assertGoodPassword(password, '/password', { ...context, minimumLength: minimumPasswordLength });
    }
    const passwordHash = password === undefined ? null : await hasher.hash(password);
    const status = passwordHash === null ? 'invited' : 'active';

    const created = await database
      .transaction(async (tx) => {
        await writer.insert(tx, [{ ...user, status, passwordHash }]);
        const row = found(await usersStore(tx).find(caller.organization.id, user.id));
        const { role, access } = user;
        await audit.record(tx, caller.origin, entryOf(caller, 'user.created', row, { role, access, status }));
        return row;
      })
      .catch(async (error: unknown) => {
        if (!isUniqueViolation(error)) throw error;
        const before = await usersStore(database.client).find(caller.organization.id, id);
        if (before === null) throw emailTaken();
        if (before.email !== user.email || before.organizationId !== organization.id)
          throw new Problem('idempotency_key_reused');
        return before;
      });
    mail.poke();
    return this.view(created);
  }

  /**
   * Changes a user as `planUpdate` allows. Everything of one call is one transaction: a reset of MFA takes away the
   * authenticator, the backup codes and what hangs on them, and ends every session of the user (SEC-16). It gives a pass
   * where the organisation asks for one, and waits where the organisation wants that.
   *
   * @param revisions those that the caller knows of the user; null takes any
   * @throws Problem `forbidden`, `not_found`, `precondition_failed`, `last_admin`, `reset_waits`, and what `planUpdate` throws
   */
  async update(
    caller: Principal,
    id: string,
    changes: UserChanges,
    revisions: readonly string[] | null = null,
  ): Promise<User & { reenrollmentPass?: string }> {
    assertMayChange(caller);
    const { audit, database, mail, resets, writer } = this.deps;
    const reason = changes.reason?.trim() || null;
    const { row: updated, reset } = await database.transaction(async (tx) => {
      const store = usersStore(tx);
      const row = found(await store.findForUpdate(caller.organization.id, id));
      const user = this.view(row);
      assertSeen(revisions, user);
      const plan = planUpdate(caller, user, changes);
      if (plan.takesAwayAdmin && !(await store.hasOtherWorkingAdmin(user.organization.id, id))) {
        throw lastAdmin();
      }
      const isChanged = Object.keys(plan.changed).length > 0;
      if (!isChanged && !plan.resetsMfa) return { row, reset: null };
      const reset = plan.resetsMfa ? await resets.begin(tx, caller, row, reason) : null;
      await writer.change(tx, [{ before: row, after: plan.after, password: { action: 'keep' } }]);
      const after = found(await store.find(caller.organization.id, id));
      if (isChanged) await audit.record(tx, caller.origin, entryOf(caller, 'user.updated', row, plan.changed));
      if (reset) await resets.tell(tx, caller, row, reset, reason);
      return { row: after, reset };
    });
    mail.poke();
    return {
      ...this.view(updated),
      ...(reset && 'pass' in reset && reset.pass !== null ? { reenrollmentPass: reset.pass } : {}),
    };
  }

  /**
   * Takes the password of a user away, with the second factor that hangs on it: single sign-on alone lets the user in
   * from then on. One that has none stays as it is.
   *
   * @throws Problem `forbidden`, `not_found`; `no_working_sso` where nothing would let the user in
   */
  async removePassword(caller: Caller, id: string): Promise<User> {
    assertMayChange(caller);
    const { audit, database, mail, sso, writer } = this.deps;
    const updated = await database.transaction(async (tx) => {
      const store = usersStore(tx);
      const row = found(await store.findForUpdate(caller.organization.id, id));
      const user = this.view(row);
      assertMayRemovePassword(caller, user);
      if (!row.hasPassword) return row;
      const way = await sso.wayOf(tx, id);
      if (way === 'no_connection' || way === 'no_domain') {
        throw new Problem('no_working_sso', {
          detail:
            way === 'no_domain'
              ? 'No working single sign-on takes the address of this user, and no account is linked: add and verify the domain first.'
              : 'No single sign-on of the organization works: set one up and sign in through it once.',
        });
      }
      const { name, role, access, status } = row;
      const lostMfa = await writer.change(tx, [
        { before: row, after: { name, role, access, status }, password: { action: 'remove' } },
      ]);
      const after = found(await store.find(caller.organization.id, id));
      await audit.record(tx, caller.origin, entryOf(caller, 'password.removed', row, { mfaRemoved: lostMfa.has(id) }));
      return after;
    });
    mail.poke();
    return this.view(updated);
  }

  /**
   * Mails the invitation again; links mailed before are dead.
   *
   * @throws Problem `forbidden`, `not_found`, `not_invited`, `too_many_attempts`
   */
  async sendInvitation(caller: Principal, id: string): Promise<void> {
    assertMayChange(caller);
    const { audit, database, limiter, mail } = this.deps;
    const { status, hasPassword } = await this.find(caller, id);
    if (status === 'disabled' || hasPassword) throw new Problem('not_invited');
    const limited = await limiter.consume('invitation', id, INVITATIONS_PER_HOUR, HOUR_SECONDS);
    if (limited) {
      throw new Problem('too_many_attempts', {
        detail: 'Enough invitations were sent for now. Try again later.',
        ...limited,
      });
    }
    await database.transaction(async (tx) => {
      const row = found(await usersStore(tx).findForUpdate(caller.organization.id, id));
      if (row.status === 'disabled' || row.hasPassword) throw new Problem('not_invited');
      await this.deps.writer.invite(tx, [row.id]);
      await audit.record(tx, caller.origin, entryOf(caller, 'invitation.sent', row));
    });
    mail.poke();
  }

  /**
   * The operator's way back in for a user who lost everything, when no admin can help.
   *
   * @param email in any spelling
   * @returns the pass that the user needs to set it up again; null where the organisation asks for none
   * @throws Problem `not_found`, `mfa_not_enabled`, `overloaded`
   */
  async resetMfaByOperator(email: string): Promise<string | null> {
    const { database, mail, resets } = this.deps;
    const pass = await database.transaction(async (tx) => {
      const row = found(await usersStore(tx).findByEmailForUpdate(normalizeEmail(email)));
      return resets.byOperator(tx, row);
    });
    mail.poke();
    return pass;
  }

  /**
   * Gives another re-enrolment pass to a user whom a reset left with one to show; the one before is dead.
   *
   * @throws Problem `forbidden`, `reauthentication_required`, `not_found`, `no_pass_awaited`, `overloaded`
   */
  async issueReenrollmentPass(caller: Caller, id: string): Promise<string> {
    assertMayChange(caller);
    const { audit, database, passes } = this.deps;
    return database.transaction(async (tx) => {
      const row = found(await usersStore(tx).findForUpdate(caller.organization.id, id));
      assertMayIssuePass(caller, this.view(row));
      const pass = await passes.reissue(tx, id);
      await audit.record(tx, caller.origin, entryOf(caller, 'mfa.pass_issued', row));
      return pass;
    });
  }

  private view(row: UserRow): User {
    return viewOf(row, this.deps.waiting);
  }
}

const emailTaken = () =>
  new Problem('email_taken', { errors: [{ pointer: '/email', message: 'belongs to another user' }] });

const lastAdmin = () =>
  new Problem('last_admin', { detail: 'Give another user the role of admin with read/write access first.' });

const entryOf = (
  caller: Principal,
  action: AuditAction,
  row: UserRow,
  details: NonNullable<AuditEntry['details']> = {},
): AuditEntry => ({
  action,
  actor: partyOf(caller),
  subject: partyOf({ userId: row.id, email: row.email }),
  organizationId: row.organizationId,
  details,
});
