import {
  type AuditAction,
  type Caller,
  HOUR_SECONDS,
  normalizeEmail,
  type Origin,
  Problem,
  signInSettings,
} from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import { type SourceLimiter, sourceOf } from '../../platform/limits/limiter.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import { assertGoodPassword } from '../../platform/passwords/good-password.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Afterwards } from '../../platform/time/afterwards.ts';
import type { SessionsService } from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import {
  accountDisputed,
  mfaResetDisputed,
  passwordChanged,
  passwordReset,
  passwordResetThroughSso,
} from '../mails/index.ts';
import {
  type MfaService,
  mfaStatus,
  type ReauthenticationService,
  type ShownInRequest,
  shownWhereEnabled,
} from '../mfa/index.ts';
import type { Account, CredentialsService, EmailedTokensService, MfaResets, UsersWriter } from '../users/index.ts';

/** Mails to one address: a mailbox is not flooded. */
const RESETS_PER_ADDRESS = 3;
const RESETS_PER_SOURCE = 100;
/** Alarms of one user that the admins are mailed; the rest only acts and stands in the log. */
const ALARMS_PER_USER = 3;

interface Deps {
  afterwards: Afterwards;
  database: Database;
  hasher: PasswordHasher;
  limiter: SourceLimiter;
  mail: MailOutbox;
  publicUrl: URL;
  audit: AuditService;
  sessions: SessionsService;
  mfa: MfaService;
  reauthentication: ReauthenticationService;
  emailedTokens: EmailedTokensService;
  organizations: { withPartner(tx: Transaction, organizationId: string): Promise<string[]> };
  passwords: CredentialsService;
  resets: MfaResets;
  writer: UsersWriter;
}

/** What is in force for the user: its organisation's settings, its partner's, or the defaults. */
const settingsOf = (account: Account) => signInSettings(account, null);

/** The user as `GET /me` answers; all of it came with the session. */
export function currentUser(caller: Caller) {
  const { userId: id, email, name, role, access, hasPassword, organization, session, minimumPasswordLength } = caller;
  const [status, mfa] = ['active' as const, mfaStatus(caller)];
  return { id, email, name, role, access, status, hasPassword, organization, mfa, session, minimumPasswordLength };
}

/** The own profile, and the ways a password comes to be: changed, reset by mail, chosen on invitation. */
export class AccountService {
  constructor(private readonly deps: Deps) {}

  async rename(caller: Caller, name: string) {
    const { database, writer } = this.deps;
    await database.transaction((tx) => writer.rename(tx, caller.userId, name.trim()));
    return currentUser({ ...caller, name: name.trim() });
  }

  /**
   * Changes the password and ends every other session.
   *
   * @throws Problem `no_local_password`, `local_sign_in_disabled`, `weak_password`, `invalid_credentials`,
   *   `invalid_code`, `too_many_attempts`
   */
  async changePassword(caller: Caller, input: { currentPassword: string; newPassword: string } & ShownInRequest) {
    const { database, hasher, mail, reauthentication, sessions } = this.deps;
    if (!caller.hasPassword) throw new Problem('no_local_password');
    const user = await this.user(caller.userId);
    this.assertLocalSignIn(user);
    await assertGoodPassword(input.newPassword, '/newPassword', contextOf(user));
    const proofs = { password: input.currentPassword, shown: shownWhereEnabled(caller, input) };
    await reauthentication.run(caller, 'password.change_failed', proofs, async (settle) => {
      const hash = await hasher.hash(input.newPassword);
      await database.transaction(async (tx) => {
        await settle(tx);
        await this.setPassword(tx, user, hash);
        await sessions.end(tx, { of: 'users', ids: [user.userId], except: caller.session.id });
        await this.record(tx, caller.origin, 'password.changed', user);
      });
      mail.poke();
    });
  }

