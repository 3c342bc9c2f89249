import { createHash } from 'node:crypto';
import {
  CHALLENGE_ATTEMPTS,
  CHALLENGE_SECONDS,
  DEFAULT_SETTINGS,
  effectiveSettings,
  emailDomain,
  normalizeEmail,
  Problem,
  passwordPolicy,
  type SecondFactorMethod,
  secondFactorPolicy,
} from '@sallyport/core';
import { type Attempts, claimOf } from '../../platform/attempts.ts';
import type { Caller, Origin } from '../../platform/caller.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { newId } from '../../platform/ids.ts';
import type { KeyedQueue } from '../../platform/keyed-queue.ts';
import type { SourceLimiter } from '../../platform/limiter.ts';
import type { MailOutbox } from '../../platform/mail-outbox.ts';
import { backupCodeUsed } from '../../platform/mail-templates.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { PasswordHasher } from '../../platform/password-hasher.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import { invalidCode, type SecondFactorService, secondFactorKey, tooManyCodes } from '../second-factor/service.ts';
import type { IssuedSession, SessionsService } from '../sessions/service.ts';
import { type Candidate, type Opening, type PasswordAttempt, signInStore } from './store.ts';

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
  secondFactor: SecondFactorService;
}

/** What the browser brought along: cookies of earlier sign-ins. */
export interface Browser {
  deviceToken: string | undefined;
  refreshToken: string | undefined;
}

export interface SignedIn {
  status: 'authenticated';
  caller: Caller;
  session: IssuedSession;
  deviceToken: string;
}

export interface MfaRequired {
  status: 'mfa_required';
  challengeToken: string;
  expiresAt: Date;
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

  /** How an address signs in, from its domain alone: says nothing of whether there is such an account. */
  async options(address: string) {
    const found = await signInStore(this.deps.database.client).findDomain(emailDomain(address));
    const settings = found ? effectiveSettings(found.organization, found.organization.partner) : DEFAULT_SETTINGS;
    return { localSignIn: settings.localSignInEnabled, connections: [] };
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

    const { opening, signedIn } = this.prepare(origin, browser, attempt, {
      attemptKey: attempt.key,
      mfaEnabled: false,
      secondFactor: null,
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
    if (!settingsOf(attempt).localSignInEnabled) throw new Problem('local_sign_in_disabled');

    const proof = await secondFactor.match(attempt, input.code, input.method);
    const { opening, signedIn } = this.prepare(origin, browser, attempt, {
      attemptKey: secondFactorKey(attempt.userId),
      mfaEnabled: true,
      secondFactor: input.method,
    });
    if (!proof || !(await store.openByChallenge(opening, attempt.challengeId, proof))) {
      await this.recordFailure(origin, 'session.second_factor_failed', attempt, { method: input.method });
      throw invalidCode();
    }
    if (proof.method === 'backup_code') await this.tellBackupCodeUsed(attempt.userId, attempt.email);
    return signedIn;
  }

  private async challenge(attempt: PasswordAttempt & Candidate): Promise<MfaRequired> {
    const { clock, database } = this.deps;
    const challengeToken = newToken();
    const createdAt = clock.now();
    const expiresAt = new Date(createdAt.getTime() + CHALLENGE_SECONDS * 1000);
    await signInStore(database.client).insertChallenge(
      { id: newId(), tokenHash: hashToken(challengeToken), userId: attempt.userId, createdAt, expiresAt },
      attempt.key,
    );
    return { status: 'mfa_required', challengeToken, expiresAt };
  }

  /** Everything a sign-in writes, and what its answer says when the writing has won. */
  private prepare(
    origin: Origin,
    browser: Browser,
    user: Candidate,
    how: { attemptKey: string; mfaEnabled: boolean; secondFactor: SecondFactorMethod | null },
  ): { opening: Opening; signedIn: SignedIn } {
    const { audit, sessions } = this.deps;
    const settings = settingsOf(user);
    const aal = how.secondFactor === null ? 1 : 2;
    const { row, issued } = sessions.prepare(origin, {
      userId: user.userId,
      organizationId: user.organizationId,
      method: 'password',
      aal,
      lifetimeMinutes: settings.sessionLifetimeMinutes,
      idleMinutes: settings.sessionIdleMinutes,
    });
    const deviceToken = browser.deviceToken ?? newToken();
    const party = { id: user.userId, name: user.email };
    return {
      opening: {
        session: row,
        audit: audit.row(origin, {
          action: 'session.signed_in',
          actor: party,
          subject: party,
          organizationId: user.organizationId,
          details: { method: 'password', secondFactor: how.secondFactor, sessionId: row.id },
        }),
        attemptKey: how.attemptKey,
        deviceId: newId(),
        deviceHash: hashToken(deviceToken),
        replaced: browser.refreshToken === undefined ? null : hashToken(browser.refreshToken),
      },
      signedIn: {
        status: 'authenticated',
        session: issued,
        deviceToken,
        caller: {
          userId: user.userId,
          email: user.email,
          name: user.name,
          role: user.role,
          access: user.access,
          organization: {
            id: user.organizationId,
            slug: user.organizationSlug,
            name: user.organizationName,
            kind: user.organizationKind,
          },
          session: { id: row.id, method: 'password', aal },
          hasPassword: true,
          mfaEnabled: how.mfaEnabled,
          origin,
        },
      },
    };
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

const isActive = (attempt: PasswordAttempt): attempt is PasswordAttempt & Candidate => attempt.status === 'active';

const settingsOf = (user: Candidate) => effectiveSettings(user, null);

const tooManyPasswords = (retryAfterSeconds: number): Problem =>
  new Problem('too_many_attempts', { detail: 'Too many failed sign-ins. Try again later.', retryAfterSeconds });

const challengeExpired = (): Problem => new Problem('challenge_expired', { detail: 'Sign in again from the start.' });
