import { createHash } from 'node:crypto';
import {
  type AuditAction,
  CHALLENGE_ATTEMPTS,
  DEFAULT_SETTINGS,
  effectiveSettings,
  emailDomain,
  normalizeEmail,
  type Origin,
  Problem,
  passwordPolicy,
  type SecondFactorMethod,
  secondFactorPolicy,
} from '@sallyport/core';
import { hashToken } from '../../platform/crypto/tokens.ts';
import type { Database } from '../../platform/database/database.ts';
import { type Attempts, claimOf } from '../../platform/limits/attempts.ts';
import type { KeyedQueue } from '../../platform/limits/keyed-queue.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { ChallengesService, MfaRequired, SessionsService } from '../access/index.ts';
import type { AuditService } from '../audit/index.ts';
import { backupCodeUsed } from '../mails/index.ts';
import { invalidCode, type SecondFactorService, secondFactorKey, tooManyCodes } from '../mfa/index.ts';
import type { SsoDirectory } from '../sso/index.ts';
import { type Browser, prepareSignIn, type SignedIn, settingsOf } from './preparation.ts';
import { type Candidate, type FirstStep, type PasswordAttempt, signInStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  queue: KeyedQueue;
  limiter: SourceLimiter;
  hasher: PasswordHasher;
  mail: MailOutbox;
  metrics: Metrics;
  audit: AuditService;
  sessions: SessionsService;
  challenges: ChallengesService;
  secondFactor: SecondFactorService;
  sso: SsoDirectory;
}

/** Sign-in with a local password, in one step or two. */
export class SignInService {
  constructor(private readonly deps: Deps) {}

  /**
   * The first step. One argon2id verification and two database round trips, whoever the address belongs to (SEC-2).
   *
   * @throws Problem `invalid_credentials`, `local_sign_in_disabled`, `too_many_attempts`, `overloaded`
   */
  async signIn(
    origin: Origin,
    browser: Browser,
    input: { email: string; password: string },
  ): Promise<SignedIn | MfaRequired> {
    const limited = await this.deps.limiter.check(origin.address);
    if (limited) throw tooManyPasswords(limited.retryAfterSeconds);
    const email = normalizeEmail(input.email);
    const accountKey = `password:${createHash('sha256').update(email).digest('base64url')}`;
    return this.deps.queue.run(accountKey, () =>
      this.judgePassword(origin, browser, email, accountKey, input.password),
    );
  }

  /**
   * The second step, with the challenge that the first one gave to this browser (SEC-4).
   *
   * @throws Problem `challenge_expired`, `invalid_code`, `local_sign_in_disabled`, `too_many_attempts`
   */
  async verify(
    origin: Origin,
    browser: Browser,
    challengeToken: string | undefined,
    input: { method: SecondFactorMethod; code: string },
  ): Promise<SignedIn> {
    return this.counted(this.judgeCode(origin, browser, challengeToken, input));
  }

  /**
   * How an address signs in, from its domain alone: says nothing of whether there is such an account. Or, by slug, how
   * people of an organisation do.
   */
  async options({ email, organization: slug }: { email?: string; organization?: string }) {
    const { database, sso } = this.deps;
    const store = signInStore(database.client);
    const domain = email === undefined ? '' : emailDomain(email);
    const organization =
      slug === undefined ? (await store.findDomain(domain))?.organization : await store.findOrganization(slug);
    const settings = organization ? effectiveSettings(organization, organization.partner) : DEFAULT_SETTINGS;
    const connections =
      slug === undefined
        ? await sso.connectionsOfDomain(domain)
        : organization
          ? await sso.connectionsOfOrganization(organization.id)
          : [];
    return { localSignIn: settings.localSignInEnabled, connections };
  }

  private async judgePassword(
    origin: Origin,
    browser: Browser,
    email: string,
    accountKey: string,
    password: string,
  ): Promise<SignedIn | MfaRequired> {
    const { clock, database, hasher } = this.deps;
    const store = signInStore(database.client);
    const deviceHash = browser.deviceToken === undefined ? null : hashToken(browser.deviceToken);
    const attempt = await store.claimPasswordAttempt(email, accountKey, deviceHash, clock.now());
    const claim = claimOf(attempt, passwordPolicy);
    if (!claim.granted) throw tooManyPasswords(claim.retryAfterSeconds);

    const { passwordHash } = attempt;
    const verdict = passwordHash === null ? null : await hasher.verify(passwordHash, password);
    if (verdict === null) await hasher.verifyDummy(password);
    if (passwordHash === null || !verdict?.ok || !isActive(attempt)) return this.refusePassword(origin, attempt);

    if (!settingsOf(attempt).localSignInEnabled) {
      await this.deps.attempts.giveBack(database.client, attempt.key, clock.now());
      throw new Problem('local_sign_in_disabled', { detail: 'Sign in with the single sign-on of your organization.' });
    }
    if (verdict.outdated) await store.upgradePasswordHash(attempt.userId, passwordHash, await hasher.hash(password));
    if (attempt.mfaEnabled) return this.challenge(attempt);

    const { opening, signedIn } = prepareSignIn(this.deps, origin, browser, attempt, {
      attemptKey: attempt.key,
      mfaEnabled: false,
      secondFactor: null,
      firstStep: byPassword,
    });
    if (!(await store.openByPassword(opening, passwordHash))) return this.refusePassword(origin, attempt);
    return signedIn;
  }

