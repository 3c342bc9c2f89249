import type { Access, Role, UserStatus } from '@sallyport/core';
import { batches, type Db, type Transaction } from '../../platform/database/database.ts';
import type { MailMessage } from '../../platform/mail/mailer.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Person } from '../../platform/personal-data.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { SessionsService } from '../access/index.ts';
import {
  invitation,
  invitationThroughSso,
  invitationUrl,
  passwordChanged,
  passwordRemoved,
  ssoLink,
} from '../mails/index.ts';
import type { MfaService } from '../mfa/index.ts';
import { credentialsStore } from './credentials.store.ts';
import type { EmailedTokensService } from './emailed-tokens.ts';
import { type NewUserRow, type UserUpdate, usersStore } from './store.ts';

/** A user as it is stored, before a change. */
export interface UserState {
  id: string;
  organizationId: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  status: UserStatus;
  hasPassword: boolean;
}

export interface UserChange {
  before: Pick<UserState, 'id' | 'email' | 'status' | 'hasPassword'>;
  after: UserUpdate;
  password: { action: 'keep' } | { action: 'remove' } | { action: 'set'; hash: string };
}

interface Deps {
  clock: Clock;
  mail: MailOutbox;
  publicUrl: URL;
  emailedTokens: EmailedTokensService;
  mfa: MfaService;
  sessions: SessionsService;
}

/**
 * How users come to be and change, whoever asks: an admin, the operator's files, an identity provider. All within the
 * transaction of the asker, who checks beforehand what may be, and records it.
 */
export class UsersWriter {
  constructor(private readonly deps: Deps) {}

