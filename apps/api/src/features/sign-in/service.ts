import {
  DEFAULT_SETTINGS,
  emailDomain,
  methodsOf,
  type NextStep,
  normalizeEmail,
  type Origin,
  Problem,
  passwordPolicy,
  recoveryHoursOf,
  type SecondFactorMethod,
  secondFactorPolicy,
} from '@sallyport/core';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { hashToken } from '../../platform/crypto/tokens.ts';
import type { Database, Db } from '../../platform/database/database.ts';
import { type Attempts, claimOf } from '../../platform/limits/attempts.store.ts';
import type { FairQueue } from '../../platform/limits/fair-queue.ts';
import { judged } from '../../platform/limits/judged.ts';
import type { KeyedQueue } from '../../platform/limits/keyed-queue.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { Pause } from '../../platform/limits/pause.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type {
  Candidate,
  ChallengeAttempt,
  ChallengesService,
  DeviceToRemember,
  FirstStep,
  MfaRequired,
  Opening,
  RememberedDevicesService,
  SessionsService,
} from '../access/index.ts';
import type { AuditService, EventsOfStrangers } from '../audit/index.ts';
import {
  type FactorChanges,
  invalidCode,
  notTaken,
  type PasskeyAnswers,
  type Proof,
  type SecondFactorService,
  type Shown,
  type ShownInRequest,
  secondFactorKey,
  shownAtSignIn,
  tooManyCodes,
} from '../mfa/index.ts';
import { effectiveSettings, type OrganizationsService } from '../organizations/index.ts';
import type { SsoDirectory } from '../sso/index.ts';
import { type CredentialsService, passwordAttemptKey } from '../users/index.ts';
import { SignInDoor, tooManyPasswords } from './door.ts';
import { localSignInDisabled, SignInOutcomes } from './outcomes.ts';
import {
  type Browser,
  deviceTokenOf,
  methodsAtSecondStep,
  prepareSignIn,
  rememberedDays,
  type SignedIn,
  settingsOf,
} from './preparation.ts';
import { type PasswordAttempt, signInStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  queue: KeyedQueue;
  door: FairQueue;
  limiter: SourceLimiter;
  pause: Pause;
  hasher: PasswordHasher;
  keyring: Keyring;
  mail: MailOutbox;
  metrics: Metrics;
  audit: AuditService;
  strangers: EventsOfStrangers;
  sessions: SessionsService;
  devices: RememberedDevicesService;
  changes: FactorChanges;
  challenges: ChallengesService;
  passwords: CredentialsService;
  organizations: OrganizationsService;
  secondFactor: SecondFactorService;
  passkeys: PasskeyAnswers;
  sso: SsoDirectory;
}

/** The first step was made, and the second takes any of the methods. */
export type SecondStep = MfaRequired & {
  methods: SecondFactorMethod[];
  /** For how many days this browser can be remembered; 0: it cannot. */
  rememberDeviceDays: number;
  /** How many hours a reset waits that is asked for by a recovery address; null: the organisation allows none. */
  recoveryDelayHours: number | null;
};

/** What a request shows at the second step. */
type ShownAtSecondStep = ShownInRequest & { method: SecondFactorMethod; rememberDevice?: boolean };

/** How the second step is made. */
interface SecondStepBy {
  method: SecondFactorMethod;
  /** Whether this browser is to stand for it from then on, where that is allowed. */
  rememberDevice: boolean;
}

/** A first step whose password was right. */
interface JudgedFirstStep {
  /** What it was judged by. */
  passwordHash: string;
  /** For how many days a browser may stand for the second step; 0: none may. */
  rememberDeviceDays: number;
}

/** Sign-in with a local password, in one step or two. */
export class SignInService {
  private readonly door: SignInDoor;
  private readonly outcomes: SignInOutcomes;

  constructor(private readonly deps: Deps) {
    this.door = new SignInDoor(deps);
    this.outcomes = new SignInOutcomes(deps);
  }

