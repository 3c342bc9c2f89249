import { type Origin, Problem, passwordPolicy } from '@sallyport/core';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Database } from '../../platform/database/database.ts';
import { type Attempts, claimOf } from '../../platform/limits/attempts.store.ts';
import type { FairQueue } from '../../platform/limits/fair-queue.ts';
import { judged } from '../../platform/limits/judged.ts';
import type { KeyedQueue } from '../../platform/limits/keyed-queue.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { Pause } from '../../platform/limits/pause.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Candidate, ChallengesService, SessionsService } from '../access/index.ts';
import type { AuditService, EventsOfStrangers } from '../audit/index.ts';
import {
  bytesOf,
  type Challenge,
  credentialAttemptKey,
  type PasskeyAnswer,
  type PasskeyAnswers,
  type PasskeyColumns,
  type Proof,
  secondFactorKey,
  tooManyCodes,
} from '../mfa/index.ts';
import type { OrganizationsService } from '../organizations/index.ts';
import { SignInDoor, tooManyPasswords } from './door.ts';
import { localSignInDisabled, SignInOutcomes } from './outcomes.ts';
import { type Browser, prepareSignIn, type SignedIn, settingsOf } from './preparation.ts';
import { type PasskeyAttempt, signInStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  queue: KeyedQueue;
  door: FairQueue;
  limiter: SourceLimiter;
  pause: Pause;
  keyring: Keyring;
  metrics: Metrics;
  audit: AuditService;
  strangers: EventsOfStrangers;
  sessions: SessionsService;
  challenges: ChallengesService;
  organizations: OrganizationsService;
  passkeys: PasskeyAnswers;
}

/** What the browser is bound by between the question and the answer, of the form that we give. */
const isToken = (token: string | undefined): token is string => token !== undefined && /^[\w-]{43}$/.test(token);

/**
 * Sign-in by a passkey alone: one that is found without being named, and verified its user. It takes the place of email,
 * password and second step, and what holds for those holds for it (decision 0032).
 */
export class PasswordlessService {
  private readonly door: SignInDoor;
  private readonly outcomes: SignInOutcomes;

  constructor(private readonly deps: Deps) {
    this.door = new SignInDoor(deps);
    this.outcomes = new SignInOutcomes(deps);
  }

  /**
   * What the browser asks for any passkey with.
   *
   * @param token what the browser is bound by; one that it has already goes on, so that two tabs do not disturb each other
   * @throws Problem `passwordless_disabled` where no organisation lets passkeys sign in alone
   */
  async ask(token: string | undefined) {
    const { organizations, passkeys } = this.deps;
    if (!(await organizations.isPasswordlessAnywhere())) throw passwordlessDisabled();
    const browserToken = isToken(token) ? token : newToken();
    return { browserToken, options: passkeys.askAnybody(browserToken) };
  }

  /**
   * Signs in whom the passkey says. Only to whoever has it is anything told but that it was not accepted (SEC-2).
   *
   * @param token what the browser was bound by when it asked
   * @throws Problem `invalid_passkey`, `passwordless_disabled`, `local_sign_in_disabled`, `too_many_attempts`, `overloaded`
   */
  async signIn(origin: Origin, browser: Browser, token: string | undefined, answer: PasskeyAnswer): Promise<SignedIn> {
    return this.outcomes.counted(this.admit(origin, browser, token, answer));
  }

  private async admit(
    origin: Origin,
    browser: Browser,
    token: string | undefined,
    answer: PasskeyAnswer,
  ): Promise<SignedIn> {
    const { database } = this.deps;
    const credentialId = bytesOf(answer.id);
    const accountKey = credentialAttemptKey(credentialId);
    const deviceHash = browser.deviceToken === undefined ? null : hashToken(browser.deviceToken);
    const isKnown =
      deviceHash === null ? null : () => signInStore(database.client).knowsDevice(credentialId, deviceHash);
    return this.door.passkey(origin, { accountKey, isKnown }, () =>
      this.judge(origin, browser, token, answer, { credentialId, accountKey, deviceHash }),
    );
  }

