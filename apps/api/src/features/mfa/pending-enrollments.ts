import { type Caller, ENROLLMENT_SECONDS, Problem } from '@sallyport/core';
import { matchingTimeStep, newTotpSecret, otpauthUri, refusalOf, secretText } from '@sallyport/core/totp';
import { newId } from '../../platform/crypto/ids.ts';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { qrCode } from './qr-code.ts';
import { invalidCode, type Refusal } from './refusal.ts';
import { mfaStore, type PendingEnrollment, secretContext } from './store.ts';

/** The name that authenticator apps show beside the account. */
const ISSUER = 'Sallyport';

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  audit: AuditService;
}

/** Secrets that are being put into an authenticator app, each bound to its session for ten minutes (SEC-11). */
export class PendingEnrollments {
  constructor(private readonly deps: Deps) {}

  /**
   * Makes a secret for the session, which ends an earlier one of the user, and tells the log of it.
   *
   * @param replaces whether the app is to take the place of another one
   * @returns the key (base32), its Key URI and a QR code of it as an SVG data URL; shown only here
   */
  async begin(db: Db, caller: Caller, { replaces }: { replaces: boolean }) {
    const { audit, clock, keyring } = this.deps;
    const { email: account, origin, session, userId } = caller;
    const secret = newTotpSecret();
    const id = newId();
    const expiresAt = new Date(clock.now().getTime() + ENROLLMENT_SECONDS * 1000);
    const sealed = Uint8Array.from(keyring.seal(secret, secretContext(userId, id)));
    const event = await audit.row(origin, { action: 'mfa.enrollment_started', ...ownDoing(caller) });
    const pending = { id, userId, sessionId: session.id, secret: sealed, expiresAt, replaces };
    await mfaStore(db).savePending(pending, event);
    const uri = otpauthUri({ issuer: ISSUER, account, secret });
    return { secret: secretText(secret), otpauthUri: uri, qrCode: qrCode(uri), expiresAt };
  }

  /** What the session has begun. @throws Problem `no_pending_enrollment` */
  async find({ session, userId }: Caller, { replaces }: { replaces: boolean }): Promise<PendingEnrollment> {
    const { clock, database } = this.deps;
    const pending = await mfaStore(database.client).findPending(
      { userId, sessionId: session.id, replaces },
      clock.now(),
    );
    if (!pending) throw noPendingEnrollment();
    return pending;
  }

  /**
   * The time step of a code of the app, which proves that the secret is in it.
   *
   * @throws Problem `invalid_code`
   */
  match({ id, secret, userId }: PendingEnrollment, code: string): number {
    const { clock, keyring } = this.deps;
    const key = keyring.open(secret, secretContext(userId, id));
    const nowMs = clock.now().getTime();
    const step = matchingTimeStep(key, code, nowMs, 0);
    if (step === null) throw invalidCode(refusalOfEnrollment(key, code, nowMs));
    return step;
  }

  /** Takes it away in the transaction of what it leads to. @throws Problem `no_pending_enrollment` */
  async take(tx: Transaction, { id, sessionId }: PendingEnrollment): Promise<void> {
    if (!(await mfaStore(tx).takePending(id, sessionId, this.deps.clock.now()))) throw noPendingEnrollment();
  }
}

/** Nothing is given away: whoever enrols has the secret. */
function refusalOfEnrollment(secret: Uint8Array, code: string, nowMs: number): Refusal {
  const { reason, clockSkewSeconds } = refusalOf(secret, code, nowMs, -1);
  return { reason, ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }) };
}

const noPendingEnrollment = (): Problem =>
  new Problem('no_pending_enrollment', { detail: 'Begin again; the key that was shown is not valid any more.' });