  /**
   * The first step. One argon2id verification and two database round trips, whoever the address belongs to (SEC-2).
   *
   * @throws Problem `invalid_credentials`, `local_sign_in_disabled`, `too_many_attempts`, `overloaded`
   */
  async signIn(
    origin: Origin,
    browser: Browser,
    input: { email: string; password: string },
  ): Promise<SignedIn | SecondStep> {
    return this.outcomes.counted(this.admitPassword(origin, browser, input));
  }

  /** By the door, and there by a way of its own for a browser that the address signed in with before. */
  private async admitPassword(
    origin: Origin,
    browser: Browser,
    input: { email: string; password: string },
  ): Promise<SignedIn | SecondStep> {
    const email = normalizeEmail(input.email);
    const accountKey = passwordAttemptKey(email);
    const deviceToken = deviceTokenOf(this.deps.keyring, browser, email);
    const deviceHash = deviceToken === null ? null : hashToken(deviceToken);
    const deviceKey = deviceHash === null ? null : `device:${Buffer.from(deviceHash).toString('base64url')}`;
    return this.door.password(origin, { deviceKey, accountKey, domain: emailDomain(email) }, () =>
      this.judgePassword(origin, browser, { email, accountKey, deviceHash, password: input.password }),
    );
  }

  /**
   * The second step, with the challenge that the first one gave to this browser (SEC-4). Where the organisation allows it
   * and the user asks for it, the browser stands for it from then on.
   *
   * @throws Problem `challenge_expired`, `invalid_code`, `local_sign_in_disabled`, `too_many_attempts`
   */
  async verify(
    origin: Origin,
    browser: Browser,
    challengeToken: string | undefined,
    input: ShownAtSecondStep,
  ): Promise<SignedIn> {
    return this.outcomes.counted(this.admitCode(origin, browser, challengeToken, input));
  }

  /**
   * Asks for a passkey of the user whose first step gave the challenge to this browser.
   *
   * @returns what `navigator.credentials.get` is called with
   * @throws Problem `challenge_expired`, `not_found` for a user without a passkey
   */
  async askForPasskey(challengeToken: string | undefined) {
    const { challenges, passkeys } = this.deps;
    const pending = challengeToken === undefined ? null : await challenges.find(challengeToken);
    if (!pending) throw challengeExpired();
    return passkeys.ask(pending.userId, { holderId: pending.challengeId, purpose: 'second_step' });
  }

  private async admitCode(
    origin: Origin,
    browser: Browser,
    challengeToken: string | undefined,
    input: ShownAtSecondStep,
  ): Promise<SignedIn> {
    if (challengeToken === undefined) throw challengeExpired();
    const shown = shownAtSignIn(input);
    const { method, rememberDevice = false } = input;
    return this.door.code(origin, () =>
      this.judgeCode(origin, browser, challengeToken, { method, rememberDevice }, shown),
    );
  }

  /**
   * How an address signs in, from its domain alone: says nothing of whether there is such an account. Or, by slug, how
   * people of an organisation do. Where no organisation is known by that, passkeys are tried if they sign in alone anywhere.
   */
  async options({ email, organization: slug }: { email?: string; organization?: string }) {
    const { database, organizations, sso } = this.deps;
    const organizationId =
      email === undefined ? await organizations.idOf(slug ?? '') : await sso.ownerOfDomain(emailDomain(email));
    const settings = organizationId ? await effectiveSettings(database.client, organizationId) : DEFAULT_SETTINGS;
    const connections =
      email !== undefined
        ? await sso.connectionsOfDomain(emailDomain(email))
        : organizationId
          ? await sso.connectionsOfOrganization(organizationId)
          : [];
    const passwordless = organizationId
      ? settings.localSignInEnabled && settings.passwordlessEnabled
      : await organizations.isPasswordlessAnywhere();
    return { localSignIn: settings.localSignInEnabled, passwordless, connections };
  }

