import { assertMayChange, type Caller, normalizeEmail, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { SessionsService } from '../access/index.ts';
import { type AuditService, type Party, partyOf } from '../audit/index.ts';
import { userErased } from '../mails/index.ts';
import { forgetInConnections } from '../sso/index.ts';
import {
  assertMayEdit,
  attemptKeysOf,
  type CredentialsService,
  type User,
  type UsersService,
  type UsersWriter,
} from '../users/index.ts';
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

interface Erasure {
  actor: Party;
  /** Null for an operator. */
  origin: Caller['origin'] | null;
  /** The organisation whose users, and whose customers' users, may be meant. */
  own: string;
  id: string;
  /** Throws where this user is not to be erased. */
  judge: (user: User) => void;
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
    assertMayChange(caller);
    await this.erase({
      ...{ actor: partyOf(caller), origin: caller.origin, own: caller.organization.id, id },
      judge: (user) => assertMayErase(caller, user, confirmation),
    });
  }

  /**
   * @param who address in any spelling, or id
   * @throws Problem `not_found`, `last_admin`
   */
  async byOperator(who: string): Promise<void> {
    const { userId, organizationId } = await accountOf(this.deps.passwords, who);
    const actor = { id: null, name: 'operator: users erase' };
    await this.erase({ actor, origin: null, own: organizationId, id: userId, judge: () => undefined });
  }

  private async erase(erasure: Erasure): Promise<void> {
    const { database, mail } = this.deps;
    await database.transaction((tx) => this.eraseIn(tx, erasure), { timeout: ERASURE_MS });
    mail.poke();
  }

  private async eraseIn(tx: Transaction, { actor, origin, own, id, judge }: Erasure): Promise<void> {
    const { attempts, audit, mail, sessions, users, writer } = this.deps;
    const { email, organization } = await users.holdToDelete(tx, own, id, judge);
    const person = { id, email, organizationId: organization.id };
    await attempts.clear(tx, await attemptKeysOf(sessions, tx, person));
    await mail.withdraw(tx, email);
    await mail.enqueue(tx, userErased({ to: email, organizationName: organization.name }));
    await forgetInConnections(tx, person);
    await audit.forget(tx, person);
    await writer.delete(tx, id);
    await audit.record(tx, origin, {
      ...{ action: 'user.erased', actor, organizationId: organization.id },
      subject: { id, name: null },
    });
  }
}

function assertMayErase(caller: Caller, user: User, confirmation: string): void {
  assertMayEdit(caller, user);
  if (user.id === caller.userId) {
    throw new Problem('forbidden', { detail: 'You cannot erase yourself. Ask another admin.' });
  }
  if (normalizeEmail(confirmation) !== user.email) {
    throw new Problem('invalid_request', {
      errors: [{ pointer: '/email', message: 'must be the address of the user who is erased' }],
    });
  }
}

/** Somebody may have a hundred thousand events of before the log was sealed for each person. */
const ERASURE_MS = 60_000;
