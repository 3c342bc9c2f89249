import { isDeepStrictEqual } from 'node:util';
import { type Caller, MOST_PASSKEYS, type PasskeyModels, Problem } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import { type Database, type Db, isUniqueViolation } from '../../../platform/database/database.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { PasswordHasher } from '../../../platform/passwords/hasher.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../../audit/index.ts';
import { effectiveSettings } from '../../organizations/index.ts';
import { makeBackupCodes } from '../backup-codes.ts';
import type { FactorChanges } from '../factor-changes.ts';
import type { ReauthenticationService } from '../reauthentication.ts';
import type { ReenrollmentPasses, ShownPass } from '../reenrollment-pass.ts';
import type { SecondFactorService } from '../second-factor.ts';
import type { Shown } from '../shown.ts';
import { assertMayAddFactor } from '../status.ts';
import type { PasskeyAnswers } from './answers.ts';
import { ModelFault, type ModelRefusal, PasskeyFault } from './faults.ts';
import { type CreationAnswer, creationOptions, type RelyingParty } from './relying-party.ts';
import { type Asked, credentialAttemptKey, passkeysStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  hasher: PasswordHasher;
  mail: MailOutbox;
  audit: AuditService;
  reauthentication: ReauthenticationService;
  answers: PasskeyAnswers;
  changes: FactorChanges;
  passes: ReenrollmentPasses;
  secondFactor: SecondFactorService;
  relyingParty: RelyingParty;
}

const enrollmentOf = ({ session }: Caller): Asked => ({ holderId: session.id, purpose: 'enrollment' });

/** The passkeys and security keys of a user, as second factors. */
export class PasskeysService {
  constructor(private readonly deps: Deps) {}

  /**
   * Begins to add a passkey in this session; it changes nothing until the passkey has answered (SEC-11).
   *
   * @returns what `navigator.credentials.create` is called with
   * @throws Problem `mfa_requires_local_password`, `local_sign_in_disabled`, `reauthentication_required`, `too_many_passkeys`,
   *   `invalid_credentials`, `pass_required`, `too_many_attempts`
   */
  async startEnrollment(caller: Caller, { password, pass }: { password: string; pass?: string }) {
    const { answers, audit, database, reauthentication, relyingParty } = this.deps;
    assertMayAddFactor(caller);
    const known = await passkeysStore(database.client).listCredentials(caller.userId);
    if (known.length >= MOST_PASSKEYS) throw new Problem('too_many_passkeys', { detail: 'Remove one first.' });
    const challenge = await reauthentication.run(
      caller,
      'mfa.attempt_failed',
      { password, shown: null },
      async (settle) => {
        await this.matchPass(caller, pass);
        return database.transaction(async (tx) => {
          await settle(tx);
          await audit.record(tx, caller.origin, {
            action: 'mfa.enrollment_started',
            ...ownDoing(caller),
            details: { kind: 'passkey' },
          });
          return answers.newChallenge(tx, caller.userId, enrollmentOf(caller));
        });
      },
    );
    return creationOptions(relyingParty, caller, challenge, known, (await this.modelsOf(caller)) !== null);
  }

