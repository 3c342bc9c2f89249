import { type Caller, reauthenticationRequired } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { PersonalDataPart, PersonalRows } from '../../platform/personal-data.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { accessDataOf, type SessionsService } from '../access/index.ts';
import { type AuditEntry, type AuditService, auditDataOf, ownDoing, partyOf } from '../audit/index.ts';
import { mfaDataOf, type RecoveryAddresses } from '../mfa/index.ts';
import { serviceAccountDataOf } from '../service-accounts/index.ts';
import { connectionsDataOf, ssoSignInDataOf } from '../sso/index.ts';
import { attemptKeysOf, type CredentialsService, type UsersService, userDataOf } from '../users/index.ts';
import { accountOf } from './account.ts';

/** Everything that is kept of a person, by table; never what proves anything: no hash, no key, no token. */
export interface PersonalData {
  exportedAt: Date;
  user: { id: string; email: string; organizationId: string };
  data: PersonalRows;
}

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  mail: MailOutbox;
  audit: AuditService;
  sessions: SessionsService;
  passwords: CredentialsService;
  recoveryAddresses: RecoveryAddresses;
  users: UsersService;
}

/** Gives a person, its admin or the operator everything that is kept of the person. */
export class PersonalDataExport {
  private readonly parts: readonly PersonalDataPart[];

  constructor(private readonly deps: Deps) {
    const { attempts, audit, mail, recoveryAddresses, sessions } = deps;
    this.parts = [
      userDataOf,
      mfaDataOf(recoveryAddresses),
      accessDataOf,
      ssoSignInDataOf,
      connectionsDataOf,
      serviceAccountDataOf,
      auditDataOf(audit.persons),
      async (db, person) => ({
        attempt_counts: await attempts.of(db, await attemptKeysOf(sessions, db, person)),
        outgoing_mails: await mail.waitingFor(db, person.email),
      }),
    ];
  }

  /**
   * For an admin who may change the user.
   *
   * @throws Problem `forbidden`, `reauthentication_required`, `not_found`
   */
  async ofUser(caller: Caller, id: string): Promise<PersonalData> {
    const { email, organization } = await this.deps.users.findEditable(caller, id);
    return this.collect(caller, { id, email, organizationId: organization.id }, { actor: partyOf(caller) });
  }

  /** For the person itself. @throws Problem `reauthentication_required` */
  async ofCaller(caller: Caller): Promise<PersonalData> {
    if (!caller.isFresh) throw reauthenticationRequired(caller);
    const { userId: id, email, organization } = caller;
    return this.collect(caller, { id, email, organizationId: organization.id }, ownDoing(caller));
  }

  /**
   * For the operator.
   *
   * @param who address in any spelling, or id
   * @throws Problem `not_found`
   */
  async byOperator(who: string): Promise<PersonalData> {
    const { userId: id, email, organizationId } = await accountOf(this.deps.passwords, who);
    return this.collect(null, { id, email, organizationId }, { actor: { id: null, name: 'operator: users export' } });
  }

  /** As of one moment, and told to the log. */
  private async collect(caller: Caller | null, user: PersonalData['user'], by: Pick<AuditEntry, 'actor'>) {
    const { audit, clock, database } = this.deps;
    return database.transaction(
      async (tx) => {
        const data = await this.dataOf(tx, user);
        const { id: userId, email, organizationId } = user;
        await audit.record(tx, caller?.origin ?? null, {
          ...{ action: 'user.exported', subject: partyOf({ userId, email }), organizationId },
          ...by,
        });
        return { exportedAt: clock.now(), user, data };
      },
      { isolationLevel: 'RepeatableRead', timeout: EXPORT_MS },
    );
  }

  private async dataOf(tx: Transaction, user: PersonalData['user']): Promise<PersonalRows> {
    const data: PersonalRows = {};
    for (const part of this.parts) Object.assign(data, await part(tx, user));
    return data;
  }
}

/** A log of a hundred thousand events is read in some seconds. */
const EXPORT_MS = 60_000;