  private async judgeCode(
    origin: Origin,
    browser: Browser,
    challengeToken: string | undefined,
    input: { method: SecondFactorMethod; code: string },
  ): Promise<SignedIn> {
    if (challengeToken === undefined) throw challengeExpired();
    const { clock, database, secondFactor } = this.deps;
    const store = signInStore(database.client);
    const attempt = await store.claimChallengeAttempt(hashToken(challengeToken), CHALLENGE_ATTEMPTS, clock.now());
    if (!attempt) throw challengeExpired();
    const claim = claimOf(attempt, secondFactorPolicy);
    if (!claim.granted) throw tooManyCodes(claim.retryAfterSeconds);
    // Who came through the provider is asked for the code here, and not for the password (SEC-6).
    if (attempt.method === 'password' && !settingsOf(attempt).localSignInEnabled)
      throw new Problem('local_sign_in_disabled');

    const proof = await secondFactor.match(attempt, input.code, input.method);
    const { opening, signedIn } = prepareSignIn(this.deps, origin, browser, attempt, {
      attemptKey: secondFactorKey(attempt.userId),
      mfaEnabled: true,
      secondFactor: input.method,
      firstStep: attempt,
    });
    if (!proof || !(await store.openByChallenge(opening, attempt.challengeId, proof))) {
      await this.recordFailure(origin, 'session.second_factor_failed', attempt, { method: input.method });
      throw invalidCode();
    }
    if (proof.method === 'backup_code') await this.tellBackupCodeUsed(attempt.userId, attempt.email);
    return signedIn;
  }

  private async challenge(attempt: PasswordAttempt & Candidate): Promise<MfaRequired> {
    const { row, required } = this.deps.challenges.prepare(attempt.userId);
    await signInStore(this.deps.database.client).insertChallenge(row, attempt.key);
    return required;
  }

  /** Tells the metrics how a step ended. */
  private async counted<T extends SignedIn | MfaRequired>(step: Promise<T>): Promise<T> {
    try {
      const result = await step;
      this.deps.metrics.countSignIn(result.status);
      return result;
    } catch (error) {
      if (error instanceof Problem) this.deps.metrics.countSignIn(error.code);
      throw error;
    }
  }

  /** One answer for an unknown address, a wrong password, a user who may not, and one without a password. */
  private async refusePassword(origin: Origin, attempt: PasswordAttempt): Promise<never> {
    await this.deps.limiter.fail(origin.address);
    await this.recordFailure(origin, 'session.sign_in_failed', attempt, {
      reason:
        attempt.userId === null ? 'unknown_address' : attempt.status === 'active' ? 'wrong_password' : attempt.status,
    });
    throw new Problem('invalid_credentials', { detail: 'Check both and try again, or ask for a new password.' });
  }

  private async recordFailure(
    origin: Origin,
    action: AuditAction,
    user: Pick<PasswordAttempt, 'userId' | 'email' | 'organizationId'>,
    details: Record<string, string>,
  ): Promise<void> {
    const { audit, database } = this.deps;
    // What was typed for an unknown address is not kept: it may be a password in the wrong field.
    const subject = user.userId === null ? null : { id: user.userId, name: user.email ?? '' };
    await audit.record(database.client, origin, {
      action,
      outcome: 'failure',
      actor: null,
      subject,
      organizationId: user.organizationId,
      details,
    });
  }

  private async tellBackupCodeUsed(userId: string, to: string): Promise<void> {
    const { database, mail, secondFactor } = this.deps;
    await database.transaction(async (tx) => {
      const remaining = await secondFactor.remainingBackupCodes(tx, userId);
      await mail.enqueue(tx, backupCodeUsed({ to, remaining }));
    });
    mail.poke();
  }
}

const byPassword: FirstStep = { method: 'password', connectionId: null, federation: null };

const isActive = (attempt: PasswordAttempt): attempt is PasswordAttempt & Candidate => attempt.status === 'active';

const tooManyPasswords = (retryAfterSeconds: number): Problem =>
  new Problem('too_many_attempts', { detail: 'Too many failed sign-ins. Try again later.', retryAfterSeconds });

const challengeExpired = (): Problem => new Problem('challenge_expired', { detail: 'Sign in again from the start.' });