  private async judgePassword(
    origin: Origin,
    browser: Browser,
    tried: { email: string; accountKey: string; deviceHash: Uint8Array<ArrayBuffer> | null; password: string },
  ): Promise<SignedIn | SecondStep> {
    const { attempts, clock, database } = this.deps;
    const { email, accountKey, deviceHash, password } = tried;
    const claimedAt = clock.now();
    return judged({
      claim: async () => {
        const attempt = await signInStore(database.client).claimPasswordAttempt(
          email,
          accountKey,
          deviceHash,
          claimedAt,
        );
        const claim = claimOf(attempt, passwordPolicy);
        if (claim.granted) return attempt;
        attempts.rememberBlock(attempt.key, claim.retryAfterSeconds, claimedAt);
        throw tooManyPasswords(claim.retryAfterSeconds);
      },
      judge: (attempt) => this.proceedByPassword(origin, browser, attempt, password),
      release: ({ key }) => attempts.release(database.client, key, claimedAt),
    });
  }

  private async proceedByPassword(
    origin: Origin,
    browser: Browser,
    attempt: PasswordAttempt,
    password: string,
  ): Promise<SignedIn | SecondStep> {
    const { challenges, hasher } = this.deps;
    const { passwordHash } = attempt;
    const verdict = passwordHash === null ? null : await hasher.verify(passwordHash, password);
    if (verdict === null) await hasher.verifyDummy(password);
    if (passwordHash === null || !verdict?.ok || !isActive(attempt)) return this.refusePassword(origin, attempt);

    if (!settingsOf(attempt).localSignInEnabled) return this.refuseLocalSignIn(origin, attempt);
    if (attempt.mfaEnabled) {
      const judged = { passwordHash, rememberDeviceDays: rememberedDays(attempt, this.deps.clock.now()) };
      const next =
        (await this.enterByRememberedDevice(origin, browser, attempt, judged)) ??
        (await this.askForSecondStep(attempt, judged));
      return next ?? this.judgeAgain(origin, browser, attempt, password);
    }
    const { opening, signedIn } = await prepareSignIn(this.deps, origin, browser, attempt, {
      attemptKey: attempt.key,
      mfaEnabled: false,
      secondFactor: null,
      firstStep: byPassword,
    });
    if (!(await challenges.openByPassword(opening, passwordHash)))
      return this.judgeAgain(origin, browser, attempt, password);
    if (verdict.outdated) await this.upgradeHash(attempt.userId, passwordHash, password);
    return signedIn;
  }

  /** Null where the browser does not stand for the second step of the user, or not any more. */
  private async enterByRememberedDevice(
    origin: Origin,
    browser: Browser,
    attempt: PasswordAttempt & Candidate,
    { passwordHash, rememberDeviceDays }: JudgedFirstStep,
  ): Promise<SignedIn | null> {
    const { challenges, devices } = this.deps;
    if (rememberDeviceDays === 0) return null;
    const rememberedDeviceId = await devices.find(attempt.userId, browser.rememberedTokens);
    if (rememberedDeviceId === null) return null;
    const { opening, signedIn } = await prepareSignIn(this.deps, origin, browser, attempt, {
      attemptKey: attempt.key,
      mfaEnabled: true,
      secondFactor: null,
      firstStep: byPassword,
      rememberedDeviceId,
    });
    return (await challenges.openByRememberedDevice(opening, passwordHash, rememberedDeviceId)) ? signedIn : null;
  }

  /** Null where the password was changed, or the user disabled, since it was judged. */
  private async askForSecondStep(
    attempt: PasswordAttempt & Candidate,
    { passwordHash, rememberDeviceDays }: JudgedFirstStep,
  ): Promise<SecondStep | null> {
    const required = await this.deps.challenges.open(attempt.userId, attempt.key, passwordHash);
    return (
      required && {
        ...required,
        methods: methodsAtSecondStep(attempt, byPassword, this.deps.clock.now()),
        rememberDeviceDays,
        recoveryDelayHours: recoveryHoursOf(settingsOf(attempt)),
      }
    );
  }

