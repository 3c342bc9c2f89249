import { type Caller, emailDomain, HOUR_SECONDS, type Origin, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { SourceLimiter } from '../../../platform/limits/limiter.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import { type AuditService, type Party, partyOf } from '../../audit/index.ts';
import { invalidCode, type SecondFactorService } from '../../mfa/index.ts';
import { effectiveSettings } from '../../organizations/index.ts';
import type { Account, CredentialsService, EmailedTokensService, UsersWriter } from '../../users/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { identitiesStore } from './store.ts';

/** Of one user: a mailbox is not flooded. */
const LINKS_PER_HOUR = 5;

/** What the holder of a mailed link proved, kept with the attempt that it began. */
export interface MailedLink {
  token: string;
  /** To whom it was mailed. */
  userId: string;
  /** Whether a code was asked for, and right. */
  secondFactor: boolean;
}

interface Deps {
  database: Database;
  limiter: SourceLimiter;
  mail: MailOutbox;
  audit: AuditService;
  emailedTokens: EmailedTokensService;
  passwords: CredentialsService;
  secondFactor: SecondFactorService;
  writer: UsersWriter;
}

/**
 * Links by mail, for users whose password is in the way of single sign-on (decision 0013). The mailbox stands in for the
 * password, as it does in a reset; never for the second factor, and never for the provider's word that the account has
 * the very address that the link was mailed to.
 */
export class MailedLinks {
  constructor(private readonly deps: Deps) {}

  /**
   * Mails everybody in the organisations whom nothing else would let in without a password. Ask for delivery after the
   * commit.
   *
   * @returns how many
   */
  async mailAll(tx: Transaction, organizationIds: readonly string[]): Promise<number> {
    const userIds = await identitiesStore(tx).listByMail(organizationIds);
    await this.deps.writer.mailSsoLinks(tx, userIds);
    return userIds.length;
  }

  /**
   * Mails one, for an admin who may edit the user.
   *
   * @throws Problem `not_linkable`, `too_many_attempts`
   */
  async mailOne(caller: Caller, user: Party & { id: string; organizationId: string }): Promise<void> {
    const { database, mail, writer } = this.deps;
    const limited = await this.limited(user.id);
    if (limited) throw new Problem('too_many_attempts', { detail: 'Enough links were sent for now.', ...limited });
    await database.transaction(async (tx) => {
      await writer.lock(tx, user.id);
      const way = await identitiesStore(tx).wayOf(user.id);
      if (way !== 'by_mail') throw new Problem('not_linkable', { detail: reasons[way ?? 'disabled'] });
      await this.send(tx, caller.origin, partyOf(caller), user);
    });
    mail.poke();
  }

  /**
   * Mails one to a user for whom a provider vouched, where the password opens nothing.
   *
   * @returns whether a link is on its way, from now or from before
   */
  async offer(origin: Origin, userId: string): Promise<boolean> {
    const { database, mail, passwords } = this.deps;
    const user = await passwords.account({ id: userId });
    if (!user || (await effectiveSettings(database.client, user.organizationId)).localSignInEnabled) return false;
    if (await this.limited(userId)) return true;
    await database.transaction(async (tx) => {
      const { email: name, organizationId } = user;
      await this.send(tx, origin, null, { id: userId, name, organizationId });
    });
    mail.poke();
    return true;
  }

  /** What the page of a link shows. @throws Problem `invalid_token` */
  async read(token: string) {
    const { email, mfaEnabled, name, organizationName, ...user } = await this.holder(token);
    const connections = await this.connectionsOf({ email, ...user });
    return { email, name, organizationName, connections, codeRequired: mfaEnabled };
  }

  /**
   * Judges what begins an attempt: the link, which is used up when the account is linked, and a code where MFA is on.
   *
   * @throws Problem `invalid_token`, `not_found` for a connection that does not take the address, `invalid_code`,
   *   `too_many_attempts`
   */
  async prove(
    origin: Origin,
    { token, connectionId, code }: { token: string; connectionId: string; code?: string },
  ): Promise<{ connection: ConnectionRow; mailed: MailedLink }> {
    const { database } = this.deps;
    const user = await this.holder(token);
    const offered = (await this.connectionsOf(user)).some(({ id }) => id === connectionId);
    const connection = offered ? await connectionsStore(database.client).find(connectionId) : null;
    if (!connection) throw new Problem('not_found');
    if (user.mfaEnabled) await this.proveCode(origin, user, code);
    return { connection, mailed: { token, userId: user.userId, secondFactor: user.mfaEnabled } };
  }

  /** Uses up the link, in the transaction that links the account. @throws Problem `invalid_token` */
  async spend(tx: Transaction, { token }: MailedLink): Promise<void> {
    await this.deps.emailedTokens.consume(tx, token, 'sso_link');
  }

  private async holder(token: string): Promise<Account> {
    const { emailedTokens, passwords } = this.deps;
    const { userId } = await emailedTokens.holder(token, 'sso_link');
    const user = await passwords.account({ id: userId });
    if (user?.status !== 'active') throw new Problem('invalid_token');
    return user;
  }

  /** Those of the user's organisation that take its address; another organisation's never do (SEC-33). */
  private async connectionsOf({ email, organizationId }: Pick<Account, 'email' | 'organizationId'>) {
    const store = connectionsStore(this.deps.database.client);
    const own = new Set((await store.ofOrganization(organizationId)).map(({ id }) => id));
    return (await store.ofDomain(emailDomain(email))).filter(({ id }) => own.has(id));
  }

  private async proveCode(origin: Origin, user: Account, code: string | undefined): Promise<void> {
    const { audit, database, secondFactor, writer } = this.deps;
    if (code === undefined) throw invalidCode();
    try {
      await secondFactor.judge({ ...user, origin }, { code }, (spend) =>
        database.transaction(async (tx) => {
          await writer.lock(tx, user.userId);
          await spend(tx);
        }),
      );
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_code')
        await audit.record(database.client, origin, {
          action: 'identity.link_failed',
          outcome: 'failure',
          actor: null,
          subject: partyOf(user),
          organizationId: user.organizationId,
          details: { reason: error.code },
        });
      throw error;
    }
  }

  private async limited(userId: string) {
    return this.deps.limiter.consume('sso-link', userId, LINKS_PER_HOUR, HOUR_SECONDS);
  }

  private async send(
    tx: Transaction,
    origin: Origin,
    actor: Party | null,
    { organizationId, ...subject }: Party & { id: string; organizationId: string },
  ): Promise<void> {
    await this.deps.writer.mailSsoLinks(tx, [subject.id]);
    await this.deps.audit.record(tx, origin, { action: 'identity.link_mailed', actor, subject, organizationId });
  }
}

const reasons = {
  linked: 'An account is linked already.',
  by_address: 'The user has no password: the account is linked when it first signs in.',
  no_connection: 'No single sign-on of the organization works: set one up, and sign in through it once.',
  no_domain: 'No working single sign-on of the organization takes the address of this user: add and verify its domain.',
  disabled: 'The user is disabled.',
} as const;