  /**
   * Adds the passkey that answered. With the first factor come the backup codes, and the session is renewed at aal 2; one
   * that no passkey had proved so far is renewed too.
   *
   * @throws Problem `mfa_requires_local_password`, `local_sign_in_disabled`, `reauthentication_required`, `no_pending_enrollment`,
   *   `invalid_passkey`, `passkey_not_allowed`, `pass_required`, `too_many_attempts`, `passkey_already_added`, `too_many_passkeys`
   */
  async confirmEnrollment(
    caller: Caller,
    { name, response, pass }: { name: string; response: CreationAnswer; pass?: string },
  ) {
    const { answers, changes, clock, database, mail, relyingParty } = this.deps;
    assertMayAddFactor(caller);
    const { userId } = caller;
    const challenge = await answers.takeChallenge(userId, enrollmentOf(caller));
    if (challenge === null) throw new Problem('no_pending_enrollment', { detail: 'Begin again with Add a passkey.' });
    const models = await this.modelsOf(caller);
    const { verifyCreation } = await import('./verification.ts');
    const made = await verifyCreation(relyingParty, challenge, response, models, clock.now()).catch((error: unknown) =>
      refuse(error, models),
    );
    const shownPass = await this.matchPass(caller, pass);
    const first = caller.mfaEnabled ? null : await makeBackupCodes(this.deps, userId);
    const factor = {
      id: newId(),
      kind: 'passkey' as const,
      name: name.trim(),
      createdAt: clock.now(),
      lastUsedAt: null,
      discoverable: made.discoverable,
    };
    const { createdAt, id } = factor;
    const session = await database
      .transaction(async (tx) => {
        await changes.hold(tx, caller);
        // Judged by a list that is no more, it could be of a model that is not taken any longer.
        if (!isDeepStrictEqual(await this.modelsOf(caller, tx), models)) throw listChanged();
        const store = passkeysStore(tx);
        if ((await store.count(userId)) >= MOST_PASSKEYS) throw new Problem('too_many_passkeys');
        return changes.add(tx, caller, factor, first && { backupCodes: first.set, pass: shownPass }, () =>
          store.insert({ ...made, id, userId, name: factor.name, createdAt }),
        );
      })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Problem('passkey_already_added') : error;
      });
    mail.poke();
    return { session, added: { factor, ...(first && { backupCodes: first.codes }) } };
  }

  /** @throws Problem `not_found` */
  async rename(caller: Caller, id: string, name: string) {
    const { audit, changes, database } = this.deps;
    return database.transaction(async (tx) => {
      await changes.hold(tx, caller);
      const store = passkeysStore(tx);
      const before = await store.find(caller.userId, id);
      const after = await store.rename(caller.userId, id, name.trim());
      if (before === null || after === null) throw new Problem('not_found');
      const changed = { kind: 'passkey', name: [before.name, after.name] };
      await audit.record(tx, caller.origin, { action: 'factor.renamed', ...ownDoing(caller), details: changed });
      return passkeyView(after);
    });
  }

  /**
   * Takes a passkey away; every other session ends. The last factor takes MFA and the backup codes with it.
   *
   * @throws Problem `not_found`, `invalid_credentials`, `invalid_code`, `too_many_attempts`
   */
  async remove(caller: Caller, id: string, proofs: { password: string; shown: Shown }): Promise<void> {
    const { changes, database, mail, reauthentication } = this.deps;
    const passkey = await passkeysStore(database.client).find(caller.userId, id);
    if (passkey === null) throw new Problem('not_found');
    await reauthentication.run(caller, 'mfa.attempt_failed', proofs, (settle) =>
      database.transaction(async (tx) => {
        await settle(tx);
        if (!(await passkeysStore(tx).remove(caller.userId, id))) throw new Problem('not_found');
        await changes.removed(tx, caller, { kind: 'passkey', name: passkey.name });
      }),
    );
    mail.poke();
  }

  /** Asks for a passkey of the signed-in user, as second factor before a change. @throws Problem `not_found` */
  async askAgain({ session, userId }: Caller) {
    return this.deps.answers.ask(userId, { holderId: session.id, purpose: 'reauthentication' });
  }

  /** Deletes the challenges that nobody answered in time. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return passkeysStore(database.client).purgeChallenges(clock.now());
  }

  /** Which passkeys the organisation of the caller takes; null: any. */
  private async modelsOf({ organization }: Caller, db: Db = this.deps.database.client): Promise<PasskeyModels | null> {
    return (await effectiveSettings(db, organization.id)).passkeyModels;
  }

  /** The pass that the first factor needs after a reset; it counts as a code does. */
  private async matchPass(caller: Caller, pass: string | undefined): Promise<ShownPass> {
    const { database, passes, secondFactor } = this.deps;
    const { userId } = caller;
    const shown = await passes.shownBy(caller, pass);
    if (shown === null) return null;
    return secondFactor.counted(caller, async () => {
      const judged = await passes.match(shown);
      await secondFactor.giveBack(database.client, userId);
      return judged;
    });
  }
}

/** Under which names the answers of the user's passkeys that were refused are counted. */
export const passkeyAttemptKeysOf = async (db: Db, userId: string): Promise<string[]> =>
  (await passkeysStore(db).listCredentials(userId)).map(({ credentialId }) => credentialAttemptKey(credentialId));

/** A passkey as its owner sees it. */
export const passkeyView = ({
  usedAt,
  ...passkey
}: {
  id: string;
  name: string;
  createdAt: Date;
  usedAt: Date | null;
  discoverable: boolean | null;
}) => ({ ...passkey, kind: 'passkey' as const, lastUsedAt: usedAt });

const REFUSED: Record<ModelRefusal, string> = {
  untold:
    'It did not prove which model it is. Where the browser asks, let it pass on make and model; what is kept in a password manager or on a phone proves none.',
  other_model: 'It is of another model.',
  unvouched: 'No maker that your organization trusts vouches for it.',
};

const listChanged = () =>
  new Problem('passkey_not_allowed', {
    detail: 'Which models your organization takes has just changed. Begin again with Add a passkey.',
  });

/** Refuses an answer; one of another model than those of the organisation with what would do. */
function refuse(error: unknown, models: PasskeyModels | null): never {
  if (error instanceof ModelFault) {
    const names = models?.models.map(({ name }) => name).join(', ');
    const instead = names ? `Use one of these: ${names}.` : 'No model is allowed at present. Ask an administrator.';
    throw new Problem('passkey_not_allowed', { detail: `${REFUSED[error.refusal]} ${instead}`, cause: error });
  }
  if (!(error instanceof PasskeyFault)) throw error;
  throw new Problem('invalid_passkey', {
    detail: 'The browser answered with something else. Try again.',
    cause: error,
  });
}