  /**
   * The password was right when it was judged, and something changed since. Where that is its hash alone, for a sign-in
   * at another instance made it anew, the password is right still.
   */
  private async judgeAgain(
    origin: Origin,
    browser: Browser,
    attempt: PasswordAttempt & Candidate,
    password: string,
  ): Promise<SignedIn | SecondStep> {
    const passwordHash = await this.deps.passwords.findHash(attempt.userId);
    if (passwordHash === null || passwordHash === attempt.passwordHash) return this.refusePassword(origin, attempt);
    return this.proceedByPassword(origin, browser, { ...attempt, passwordHash }, password);
  }

  /** Makes the hash anew with today's parameters; another sign-in will where this one cannot, for it is open already. */
  private async upgradeHash(userId: string, from: string, password: string): Promise<void> {
    const { hasher, passwords } = this.deps;
    await hasher
      .hash(password)
      .then((to) => passwords.upgrade(userId, from, to))
      .catch(() => undefined);
  }

  private async judgeCode(
    origin: Origin,
    browser: Browser,
    challengeToken: string,
    by: SecondStepBy,
    shown: (challengeId: string) => Shown,
  ): Promise<SignedIn> {
    const { attempts, challenges, clock, database, secondFactor } = this.deps;
    const claimedAt = clock.now();
    return judged({
      claim: async () => {
        const attempt = await challenges.claim(challengeToken, browser.deviceToken);
        if (!attempt) throw challengeExpired();
        const claim = claimOf(attempt, secondFactorPolicy);
        if (!claim.granted) throw tooManyCodes(claim.retryAfterSeconds);
        return attempt;
      },
      judge: (attempt) => this.proceedByCode(origin, browser, attempt, by, shown(attempt.challengeId)),
      refused: (attempt) => secondFactor.tellLocked({ ...attempt, origin }, attempt.blocksUntil),
      release: async ({ challengeId, userId }) => {
        await attempts.release(database.client, secondFactorKey(userId), claimedAt);
        await challenges.release(challengeId);
      },
    });
  }

  private async proceedByCode(
    origin: Origin,
    browser: Browser,
    attempt: ChallengeAttempt,
    by: SecondStepBy,
    shown: Shown,
  ): Promise<SignedIn> {
    const { secondFactor } = this.deps;
    const { method } = by;
    // Who came through the provider is asked for the code here, and not for the password (SEC-6).
    if (attempt.method === 'password' && !settingsOf(attempt).localSignInEnabled) throw localSignInDisabled();

    const methods = methodsAtSecondStep(attempt, attempt, this.deps.clock.now());
    // A code that the organization does not take any more is not judged: whether it is right is nobody's to learn.
    const taken = methods.includes(method) || !methodsOf(attempt.factors).includes(method);
    const proof = taken ? await secondFactor.matchAtSignIn({ ...attempt, origin }, attempt, shown) : null;
    const remember = this.deviceToRemember(attempt, by);
    const { opening, signedIn } = await prepareSignIn(this.deps, origin, browser, attempt, {
      attemptKey: secondFactorKey(attempt.userId),
      mfaEnabled: true,
      secondFactor: method,
      firstStep: attempt,
      remember,
    });
    if (proof && (await this.openByCode(origin, browser, attempt, { opening, proof, remember }))) return signedIn;
    await this.outcomes.record(origin, 'session.second_factor_failed', attempt, { method });
    const next = nextAfterWrongCode(attempt, methods);
    if (!taken) throw invalidCode({ ...notTaken, next });
    const refusal = proof ? { reason: 'already_used' as const } : await secondFactor.refusalAtSignIn(attempt, shown);
    throw invalidCode({ ...refusal, next });
  }