  /**
   * Mails a way back in, if there is such a user; the caller is never told. Whatever depends on that comes after the
   * answer, and what comes before is the same for every address, so its time tells nothing (SEC-2).
   *
   * @throws Problem `too_many_attempts` for a source that asks for too many addresses; `overloaded`
   */
  async requestPasswordReset(origin: Origin, address: string): Promise<void> {
    const { afterwards, database, limiter } = this.deps;
    const email = normalizeEmail(address);
    const fromSource = await limiter.consume(
      'password-reset-source',
      sourceOf(origin.address),
      RESETS_PER_SOURCE,
      HOUR_SECONDS,
    );
    if (fromSource) throw new Problem('too_many_attempts', { detail: 'Try again later.', ...fromSource });
    // Who cannot be helped now is told so, and can ask again (SEC-53).
    await database.ping();
    // Beyond the limit the answer stays the same and no more mail is sent.
    if (await limiter.consume('password-reset', email, RESETS_PER_ADDRESS, HOUR_SECONDS)) return;
    afterwards.add(() => this.mailWayBackIn(origin, email));
  }

  private async mailWayBackIn(origin: Origin, email: string): Promise<void> {
    const { database, emailedTokens, mail, passwords, publicUrl } = this.deps;
    const user = await passwords.account({ email });
    if (user?.status !== 'active') return;
    await database.transaction(async (tx) => {
      if (user.hasPassword && settingsOf(user).localSignInEnabled) {
        const token = await emailedTokens.issue(tx, user.userId, 'password_reset');
        await mail.enqueue(tx, passwordReset({ to: user.email, name: user.name, publicUrl, token }));
      } else {
        await mail.enqueue(tx, passwordResetThroughSso({ to: user.email, name: user.name, publicUrl }));
      }
      await this.record(tx, origin, 'password.reset_requested', user);
    });
    mail.poke();
  }

  /**
   * Sets a new password with a mailed token. MFA stays: the next sign-in asks for the second factor (SEC-5).
   *
   * @throws Problem `invalid_token`, `weak_password`, `local_sign_in_disabled`
   */
  async confirmPasswordReset(origin: Origin, input: { token: string; newPassword: string }): Promise<void> {
    const { database, emailedTokens, hasher, mail, sessions, writer } = this.deps;
    const holder = await emailedTokens.holder(input.token, 'password_reset');
    const user = await this.user(holder.userId);
    this.assertLocalSignIn(user);
    await assertGoodPassword(input.newPassword, '/newPassword', contextOf(user));
    const hash = await hasher.hash(input.newPassword);
    await database.transaction(async (tx) => {
      await writer.lock(tx, user.userId);
      await emailedTokens.consume(tx, input.token, 'password_reset');
      await this.setPassword(tx, user, hash);
      await sessions.end(tx, { of: 'users', ids: [user.userId] });
      await this.record(tx, origin, 'password.reset', user);
    });
    mail.poke();
  }

  /**
   * The user did not ask for the reset of its second factor: one that waits is stopped, every session ends and the admins
   * are alerted. Nothing is given back, for the mailbox alone proves little.
   *
   * @throws Problem `invalid_token`
   */
  async disputeMfaReset(origin: Origin, token: string): Promise<void> {
    const { database, emailedTokens, mail, organizations, resets, sessions, writer } = this.deps;
    const holder = await emailedTokens.holder(token, 'mfa_reset');
    const user = await this.user(holder.userId);
    await database.transaction(async (tx) => {
      await writer.lock(tx, user.userId);
      await emailedTokens.consume(tx, token, 'mfa_reset');
      const stopped = await resets.stopDisputed(tx, origin, user);
      await sessions.end(tx, { of: 'users', ids: [user.userId] });
      const organizationIds = await organizations.withPartner(tx, user.organizationId);
      await writer.tellAdmins(tx, organizationIds, (to) => mfaResetDisputed({ ...to, user: user.email, stopped }));
      await this.record(tx, origin, 'mfa.reset_disputed', user);
    });
    mail.poke();
  }

