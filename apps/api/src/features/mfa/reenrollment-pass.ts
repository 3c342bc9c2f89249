import { type Caller, Problem, REENROLLMENT_PASS_SECONDS } from '@sallyport/core';
import { newCode } from '@sallyport/core/backup-codes';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { findCode, hashCodes } from './backup-codes.ts';
import { type HashedPass, passContext, reenrollmentPassStore } from './reenrollment-pass.store.ts';

interface Deps {
  clock: Clock;
  database: Database;
  keyring: Keyring;
  hasher: PasswordHasher;
}

/** What a user shows for the pass that is awaited. */
export interface UnjudgedPass {
  awaited: HashedPass;
  shown: string;
}

/** Hash of the pass that a user showed; null where the user needs none. */
export type ShownPass = Uint8Array<ArrayBuffer> | null;

/**
 * What a reset of MFA gives to the admin, for the user alone: without it nobody sets up MFA afterwards, so that a thief
 * who has the password is not first (decision 0034).
 */
export class ReenrollmentPasses {
  constructor(private readonly deps: Deps) {}

  /**
   * A pass that the user is asked for from now on, to be read out.
   *
   * @returns `XXXX-XXXX-XXXX` in Crockford's base32, 60 random bits
   * @throws Problem `overloaded`
   */
  async issue(tx: Transaction, userId: string): Promise<string> {
    const { pass, hashed } = await this.make(userId);
    await reenrollmentPassStore(tx).save(hashed);
    return pass;
  }

  /** The same in the place of one that was given before. @throws Problem `no_pass_awaited`, `overloaded` */
  async reissue(tx: Transaction, userId: string): Promise<string> {
    const { pass, hashed } = await this.make(userId);
    if (!(await reenrollmentPassStore(tx).replace(hashed))) throw new Problem('no_pass_awaited');
    return pass;
  }

  /** Whether the user needs one. */
  async isAwaited(userId: string): Promise<boolean> {
    return (await this.find(userId)) !== null;
  }

  /**
   * What the caller shows, to be judged; null where none is needed. Nothing is judged, and so nothing counted, where none
   * is shown.
   *
   * @throws Problem `pass_required` where one is needed and none is shown
   */
  async shownBy({ mfaEnabled, userId }: Caller, shown: string | undefined): Promise<UnjudgedPass | null> {
    const awaited = mfaEnabled ? null : await this.find(userId);
    if (awaited === null) return null;
    if (shown === undefined) throw passRequired();
    return { awaited, shown };
  }

  /**
   * Judges what a user shows, to be taken in the transaction that turns MFA on. One attempt, which the caller counts.
   *
   * @throws Problem `pass_required` for a wrong one, or one that is too old
   */
  async match({ awaited, shown }: UnjudgedPass): Promise<ShownPass> {
    const hash = await findCode(this.deps, awaited, [awaited.hash], passContext(awaited.userId), shown);
    if (hash === null || awaited.issuedAt <= this.oldest()) throw passRequired();
    return hash;
  }

  /** @throws Problem `pass_required` where another pass is needed by now */
  async take(tx: Transaction, userId: string, shown: ShownPass): Promise<void> {
    if (!(await reenrollmentPassStore(tx).take(userId, shown, this.oldest()))) throw passRequired();
  }

  private async find(userId: string): Promise<HashedPass | null> {
    return reenrollmentPassStore(this.deps.database.client).find(userId);
  }

  private async make(userId: string): Promise<{ pass: string; hashed: HashedPass }> {
    const pass = newCode();
    const { salt, secret, hashes } = await hashCodes(this.deps, [pass], passContext(userId));
    const [hash = new Uint8Array()] = hashes;
    return { pass, hashed: { userId, salt, secret, hash, issuedAt: this.deps.clock.now() } };
  }

  private oldest(): Date {
    return new Date(this.deps.clock.now().getTime() - REENROLLMENT_PASS_SECONDS * 1000);
  }
}

const passRequired = (): Problem =>
  new Problem('pass_required', {
    detail:
      'Enter the re-enrollment pass that your administrator gave you, or that was mailed to your recovery address. It is taken for seven days; ask for another one if you have none.',
    errors: [{ pointer: '/pass', message: 'is missing, wrong or too old' }],
  });
