import { type AuditAction, type Origin, Problem } from '@sallyport/core';
import type { Database } from '../../platform/database/database.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { type AuditService, type EventsOfStrangers, partyOf } from '../audit/index.ts';

interface Deps {
  database: Database;
  limiter: SourceLimiter;
  metrics: Metrics;
  audit: AuditService;
  strangers: EventsOfStrangers;
}

/** Who failed: the fields are null for an unknown address or credential. */
interface Comer {
  userId: string | null;
  email: string | null;
  organizationId: string | null;
}

/** What is told of how a sign-in ended: to the metrics, the log, and the limits of its source. */
export class SignInOutcomes {
  constructor(private readonly deps: Deps) {}

  /** Tells the metrics how a step ended. */
  async counted<T extends { status: 'authenticated' | 'enrollment_required' | 'mfa_required' }>(
    step: Promise<T>,
  ): Promise<T> {
    const { metrics } = this.deps;
    try {
      const result = await step;
      metrics.countSignIn(result.status);
      return result;
    } catch (error) {
      if (error instanceof Problem) metrics.countSignIn(error.code);
      throw error;
    }
  }

  /** A first step that was wrong, or right and of no use: counted for its source, and written down. */
  async failed(origin: Origin, kind: 'password' | 'passkey', user: Comer, reason: string): Promise<void> {
    await this.deps.limiter.fail(origin.address);
    if (await this.keeps(origin, kind, user)) await this.record(origin, 'session.sign_in_failed', user, { reason });
  }

  async record(
    origin: Origin,
    action: AuditAction,
    { email, organizationId, userId }: Comer,
    details: Record<string, string>,
  ): Promise<void> {
    const { audit, database } = this.deps;
    const event = { action, outcome: 'failure', actor: null, organizationId, details } as const;
    // What was typed for an unknown address is not kept: it may be a password in the wrong field.
    if (userId === null) await audit.record(database.client, origin, { ...event, subject: null });
    else await audit.recordOf(userId, origin, { ...event, subject: partyOf({ userId, email: email ?? '' }) });
  }

  /**
   * Whether the failure is written down: that of an account always, and of addresses that nobody has only so many. Both
   * are counted, as both have to take the same time (SEC-2).
   */
  private async keeps(origin: Origin, kind: 'password' | 'passkey', { userId }: Comer): Promise<boolean> {
    const { audit, strangers } = this.deps;
    const event = { action: 'session.sign_in_failed', organizationId: null, kind } as const;
    if (userId === null) {
      await audit.lookForNobody();
      return strangers.keeps(origin, event);
    }
    await strangers.isWithin(origin, event);
    return true;
  }
}

export const localSignInDisabled = (): Problem =>
  new Problem('local_sign_in_disabled', {
    detail: 'Sign in with the single sign-on of your organization.',
    next: { action: 'use_sso' },
  });
