import {
  type Caller,
  HOUR_SECONDS,
  isEmailAddress,
  normalizeEmail,
  type Origin,
  Problem,
  recoveryHoursOf,
} from '@sallyport/core';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Afterwards } from '../../platform/time/afterwards.ts';
import type { ChallengesService } from '../access/index.ts';
import { type AuditEntry, type AuditService, ownDoing } from '../audit/index.ts';
import { recoveryAddressAdded, recoveryAddressLink, recoveryAddressRemoved, recoveryLink } from '../mails/index.ts';
import {
  assertMayHaveFactors,
  type Proofs,
  type ReauthenticationService,
  type RecoveryAddresses,
} from '../mfa/index.ts';
import { effectiveSettings } from '../organizations/index.ts';
import {
  type Account,
  type CredentialsService,
  type EmailedTokensService,
  invalidToken,
  type MfaResets,
  type UsersWriter,
} from '../users/index.ts';

/** Mails to one recovery address: a mailbox is not flooded by who knows the password. */
const LINKS_PER_USER = 3;

interface Deps {
  afterwards: Afterwards;
  database: Database;
  limiter: SourceLimiter;
  mail: MailOutbox;
  publicUrl: URL;
  audit: AuditService;
  challenges: ChallengesService;
  emailedTokens: EmailedTokensService;
  passwords: CredentialsService;
  reauthentication: ReauthenticationService;
  recoveryAddresses: RecoveryAddresses;
  resets: MfaResets;
  writer: UsersWriter;
}

/**
 * The way of a user to a reset of its second factor without an admin: password, another mailbox that was named before,
 * and time in which user and admins can stop it (decision 0040).
 */
export class RecoveryService {
  constructor(private readonly deps: Deps) {}

  /** The recovery address of the caller, and for how many hours a reset would wait; 0: nobody can ask for one. */
  async status({ organization, userId }: Caller) {
    const { database, recoveryAddresses } = this.deps;
    const delayHours = recoveryHoursOf(await effectiveSettings(database.client, organization.id)) ?? 0;
    const found = await recoveryAddresses.of(userId);
    return { delayHours, address: found?.address ?? null, confirmedAt: found?.confirmedAt ?? null };
  }

  /**
   * Names a recovery address, in the place of an earlier one, with password and second factor. It counts once the link
   * that is mailed to it is followed. What was asked for by the earlier one is stopped.
   *
   * @throws Problem `recovery_disabled`, `mfa_not_enabled`, `local_sign_in_disabled`, `invalid_credentials`,
   *   `invalid_code`, `too_many_attempts`; `invalid_request` for the address of the account, or for none
   */
  async name(caller: Caller, input: string, proofs: Proofs): Promise<void> {
    const { database, emailedTokens, mail, publicUrl, recoveryAddresses } = this.deps;
    assertMayHaveFactors(caller);
    if (!caller.mfaEnabled) throw new Problem('mfa_not_enabled');
    await this.hours(database.client, caller.organization.id);
    const address = addressOf(input, caller.email);
    await this.prove(caller, proofs, async (tx) => {
      await this.forget(tx, caller);
      if (!(await recoveryAddresses.save(tx, caller.userId, address))) throw new Problem('mfa_not_enabled');
      const token = await emailedTokens.issue(tx, caller.userId, 'recovery_address');
      await mail.enqueueMany(tx, [
        recoveryAddressLink({ to: address, publicUrl, token }),
        recoveryAddressAdded({ to: caller.email, address }),
      ]);
      await this.record(tx, caller.origin, { action: 'recovery_address.added', ...ownDoing(caller) });
    });
  }

  /**
   * Removes the recovery address, and stops what was asked for by it; with password and second factor.
   *
   * @throws Problem `not_found`, `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async remove(caller: Caller, proofs: Proofs): Promise<void> {
    const { mail, recoveryAddresses } = this.deps;
    if (!(await recoveryAddresses.of(caller.userId))) throw new Problem('not_found');
    await this.prove(caller, proofs, async (tx) => {
      const found = await recoveryAddresses.of(caller.userId, tx);
      if (!found) throw new Problem('not_found');
      await this.forget(tx, caller);
      await recoveryAddresses.remove(tx, caller.userId);
      await mail.enqueue(tx, recoveryAddressRemoved({ to: caller.email, address: found.address }));
      await this.record(tx, caller.origin, { action: 'recovery_address.removed', ...ownDoing(caller) });
    });
  }

  /** The link that was mailed to the address was followed: it counts from now on. @throws Problem `invalid_token` */
  async confirm(origin: Origin, token: string): Promise<void> {
    const { database, emailedTokens, recoveryAddresses, writer } = this.deps;
    const holder = await emailedTokens.holder(token, 'recovery_address');
    await database.transaction(async (tx) => {
      await writer.lock(tx, holder.userId);
      await emailedTokens.consume(tx, token, 'recovery_address');
      if (!(await recoveryAddresses.confirm(tx, holder.userId))) throw invalidToken('recovery_address');
      await this.record(tx, origin, { action: 'recovery_address.confirmed', ...ownDoing(holder) });
    });
  }