  private async judge(
    origin: Origin,
    browser: Browser,
    token: string | undefined,
    answer: PasskeyAnswer,
    tried: {
      credentialId: Uint8Array<ArrayBuffer>;
      accountKey: string;
      deviceHash: Uint8Array<ArrayBuffer> | null;
    },
  ): Promise<SignedIn> {
    const { attempts, clock, database, passkeys } = this.deps;
    const { credentialId, accountKey, deviceHash } = tried;
    const claimedAt = clock.now();
    return judged({
      claim: async () => {
        const store = signInStore(database.client);
        const attempt = await store.claimPasskeyAttempt(credentialId, accountKey, deviceHash, claimedAt);
        const claim = claimOf(attempt, passwordPolicy);
        if (claim.granted) return attempt;
        attempts.rememberBlock(attempt.key, claim.retryAfterSeconds, claimedAt);
        throw tooManyPasswords(claim.retryAfterSeconds);
      },
      judge: async (attempt) => {
        const challenge = passkeys.challengeOfAnybody(isToken(token) ? token : undefined, answer);
        if (challenge === null) return this.refuse(origin, attempt);
        const passkey = isSomebodys(attempt) ? attempt : null;
        const proof = await passkeys.matchAlone(origin, passkey, answer, challenge.challenge);
        if (proof === null || passkey === null || passkey.status !== 'active') return this.refuse(origin, attempt);
        return this.proceed(origin, browser, passkey, challenge, proof);
      },
      release: ({ key }) => attempts.release(database.client, key, claimedAt),
    });
  }

  private async proceed(
    origin: Origin,
    browser: Browser,
    attempt: PasskeyAttempt & Candidate & PasskeyColumns,
    { spent }: Challenge,
    proof: Proof,
  ): Promise<SignedIn> {
    const { challenges } = this.deps;
    const { localSignInEnabled, passwordlessEnabled } = settingsOf(attempt);
    if (!localSignInEnabled) {
      await this.outcomes.failed(origin, 'passkey', attempt, 'local_sign_in_disabled');
      throw localSignInDisabled();
    }
    if (!passwordlessEnabled) {
      await this.outcomes.failed(origin, 'passkey', attempt, 'passwordless_disabled');
      throw passwordlessDisabled();
    }
    await this.assertNotLocked(attempt);
    const { opening, signedIn } = await prepareSignIn(this.deps, origin, browser, attempt, {
      attemptKey: attempt.key,
      mfaEnabled: true,
      secondFactor: 'passkey',
      firstStep: { method: 'passkey', connectionId: null, federation: null },
    });
    if (await challenges.openByPasskey(opening, spent, proof)) return signedIn;
    return this.refuse(origin, attempt);
  }

  /** A lock of the second factor holds for this way in too (SEC-4). What is refused for it counts for nothing here. */
  private async assertNotLocked({ key, userId }: Pick<PasskeyAttempt, 'key'> & Candidate): Promise<void> {
    const { attempts, clock, database } = this.deps;
    const now = clock.now();
    const seconds = await attempts.blockedSeconds(database.client, secondFactorKey(userId), now);
    if (seconds === null) return;
    await attempts.release(database.client, key, now);
    throw tooManyCodes(seconds);
  }

  /** One answer for a passkey of nobody, a wrong or spent answer, and a user who may not. */
  private async refuse(origin: Origin, attempt: PasskeyAttempt): Promise<never> {
    const { status, userId } = attempt;
    const reason = userId === null ? 'unknown_passkey' : status === 'active' ? 'wrong_passkey' : (status ?? '');
    await this.outcomes.failed(origin, 'passkey', attempt, reason);
    throw new Problem('invalid_passkey', {
      detail: 'Try again, or sign in with your password.',
      next: { action: 'sign_in' },
    });
  }
}

const isSomebodys = (attempt: PasskeyAttempt): attempt is PasskeyAttempt & Candidate & PasskeyColumns =>
  attempt.userId !== null;

const passwordlessDisabled = (): Problem =>
  new Problem('passwordless_disabled', {
    detail: 'Your organization does not let passkeys sign in by themselves. Sign in with your password.',
    next: { action: 'sign_in' },
  });