  /**
   * Something in the account was not the user: every other session and every half-done sign-in ends, no browser is
   * remembered or known any more, a reset that waits is stopped, and the admins are alerted.
   *
   * @param eventId the event of its own that the user means
   * @returns how many sessions ended, and whether a reset was stopped
   * @throws Problem `not_found` where the event is not the caller's
   */
  async reportNotMe(caller: Caller, { eventId }: { eventId?: string }) {
    const { audit, database, limiter, mail, organizations, publicUrl, resets, sessions, writer } = this.deps;
    const { email, organization, origin, session, userId } = caller;
    const about = eventId === undefined ? null : await audit.findOwn(database.client, userId, eventId);
    const isTold = !(await limiter.consume('not-me', userId, ALARMS_PER_USER, HOUR_SECONDS));
    const done = await database.transaction(async (tx) => {
      await writer.lock(tx, userId);
      if (!(await sessions.isLive(tx, session.id))) throw new Problem('unauthenticated');
      const user = { userId, email, organizationId: organization.id };
      const resetStopped = await resets.stopDisputed(tx, origin, user);
      const sessionsEnded = await sessions.end(tx, { of: 'users', ids: [userId], except: session.id });
      await sessions.forgetDevices(tx, [userId]);
      if (isTold) {
        const organizationIds = await organizations.withPartner(tx, organization.id);
        const mailed = { user: { id: userId, email }, about, publicUrl };
        await writer.tellAdmins(tx, organizationIds, (to) => accountDisputed({ ...to, ...mailed }));
      }
      const details = { sessionsEnded, ...(about && eventId !== undefined ? { eventId, about: about.action } : {}) };
      await audit.record(tx, origin, { action: 'account.disputed', ...ownDoing(caller), details });
      return { sessionsEnded, resetStopped };
    });
    mail.poke();
    return done;
  }

  /** @throws Problem `invalid_token` */
  async invitation(token: string) {
    const { email, name, userId } = await this.deps.emailedTokens.holder(token, 'invitation');
    const user = await this.user(userId);
    const { minimumPasswordLength } = settingsOf(user);
    return { email, name, organizationName: user.organizationName, minimumPasswordLength };
  }

  /**
   * Makes an invited user active with its first password.
   *
   * @throws Problem `invalid_token`, `weak_password`, `local_sign_in_disabled`
   */
  async acceptInvitation(origin: Origin, input: { token: string; password: string }): Promise<void> {
    const { database, emailedTokens, hasher, passwords, writer } = this.deps;
    const holder = await emailedTokens.holder(input.token, 'invitation');
    const user = await this.user(holder.userId);
    this.assertLocalSignIn(user);
    await assertGoodPassword(input.password, '/password', contextOf(user));
    const hash = await hasher.hash(input.password);
    await database.transaction(async (tx) => {
      await writer.lock(tx, user.userId);
      await emailedTokens.consume(tx, input.token, 'invitation');
      if (!(await passwords.acceptInvitation(tx, user.userId, hash))) throw new Problem('invalid_token');
      await this.record(tx, origin, 'invitation.accepted', user);
    });
  }

  private async user(id: string): Promise<Account> {
    const user = await this.deps.passwords.account({ id });
    if (!user) throw new Problem('unauthenticated');
    return user;
  }

  /** The one guard of SEC-6 for the routes that lead to a password. */
  private assertLocalSignIn(user: Account): void {
    if (settingsOf(user).localSignInEnabled) return;
    throw new Problem('local_sign_in_disabled', { detail: 'Sign in with the single sign-on of your organization.' });
  }

  /**
   * Replaces the password, and ends the links that were mailed and the enrolments that were begun before; the caller
   * holds the user and ends the sessions.
   */
  private async setPassword(tx: Transaction, user: Account, hash: string): Promise<void> {
    const { emailedTokens, mail, mfa, passwords } = this.deps;
    if (!(await passwords.replace(tx, user.userId, hash))) throw new Problem('invalid_token');
    await emailedTokens.endAll(tx, [user.userId]);
    await mfa.endEnrollments(tx, [user.userId]);
    await mail.enqueue(tx, passwordChanged({ to: user.email }));
  }

  private async record(tx: Transaction, origin: Origin, action: AuditAction, user: Account): Promise<void> {
    await this.deps.audit.record(tx, origin, { action, ...ownDoing(user) });
  }
}

const contextOf = (user: Account) => ({
  email: user.email,
  name: user.name,
  organizationName: user.organizationName,
  minimumLength: settingsOf(user).minimumPasswordLength,
});
