import { type Caller, type IssuedSession, isProvedByPassword, reauthenticationRequired } from '@sallyport/core';
import type { Database } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { SessionsService } from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { type ReauthenticationService, wrongPassword } from './reauthentication.ts';
import { type ShownInRequest, shownWhereEnabled } from './shown.ts';

interface Deps {
  database: Database;
  mail: MailOutbox;
  audit: AuditService;
  reauthentication: ReauthenticationService;
  sessions: SessionsService;
}

/** A fresh proof within a session, for what changes others' access (SEC-43). */
export class StepUpService {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes the session fresh with the current password, and with a second factor where there is one.
   *
   * @returns the session that takes the place of one that had not passed the second factor; null where it goes on
   * @throws Problem `invalid_credentials`, `invalid_code`, `too_many_attempts`; `reauthentication_required` for whom a
   *   password proves nothing (SEC-6), who signs in anew at the provider
   */
  async prove(caller: Caller, input: { password?: string } & ShownInRequest): Promise<IssuedSession | null> {
    if (!isProvedByPassword(caller)) throw reauthenticationRequired(caller);
    if (input.password === undefined) throw wrongPassword();
    const { audit, database, mail, reauthentication, sessions } = this.deps;
    const proofs = { password: input.password, shown: shownWhereEnabled(caller, input) };
    const replaced = await reauthentication.run(caller, 'session.step_up_failed', proofs, (settle) =>
      database.transaction(async (tx) => {
        const spent = await settle(tx);
        const session = await sessions.freshen(tx, caller, spent);
        const sessionId = session?.id ?? caller.session.id;
        await audit.record(tx, caller.origin, {
          action: 'session.stepped_up',
          ...ownDoing(caller),
          details: { secondFactor: spent, sessionId },
        });
        return session;
      }),
    );
    mail.poke();
    return replaced;
  }
}
