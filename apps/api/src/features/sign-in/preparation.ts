import {
  type Caller,
  type IssuedSession,
  type MfaPolicy,
  type MfaSession,
  methodsOf,
  mfaDemand,
  type Origin,
  rememberedDaysOf,
  type SecondFactorMethod,
  type SignInSettings,
  signInSettings,
} from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import type { Keyring } from '../../platform/crypto/keyring.ts';
import { hashToken } from '../../platform/crypto/tokens.ts';
import {
  type Candidate,
  type DeviceToRemember,
  type FirstStep,
  isDeviceToken,
  newDeviceToken,
  type Opening,
  type SessionsService,
} from '../access/index.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';

/** What the browser brought along: cookies of earlier sign-ins. */
export interface Browser {
  deviceToken: string | undefined;
  refreshToken: string | undefined;
  /** What it is remembered by, for whichever users. */
  rememberedTokens: readonly string[];
}

export interface SignedIn {
  /** `enrollment_required`: the session opens nothing before a second factor is set up. */
  status: 'authenticated' | 'enrollment_required';
  caller: Caller;
  session: IssuedSession;
  deviceToken: string;
  /** What the browser is remembered by from now on, newest first; null where that does not change. */
  rememberedTokens: readonly string[] | null;
}

interface How {
  /** Key of the count that the success takes back. */
  attemptKey: string;
  mfaEnabled: boolean;
  /** What the second step took; null when there was none. */
  secondFactor: SecondFactorMethod | null;
  firstStep: FirstStep | PasskeyAlone;
  /** Stood for the second step; null where none did. */
  rememberedDeviceId?: string;
  /** The browser, where it is to be remembered. */
  remember?: DeviceToRemember | null;
}

/** A passkey in place of a password and a second step. */
interface PasskeyAlone {
  method: 'passkey';
  connectionId: null;
  federation: null;
}

/** The settings of a candidate; the statement that loads it has put the partner's in already. */
export const settingsOf = (user: Candidate): SignInSettings => signInSettings(user, null);

/** The browser's mark, where it is one that we gave to a browser of this address; any other value is a stranger's. */
export const deviceTokenOf = (keyring: Keyring, { deviceToken }: Browser, email: string): string | null =>
  deviceToken !== undefined && isDeviceToken(keyring, deviceToken, email) ? deviceToken : null;

/** What is asked of a user at a sign-in. */
const demandOf = (
  user: Candidate & Pick<Caller, 'factors'>,
  settings: SignInSettings,
  { mfaEnabled, ...session }: MfaSession & { mfaEnabled: boolean },
) => mfaDemand({ ...user, hasPassword: true, mfaEnabled }, settings, session, session.createdAt);

/** What is asked of a user who has MFA and came in with the password. */
const policyBeyondPassword = (user: Candidate & Pick<Caller, 'factors'>, now: Date): MfaPolicy => {
  const session = { method: 'password', createdAt: now, phishingResistant: false } as const;
  return demandOf(user, settingsOf(user), { ...session, mfaEnabled: true }).policy;
};

/** For how many days the browser of a user who has MFA may stand for the second step after the password; 0: it may not. */
export const rememberedDays = (user: Candidate & Pick<Caller, 'factors'>, now: Date): number =>
  rememberedDaysOf(policyBeyondPassword(user, now), settingsOf(user));

/** What the second step takes of a candidate. Where passkeys are required, of whoever came with a password. */
export const methodsAtSecondStep = (
  user: Candidate & Pick<Caller, 'factors'>,
  { method }: Pick<FirstStep, 'method'>,
  now: Date,
): SecondFactorMethod[] =>
  methodsOf(user.factors, method === 'password' && policyBeyondPassword(user, now).phishingResistant);

/** Everything a sign-in writes, and what its answer says when the writing has won. */
export async function prepareSignIn(
  { audit, keyring, sessions }: { audit: AuditService; keyring: Keyring; sessions: SessionsService },
  origin: Origin,
  browser: Browser,
  user: Candidate & Pick<Caller, 'factors'> & { deviceKnown: boolean },
  how: How,
): Promise<{ opening: Opening; signedIn: SignedIn }> {
  const settings = settingsOf(user);
  const { remember, rememberedDeviceId } = how;
  const aal = how.secondFactor === null ? 1 : 2;
  const phishingResistant = how.secondFactor === 'passkey';
  const { method, connectionId, federation } = how.firstStep;
  const { row, issued } = sessions.prepare(origin, {
    userId: user.userId,
    organizationId: user.organizationId,
    method,
    aal,
    phishingResistant,
    lifetimeMinutes: settings.sessionLifetimeMinutes,
    idleMinutes: settings.sessionIdleMinutes,
    connectionId,
    federation,
    rememberedDeviceId: remember?.id ?? rememberedDeviceId ?? null,
  });
  const { policy: mfaPolicy, mustEnroll } = demandOf(user, settings, {
    method,
    createdAt: row.now,
    phishingResistant,
    mfaEnabled: how.mfaEnabled,
  });
  const known = user.deviceKnown ? deviceTokenOf(keyring, browser, user.email) : null;
  const deviceToken = known ?? newDeviceToken(keyring, user.email);
  return {
    opening: {
      session: row,
      audit: await audit.row(origin, {
        action: 'session.signed_in',
        ...ownDoing(user),
        details: {
          method,
          ...(connectionId === null ? {} : { connectionId }),
          secondFactor: how.secondFactor,
          ...(rememberedDeviceId === undefined ? {} : { rememberedDeviceId }),
          sessionId: row.id,
        },
      }),
      attemptKey: how.attemptKey,
      mfaPolicy,
      device: { id: known === null ? newId() : null, hash: hashToken(deviceToken) },
      replaced: browser.refreshToken === undefined ? null : hashToken(browser.refreshToken),
    },
    signedIn: {
      status: mustEnroll ? 'enrollment_required' : 'authenticated',
      session: issued,
      deviceToken,
      rememberedTokens: remember ? [remember.token, ...browser.rememberedTokens] : null,
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
        session: { id: row.id, method, aal, phishingResistant },
        connectionId,
        isFresh: aal === 2 || !how.mfaEnabled,
        hasPassword: true,
        mfaEnabled: how.mfaEnabled,
        factors: user.factors,
        mfaPolicy,
        mustEnroll,
        localSignInEnabled: settings.localSignInEnabled,
        minimumPasswordLength: settings.minimumPasswordLength,
        origin,
      },
    },
  };
}
