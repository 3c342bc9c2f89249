import {
  type Caller,
  effectiveSettings,
  type IssuedSession,
  type Origin,
  type SecondFactorMethod,
  type Settings,
} from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Candidate, FirstStep, Opening, SessionsService } from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';

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

interface How {
  /** Key of the count that the success takes back. */
  attemptKey: string;
  mfaEnabled: boolean;
  /** What the second step took; null when there was none. */
  secondFactor: SecondFactorMethod | null;
  firstStep: FirstStep;
}

/** The settings of a candidate; the statement that loads it has put the partner's in already. */
export const settingsOf = (user: Candidate): Settings => effectiveSettings(user, null);

/** Everything a sign-in writes, and what its answer says when the writing has won. */
export function prepareSignIn(
  { audit, sessions }: { audit: AuditService; sessions: SessionsService },
  origin: Origin,
  browser: Browser,
  user: Candidate,
  how: How,
): { opening: Opening; signedIn: SignedIn } {
  const settings = settingsOf(user);
  const aal = how.secondFactor === null ? 1 : 2;
  const { method, connectionId, federation } = how.firstStep;
  const { row, issued } = sessions.prepare(origin, {
    userId: user.userId,
    organizationId: user.organizationId,
    method,
    aal,
    lifetimeMinutes: settings.sessionLifetimeMinutes,
    idleMinutes: settings.sessionIdleMinutes,
    connectionId,
    federation,
  });
  const deviceToken = browser.deviceToken ?? newToken();
  return {
    opening: {
      session: row,
      audit: audit.row(origin, {
        action: 'session.signed_in',
        ...ownDoing(user),
        details: {
          method,
          ...(connectionId === null ? {} : { connectionId }),
          secondFactor: how.secondFactor,
          sessionId: row.id,
        },
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
        session: { id: row.id, method, aal },
        hasPassword: true,
        mfaEnabled: how.mfaEnabled,
        localSignInEnabled: settings.localSignInEnabled,
        minimumPasswordLength: settings.minimumPasswordLength,
        origin,
      },
    },
  };
}