  /**
   * Spends the code and opens the session, with all that tells of it: what comes after a commit must not turn a spent
   * code into a refusal (SEC-13). False when a racing request was first.
   */
  private async openByCode(
    origin: Origin,
    browser: Browser,
    attempt: ChallengeAttempt,
    { opening, proof, remember }: { opening: Opening; proof: Proof; remember: DeviceToRemember | null },
  ): Promise<boolean> {
    const { challenges, changes, database, devices, mail, sso } = this.deps;
    const { challengeId, connectionId } = attempt;
    const takesOver = proof.method === 'totp' && proof.takesOver;
    const open = (db: Db) => challenges.openByCode(db, opening, challengeId, proof);
    const isAlone = !takesOver && proof.method !== 'backup_code' && connectionId === null && remember === null;
    if (isAlone) return open(database.client);
    const won = await database.transaction(async (tx) => {
      if (takesOver) {
        await changes.holdUser(tx, attempt.userId);
        await challenges.holdOf(tx, attempt.userId);
      }
      if (!(await open(tx))) return false;
      if (proof.method === 'backup_code') await this.deps.secondFactor.tellBackupCodeUsed(tx, { ...attempt, origin });
      // Before this browser is remembered, for no device is that was.
      if (takesOver) await changes.replaced(tx, { ...attempt, origin }, opening.session.id);
      if (connectionId !== null) await sso.noteSignIn(tx, connectionId);
      if (remember) await devices.remember(tx, { ...attempt, origin }, remember, browser.rememberedTokens);
      return true;
    });
    mail.poke();
    return won;
  }

  /**
   * The browser, where it is to stand for the second step. After the password alone: what a provider vouches for is not
   * for us to shorten. And not by a backup code: whoever has lost the phone may sit at a browser of somebody else.
   */
  private deviceToRemember(
    attempt: ChallengeAttempt,
    { method, rememberDevice }: SecondStepBy,
  ): DeviceToRemember | null {
    if (!rememberDevice || method === 'backup_code' || attempt.method !== 'password') return null;
    return this.deps.devices.prepare(rememberedDays(attempt, this.deps.clock.now()));
  }

  /** One answer for an unknown address, a wrong password, a user who may not, and one without a password. */
  private async refusePassword(origin: Origin, attempt: PasswordAttempt): Promise<never> {
    const { status, userId } = attempt;
    const reason = userId === null ? 'unknown_address' : status === 'active' ? 'wrong_password' : status;
    await this.outcomes.failed(origin, 'password', attempt, reason);
    throw new Problem('invalid_credentials', {
      detail: 'Check both and try again, or ask for a new password.',
      next: { action: 'sign_in' },
    });
  }

  /** The password was right and of no use here: counted and audited like a wrong one (SEC-6). */
  private async refuseLocalSignIn(origin: Origin, attempt: Candidate): Promise<never> {
    await this.outcomes.failed(origin, 'password', attempt, 'local_sign_in_disabled');
    throw localSignInDisabled();
  }
}

const byPassword: FirstStep = { method: 'password', connectionId: null, federation: null };

const isActive = (attempt: PasswordAttempt): attempt is PasswordAttempt & Candidate => attempt.status === 'active';

const challengeExpired = (): Problem =>
  new Problem('challenge_expired', { detail: 'Sign in again from the start.', next: { action: 'sign_in' } });

/** Another code, the password again where the challenge takes no more, or a pause. */
function nextAfterWrongCode(attempt: ChallengeAttempt, methods: readonly SecondFactorMethod[]): NextStep {
  const { blocksUntil, attemptsLeft, challengeAttemptsLeft } = attempt;
  if (blocksUntil !== null) return { action: 'wait', until: blocksUntil };
  if (challengeAttemptsLeft <= 0) return { action: 'sign_in' };
  return {
    action: 'second_step',
    methods,
    attemptsLeft: Math.min(challengeAttemptsLeft, attemptsLeft ?? 0),
  };
}
