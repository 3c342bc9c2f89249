import { CANDIDATE_SECONDS, type Caller, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { candidateAdded } from '../mails/index.ts';
import { candidateStore } from './candidate-app.store.ts';
import type { FactorChanges } from './factor-changes.ts';
import type { PendingEnrollments } from './pending-enrollments.ts';
import type { ReauthenticationService } from './reauthentication.ts';
import type { SecondFactorService } from './second-factor.ts';
import type { Proofs } from './service.ts';
import { assertMayHaveFactors } from './status.ts';
import { mfaStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  mail: MailOutbox;
  changes: FactorChanges;
  pending: PendingEnrollments;
  reauthentication: ReauthenticationService;
  secondFactor: SecondFactorService;
}

/**
 * The authenticator app of another phone, which takes the place of the present one by the sign-in in which it proves
 * itself. Until then the present one works (decision 0036).
 */
export class CandidateAppService {
  constructor(private readonly deps: Deps) {}

  /**
   * Begins to set up another app, with password and second factor; it changes nothing until it is confirmed.
   *
   * @returns as for an enrolment
   * @throws Problem `not_found` without an app, `local_sign_in_disabled`, `invalid_credentials`, `invalid_code`,
   *   `too_many_attempts`
   */
  async start(caller: Caller, proofs: Proofs) {
    const { database, mail, pending, reauthentication } = this.deps;
    assertMayHaveFactors(caller);
    if (!(await mfaStore(database.client).hasAuthenticator(caller.userId))) throw new Problem('not_found');
    const enrollment = await reauthentication.run(caller, 'mfa.attempt_failed', proofs, (settle) =>
      database.transaction(async (tx) => {
        await settle(tx);
        return pending.begin(tx, caller, { replaces: true });
      }),
    );
    mail.poke();
    return enrollment;
  }

  /**
   * Keeps the app as the candidate, in the place of an earlier one, once a code has shown that the secret is in it. The
   * code is spent (SEC-12).
   *
   * @throws Problem `no_pending_enrollment`, `invalid_code`, `too_many_attempts`
   */
  async confirm(caller: Caller, code: string): Promise<{ createdAt: Date; expiresAt: Date }> {
    const { changes, clock, database, mail, pending, reauthentication, secondFactor } = this.deps;
    const begun = await pending.find(caller, { replaces: true });
    const candidate = await reauthentication.attempt(caller, 'mfa.attempt_failed', () =>
      secondFactor.counted(caller, async () => {
        const lastStep = pending.match(begun, code);
        const { id, secret, userId } = begun;
        const createdAt = clock.now();
        const expiresAt = new Date(createdAt.getTime() + CANDIDATE_SECONDS * 1000);
        await database.transaction(async (tx) => {
          await changes.hold(tx, caller);
          await pending.take(tx, begun);
          await secondFactor.giveBack(tx, userId);
          if (!(await candidateStore(tx).save({ id, userId, secret, lastStep, createdAt, expiresAt })))
            throw new Problem('not_found');
          await mail.enqueue(tx, candidateAdded({ to: caller.email, until: expiresAt }));
          await this.record(tx, caller, 'mfa.candidate_added');
        });
        return { createdAt, expiresAt };
      }),
    );
    mail.poke();
    return candidate;
  }

  /** Gives the candidate up; the present app stays. @throws Problem `not_found` where there is none */
  async remove(caller: Caller): Promise<void> {
    const { changes, clock, database } = this.deps;
    await database.transaction(async (tx) => {
      await changes.hold(tx, caller);
      if (!(await candidateStore(tx).remove(caller.userId, clock.now()))) throw new Problem('not_found');
      await this.record(tx, caller, 'mfa.candidate_removed');
    });
  }

  /** Deletes the candidates that proved themselves in no sign-in in time. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return candidateStore(database.client).purge(clock.now());
  }

  private async record(
    tx: Transaction,
    caller: Caller,
    action: 'mfa.candidate_added' | 'mfa.candidate_removed',
  ): Promise<void> {
    await this.deps.audit.record(tx, caller.origin, { action, ...ownDoing(caller) });
  }
}