  /**
   * Mails a link to the recovery address of the user whose first step gave the challenge to this browser, if there is
   * one; the caller is never told. Whatever depends on that comes after the answer.
   *
   * @throws Problem `challenge_expired`, `recovery_disabled`, `overloaded`
   */
  async ask(origin: Origin, challengeToken: string | undefined): Promise<void> {
    const { afterwards, challenges, database, limiter, passwords } = this.deps;
    const pending = challengeToken === undefined ? null : await challenges.find(challengeToken);
    const account = pending && (await passwords.account({ id: pending.userId }));
    if (challengeToken === undefined || !account) {
      throw new Problem('challenge_expired', { detail: 'Sign in again from the start.', next: { action: 'sign_in' } });
    }
    await this.hours(database.client, account.organizationId);
    // Beyond the limit the answer stays the same and no more mail is sent.
    if (await limiter.consume('recovery', account.userId, LINKS_PER_USER, HOUR_SECONDS)) return;
    afterwards.add(() => this.mailLink(origin, account, challengeToken));
  }

  /**
   * The link that was mailed after the password was proved was followed: a reset waits from now on, which user and admins
   * can stop.
   *
   * @returns when it takes place
   * @throws Problem `invalid_token`, `recovery_disabled`, `reset_waits`
   */
  async begin(origin: Origin, token: string): Promise<{ dueAt: Date }> {
    const { database, emailedTokens, mail, passwords, recoveryAddresses, resets, writer } = this.deps;
    const { userId } = await emailedTokens.holder(token, 'recovery');
    const dueAt = await database.transaction(async (tx) => {
      await writer.lock(tx, userId);
      await emailedTokens.consume(tx, token, 'recovery');
      const account = await passwords.account({ id: userId }, tx);
      const address = await recoveryAddresses.confirmedOf(tx, userId);
      if (account?.status !== 'active' || !address) throw invalidToken('recovery');
      const by = { recoveryAddressId: address.id, delayHours: await this.hours(tx, account.organizationId) };
      const due = await resets.recover(tx, origin, { ...account, id: userId }, by);
      if (!due) throw invalidToken('recovery');
      return due;
    });
    mail.poke();
    return { dueAt };
  }

  private async mailLink(origin: Origin, account: Account, challengeToken: string): Promise<void> {
    const { challenges, database, emailedTokens, mail, publicUrl, recoveryAddresses, writer } = this.deps;
    const { email, organizationId, userId } = account;
    await database.transaction(async (tx) => {
      await writer.lock(tx, userId);
      // A password that was changed meanwhile ended it, and the user may have found the second factor.
      if (!(await challenges.find(challengeToken, tx))) return;
      const address = await recoveryAddresses.confirmedOf(tx, userId);
      const hours = recoveryHoursOf(await effectiveSettings(tx, organizationId));
      const event = { action: 'mfa.recovery_asked', ...ownDoing(account), actor: null } as const;
      // An account may have been given the address since.
      if (!address || hours === null || address.address === email) {
        await this.record(tx, origin, { ...event, outcome: 'failure', details: { reason: 'no_recovery_address' } });
        return;
      }
      const token = await emailedTokens.issue(tx, userId, 'recovery');
      await mail.enqueue(tx, recoveryLink({ to: address.address, publicUrl, token, account: email, hours }));
      await this.record(tx, origin, event);
    });
    mail.poke();
  }

  private async prove(caller: Caller, proofs: Proofs, change: (tx: Transaction) => Promise<void>): Promise<void> {
    const { database, mail, reauthentication } = this.deps;
    await reauthentication.run(caller, 'mfa.attempt_failed', proofs, (settle) =>
      database.transaction(async (tx) => {
        await settle(tx);
        await change(tx);
      }),
    );
    mail.poke();
  }

  /** What hangs on the address of before: the links that were mailed to it, and the reset that was asked for by it. */
  private async forget(tx: Transaction, caller: Caller): Promise<void> {
    await this.deps.emailedTokens.end(tx, caller.userId, ['recovery_address', 'recovery']);
    await this.deps.resets.stopRecovery(tx, caller);
  }

  /** For how many hours a reset waits. @throws Problem `recovery_disabled` */
  private async hours(db: Db, organizationId: string): Promise<number> {
    const hours = recoveryHoursOf(await effectiveSettings(db, organizationId));
    if (hours !== null) return hours;
    throw new Problem('recovery_disabled', {
      detail: 'Ask your administrator to reset your two-factor authentication.',
      next: { action: 'contact_admin' },
    });
  }

  private async record(tx: Transaction, origin: Origin, entry: AuditEntry): Promise<void> {
    await this.deps.audit.record(tx, origin, entry);
  }
}

/** @throws Problem `invalid_request` */
function addressOf(input: string, ownAddress: string): string {
  const address = normalizeEmail(input);
  const fault = !isEmailAddress(address)
    ? 'must be an email address'
    : address === ownAddress
      ? 'must be another address than that of the account'
      : null;
  if (fault === null) return address;
  throw new Problem('invalid_request', { errors: [{ pointer: '/address', message: fault }] });
}
