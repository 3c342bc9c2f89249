import { type Caller, normalizeEmail, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { SessionsService } from '../access/index.ts';
import { type AuditService, type Party, partyOf } from '../audit/index.ts';
import { userErased } from '../mails/index.ts';
import { forgetInConnections } from '../sso/index.ts';
import { attemptKeysOf, type CredentialsService, type UsersService, type UsersWriter } from '../users/index.ts';
import { accountOf } from './account.ts';

interface Deps {
  database: Database;
  attempts: Attempts;
  mail: MailOutbox;
  audit: AuditService;
  sessions: SessionsService;
  passwords: CredentialsService;
  users: UsersService;
  writer: UsersWriter;
}

interface Doer {
  actor: Party;
  caller: Caller | null;
}

/**
 * Erases a person: the user with all that hangs on it goes, the mails that wait for it too, and with its key what the audit
 * log says of it. The events stay, with the id of somebody of whom nothing else is known.
 */
export class PersonalDataErasure {
  constructor(private readonly deps: Deps) {}

  /**
   * @param confirmation the address of the user, as the admin typed it
   * @throws Problem `forbidden`, also for oneself; `reauthentication_required`, `not_found`, `last_admin`;
   *   `invalid_request` where the confirmation is another's
   */
  async ofUser(caller: Caller, id: string, confirmation: string): Promise<void> {
    const { email } = await this.deps.users.findEditable(caller, id);
    if (id === caller.userId) {
      throw new Problem('forbidden', { detail: 'You cannot erase yourself. Ask another admin.' });
    }
    if (normalizeEmail(confirmation) !== email) {
      throw new Problem('invalid_request', {
        errors: [{ pointer: '/email', message: 'must be the address of the user who is erased' }],
      });
    }
    await this.erase({ actor: partyOf(caller), caller }, caller.organization.id, id);
  }

  /**
   * @param who address in any spelling, or id
   * @throws Problem `not_found`, `last_admin`
   */
  async byOperator(who: string): Promise<void> {
    const { userId, organizationId } = await accountOf(this.deps.passwords, who);
    await this.erase({ actor: { id: null, name: 'operator: users erase' }, caller: null }, organizationId, userId);
  }

  private async erase(by: Doer, own: string, id: string): Promise<void> {
    const { database, mail } = this.deps;
    await database.transaction((tx) => this.eraseIn(tx, by, own, id), { timeout: ERASURE_MS });
    mail.poke();
  }

  private async eraseIn(tx: Transaction, { actor, caller }: Doer, own: string, id: string): Promise<void> {
    const { attempts, audit, mail, sessions, users, writer } = this.deps;
    const { email, organization } = await users.holdToDelete(tx, own, id);
    const person = { id, email, organizationId: organization.id };
    await attempts.clear(tx, await attemptKeysOf(sessions, tx, person));
    await mail.withdraw(tx, email);
    await mail.enqueue(tx, userErased({ to: email, organizationName: organization.name }));
    await forgetInConnections(tx, person);
    await audit.forget(tx, person);
    await writer.delete(tx, id);
    await audit.record(tx, caller?.origin ?? null, {
      ...{ action: 'user.erased', actor, organizationId: organization.id },
      subject: { id, name: null },
    });
  }
}

/** Somebody may have a hundred thousand events of before the log was sealed for each person. */
const ERASURE_MS = 60_000;