  /**
   * Creates users, and mails an invitation to those who are `invited`.
   *
   * @throws the database's unique violation when an address is taken
   */
  async insert(
    tx: Transaction,
    users: readonly NewUserRow[],
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<void> {
    const now = this.deps.clock.now();
    let done = 0;
    for (const batch of batches(users)) {
      await usersStore(tx).insertMany(batch, now);
      const invited = batch.filter(({ status }) => status === 'invited');
      if (invited.length > 0)
        await this.invite(
          tx,
          invited.map(({ id }) => id),
        );
      done += batch.length;
      onProgress(done, users.length);
    }
  }

  /** Creates an invited user whom no mail tells: whoever asked hands over the link. */
  async insertUntold(tx: Transaction, user: Omit<NewUserRow, 'passwordHash'>): Promise<void> {
    await usersStore(tx).insertMany([{ ...user, passwordHash: null }], this.deps.clock.now());
  }

  /**
   * Mails a link with which each of some hundreds of users chooses a password; links mailed before are dead. Where a
   * password is of no use, the mail leads to single sign-on (SEC-6).
   */
  async invite(tx: Transaction, userIds: readonly string[]): Promise<void> {
    const { emailedTokens, mail, publicUrl } = this.deps;
    const users = await usersStore(tx).listAddressees(userIds);
    const choosing = users.filter(({ localSignIn }) => localSignIn);
    const throughSso = users.filter(({ localSignIn }) => !localSignIn);
    const issued = await emailedTokens.issueMany(tx, choosing, 'invitation');
    await mail.enqueueMany(tx, [
      ...issued.map(({ user: { email: to, name, organizationName }, token }) =>
        invitation({ to, name, organizationName, publicUrl, token }),
      ),
      ...throughSso.map(({ email: to, ...user }) => invitationThroughSso({ to, ...user, publicUrl })),
    ]);
  }

  /** A link with which the invited user chooses a password, for the operator to hand over; earlier ones are dead. */
  async invitationLink(tx: Transaction, userId: string): Promise<string> {
    const { emailedTokens, publicUrl } = this.deps;
    return invitationUrl(publicUrl, await emailedTokens.issue(tx, userId, 'invitation'));
  }

  /** Mails a link with which each of the users links an account at a provider; links mailed before are dead. */
  async mailSsoLinks(tx: Transaction, userIds: readonly string[]): Promise<void> {
    const { emailedTokens, mail, publicUrl } = this.deps;
    for (const batch of batches(userIds)) {
      const issued = await emailedTokens.issueMany(tx, await usersStore(tx).listAddressees(batch), 'sso_link');
      await mail.enqueueMany(
        tx,
        issued.map(({ user: { email: to, name, organizationName }, token }) =>
          ssoLink({ to, name, organizationName, publicUrl, token }),
        ),
      );
    }
  }

  /**
   * Changes users, set by set, with all that follows: another status or another password ends sessions, half-done
   * sign-ins, pending enrolments and mailed links. Without a password those that began with it end, and the
   * authenticator goes, which hangs on it; with a new one MFA stays (SEC-5). The user is told by mail.
   *
   * @returns the ids of those who lost an authenticator
   */
  async change(tx: Transaction, changes: readonly UserChange[]): Promise<ReadonlySet<string>> {
    const { clock, emailedTokens, mail, mfa, publicUrl, sessions } = this.deps;
    const now = clock.now();
    const idsOf = (some: readonly UserChange[]): string[] => some.map(({ before }) => before.id);
    await usersStore(tx).lock(idsOf(changes));
    await usersStore(tx).updateMany(
      changes.map(({ before: { id }, after }) => ({ id, ...after })),
      now,
    );
    const removed = changes.filter(({ password }) => password.action === 'remove');
    const set = changes.flatMap(({ before, password }) => (password.action === 'set' ? [{ before, password }] : []));
    const hadMfa = await mfa.reset(tx, idsOf(removed));
    await credentialsStore(tx).removeMany(idsOf(removed));
    await credentialsStore(tx).setMany(
      set.map(({ before: { id: userId }, password: { hash: passwordHash } }) => ({ userId, passwordHash })),
      now,
    );
    const ended = idsOf(
      changes.filter(({ before, after, password }) => before.status !== after.status || password.action === 'set'),
    );
    await sessions.end(tx, { of: 'users', ids: ended });
    await sessions.end(tx, { of: 'password sign-ins of users', ids: idsOf(removed) });
    const stale = [...ended, ...idsOf(removed)];
    await emailedTokens.endAll(tx, stale);
    await mfa.endEnrollments(tx, stale);
    const mails = [
      ...removed.flatMap(({ before: { id, email: to, hasPassword } }) =>
        hasPassword ? [passwordRemoved({ to, publicUrl, hadMfa: hadMfa.has(id) })] : [],
      ),
      ...set.flatMap(({ before: { hasPassword, email: to } }) => (hasPassword ? [passwordChanged({ to })] : [])),
    ];
    for (const batch of batches(mails)) await mail.enqueueMany(tx, batch);
    return hadMfa;
  }

  /** Which of these addresses have a user. */
  async taken(db: Db, emails: readonly string[]): Promise<Set<string>> {
    return new Set((await usersStore(db).listByEmails(emails)).map(({ email }) => email));
  }

  /** All who are users of the organisations: for tests, which make and remove them. */
  async peopleOf(db: Db, organizationIds: readonly string[]): Promise<Person[]> {
    return usersStore(db).listOf(organizationIds);
  }

  /** Deletes a user with all that hangs on it: credentials, factors, sessions, devices, identities and links. */
  async delete(tx: Transaction, userId: string): Promise<void> {
    await this.deps.mfa.reset(tx, [userId]);
    await usersStore(tx).delete(userId);
  }

  async rename(tx: Transaction, userId: string, name: string): Promise<void> {
    await usersStore(tx).rename(userId, name, this.deps.clock.now());
  }

  /** Mails the admins who run the organisations. Ask for delivery after the commit. */
  async tellAdmins(
    tx: Transaction,
    organizationIds: readonly string[],
    write: (mail: { to: string }) => MailMessage,
  ): Promise<void> {
    const addresses = await usersStore(tx).addressesOfWorkingAdmins(organizationIds);
    await this.deps.mail.enqueueMany(
      tx,
      addresses.map((to) => write({ to })),
    );
  }

  /** Makes an invited user active, who came in another way; the mailed links are dead. */
  async activate(tx: Transaction, userId: string): Promise<void> {
    await usersStore(tx).activate(userId, this.deps.clock.now());
    await this.deps.emailedTokens.endAll(tx, [userId]);
  }

  /** Makes changes to one user wait for each other until the end of the transaction. */
  async lock(tx: Transaction, userId: string): Promise<void> {
    await usersStore(tx).lock([userId]);
  }

  /** Notes a sign-in. False when the user is not active any more. */
  async noteSignIn(tx: Transaction, userId: string): Promise<boolean> {
    return usersStore(tx).noteSignIn(userId, this.deps.clock.now());
  }
}
