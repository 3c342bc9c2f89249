import { isEmailAddress, normalizeEmail, Problem } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { type Database, isUniqueViolation, type Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { SessionsService } from '../access/index.ts';
import { type AuditService, partyOf } from '../audit/index.ts';
import { sessionsEnded, signInUnlocked } from '../mails/index.ts';
import { organizationsBySlug } from '../organizations/index.ts';
import { attemptKeysOf } from './attempt-keys.ts';
import { type UserRow, usersStore } from './store.ts';
import type { UsersWriter } from './write.ts';

interface Deps {
  database: Database;
  attempts: Attempts;
  mail: MailOutbox;
  audit: AuditService;
  sessions: SessionsService;
  writer: UsersWriter;
}

export interface NewAdmin {
  /** In any spelling. */
  email: string;
  name: string;
  /** Slug of the organisation. */
  organization: string;
}

/** What the operator does to users from the command line; each audited, and told by mail to whom it concerns. */
export class UsersByOperator {
  constructor(private readonly deps: Deps) {}

  /**
   * The first admin of an organisation: invited, with a link that the operator hands over. Repeated for one who has not
   * accepted yet, it gives a new link, and the earlier ones are dead.
   *
   * @returns the link; it works once, for the days of an invitation
   * @throws Problem `invalid_request` for the address, `not_found` for the organisation, `local_sign_in_disabled` where a
   *   password is of no use, `email_taken`
   */
  async inviteAdmin({ email: address, name, organization: slug }: NewAdmin): Promise<string> {
    const { audit, database, writer } = this.deps;
    const email = normalizeEmail(address);
    if (!isEmailAddress(address)) throw new Problem('invalid_request', { detail: `${address} is no email address` });
    return database
      .transaction(async (tx) => {
        const organization = (await organizationsBySlug(tx, [slug])).get(slug);
        if (!organization) throw new Problem('not_found', { detail: `There is no organization ${slug}` });
        if (!organization.settings.localSignInEnabled) {
          throw new Problem('local_sign_in_disabled', {
            detail: `People of ${slug} sign in through single sign-on alone. \`local-sign-in enable ${slug}\` changes that`,
          });
        }
        const known = await usersStore(tx).findByEmailForUpdate(email);
        if (known && !waitsAsAdmin(known, slug)) throw taken(email);
        const id = known?.id ?? newId();
        const rights = { role: 'admin', access: 'read_write', status: 'invited' } as const;
        if (!known) {
          await writer.insertUntold(tx, { id, email, name, organizationId: organization.id, ...rights });
        }
        const link = await writer.invitationLink(tx, id);
        await audit.record(tx, null, {
          action: known ? 'invitation.sent' : 'user.created',
          actor: { id: null, name: 'operator: users invite-admin' },
          subject: partyOf({ userId: id, email }),
          organizationId: organization.id,
          details: known ? {} : rights,
        });
        return link;
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? taken(email) : error;
      });
  }

  /**
   * Lifts the pauses after wrong passwords and codes of one user. Pauses of source addresses stay.
   *
   * @throws Problem `not_found`
   */
  async unlock(email: string): Promise<void> {
    const { attempts, audit, mail, sessions } = this.deps;
    await this.concerning(email, async (tx, user) => {
      await attempts.clear(tx, await attemptKeysOf(sessions, tx, user));
      await mail.enqueue(tx, signInUnlocked({ to: user.email }));
      await audit.record(tx, null, { action: 'user.unlocked', ...doneBy('users unlock', user) });
    });
  }

  /**
   * Ends every session and half-done sign-in of one user, and what devices are remembered.
   *
   * @returns how many sessions were live
   * @throws Problem `not_found`
   */
  async endSessions(email: string): Promise<number> {
    const { audit, mail, sessions } = this.deps;
    return this.concerning(email, async (tx, user) => {
      const count = await sessions.end(tx, { of: 'users', ids: [user.id] });
      if (count === 0) return 0;
      await mail.enqueue(tx, sessionsEnded({ to: user.email }));
      await audit.record(tx, null, { action: 'session.revoked', ...doneBy('sessions end', user), details: { count } });
      return count;
    });
  }

  /**
   * Ends every session, half-done sign-in and remembered device there is, as after a restore, which brings back those
   * that had ended. No mail tells the users.
   *
   * @returns how many sessions were live
   */
  async endAllSessions(): Promise<number> {
    const { audit, database, sessions } = this.deps;
    return database.transaction(async (tx) => {
      const count = await sessions.end(tx, { of: 'everybody' });
      await audit.record(tx, null, {
        action: 'session.revoked',
        actor: { id: null, name: 'operator: sessions end --all' },
        subject: null,
        organizationId: null,
        details: { count },
      });
      return count;
    });
  }

  private async concerning<T>(email: string, work: (tx: Transaction, user: UserRow) => Promise<T>): Promise<T> {
    const { database, mail } = this.deps;
    const result = await database.transaction(async (tx) => {
      const user = await usersStore(tx).findByEmailForUpdate(normalizeEmail(email));
      if (!user) throw new Problem('not_found', { detail: `There is no user ${email}` });
      return work(tx, user);
    });
    mail.poke();
    return result;
  }
}

const waitsAsAdmin = (user: UserRow, slug: string): boolean =>
  user.status === 'invited' && user.role === 'admin' && user.access === 'read_write' && user.organizationSlug === slug;

const taken = (email: string) => new Problem('email_taken', { detail: `${email} belongs to a user already` });

const doneBy = (command: string, { id, email, organizationId }: UserRow) => ({
  actor: { id: null, name: `operator: ${command}` },
  subject: partyOf({ userId: id, email }),
  organizationId,
});
