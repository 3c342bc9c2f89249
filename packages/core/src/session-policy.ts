import { namesMore, type PasskeyModels, takenByBoth } from './passkey-models.ts';
import { MFA_REQUIREMENTS, type MfaRequirement } from './types.ts';

/** Life of an access token (SEC-20). */
export const ACCESS_TOKEN_SECONDS = 5 * 60;
/**
 * How old the proof of an admin may be that changes others' access (SEC-43). ASVS 5.0 7.5.3 asks for a further proof
 * before highly sensitive transactions; 15 minutes are the shortest time that NIST SP 800-63B-4 section 2.3.3 names for
 * proving oneself again (AAL3, inactivity).
 */
export const PROOF_SECONDS = 15 * 60;
/** How long a used refresh token is still taken, for tabs that refresh at the same moment (SEC-21). */
export const REFRESH_GRACE_SECONDS = 10;

/** The settings of an organisation that sign-ins and sessions are judged by, all decided. */
export interface SignInSettings {
  localSignInEnabled: boolean;
  /** In code points. */
  minimumPasswordLength: number;
  sessionLifetimeMinutes: number;
  sessionIdleMinutes: number;
  /** How long events of the audit log are kept, in days. */
  auditRetentionDays: number;
  /** Of whom a second factor is required beside the password. */
  mfaRequired: MfaRequirement;
  /** How many days a user may come in without one; 0: none. */
  mfaGraceDays: number;
  /** How many days a browser may stand for the second step; 0: it is asked for at every sign-in. */
  rememberedDeviceDays: number;
  /** Whether only a passkey is a second factor that meets what is required. */
  mfaPhishingResistant: boolean;
  /** Whether a passkey that verified its user signs in by itself, without email and password. */
  passwordlessEnabled: boolean;
  /** Whether a user whose second factor an admin took away needs a pass of that admin to set one up again. */
  reenrollmentPass: boolean;
  /** How many hours a reset of a second factor waits before it takes place; 0: it does at once. */
  resetDelayHours: number;
  /** Whether a reset takes place only once another admin than the one who asked approved it. */
  resetNeedsSecondAdmin: boolean;
  /** How many hours a reset waits that a user asks for by its recovery address, without an admin; 0: nobody can. */
  recoveryDelayHours: number;
}

/** The settings of an organisation, all decided. */
export interface Settings extends SignInSettings {
  /** Which passkeys may be added; null: any. */
  passkeyModels: PasskeyModels | null;
}

type Undecided<Decided> = { [Name in keyof Decided]: Decided[Name] | null };

/** The settings as an organisation keeps them: null follows the partner, and at the partner the default. */
export type OwnSettings = Undecided<Settings>;

export type OwnSignInSettings = Undecided<SignInSettings>;

export const DEFAULT_SETTINGS: Settings = {
  localSignInEnabled: true,
  minimumPasswordLength: 8,
  sessionLifetimeMinutes: 12 * 60,
  sessionIdleMinutes: 60,
  auditRetentionDays: 3650,
  mfaRequired: 'nobody',
  mfaGraceDays: 14,
  rememberedDeviceDays: 0,
  mfaPhishingResistant: false,
  passwordlessEnabled: false,
  reenrollmentPass: false,
  resetDelayHours: 0,
  resetNeedsSecondAdmin: false,
  recoveryDelayHours: 0,
  passkeyModels: null,
};

/** What an organisation has that chose nothing. */
export const FOLLOWS_ALL: OwnSettings = {
  localSignInEnabled: null,
  minimumPasswordLength: null,
  sessionLifetimeMinutes: null,
  sessionIdleMinutes: null,
  auditRetentionDays: null,
  mfaRequired: null,
  mfaGraceDays: null,
  rememberedDeviceDays: null,
  mfaPhishingResistant: null,
  passwordlessEnabled: null,
  reenrollmentPass: null,
  resetDelayHours: null,
  resetNeedsSecondAdmin: null,
  recoveryDelayHours: null,
  passkeyModels: null,
};

/**
 * What an organisation may choose, both ends included.
 *
 * - Password length: from 8 (SEC-1; NIST SP 800-63B-4 section 3.1.1.2 asks for 15 where the password stands alone) to
 *   64, which NIST says must always be accepted.
 * - Lifetime: at most 24 hours, NIST SP 800-63B-4 section 2.2.3 for AAL2; at least 15 minutes, so that work is possible.
 * - Idle: at most 1 hour, by the same section; at least 10 minutes, two lives of an access token, because a quiet tab
 *   shows itself only when it refreshes.
 * - Retention: at least 90 days, so that whoever took over an admin cannot do away with its traces (the database has the
 *   same bound); at most ten years, so that nothing grows for ever (SEC-58).
 * - Grace: at most 90 days: what is never in force is not required.
 * - Remembered devices: at most 90 days.
 * - Reset: at most a week, as long as one waits for approval; by a recovery address the same.
 */
export const SETTINGS_BOUNDS = {
  minimumPasswordLength: { minimum: 8, maximum: 64 },
  sessionLifetimeMinutes: { minimum: 15, maximum: 24 * 60 },
  sessionIdleMinutes: { minimum: 10, maximum: 60 },
  auditRetentionDays: { minimum: 90, maximum: 3650 },
  mfaGraceDays: { minimum: 0, maximum: 90 },
  rememberedDeviceDays: { minimum: 0, maximum: 90 },
  resetDelayHours: { minimum: 0, maximum: 7 * 24 },
  recoveryDelayHours: { minimum: 0, maximum: 7 * 24 },
} as const;

/**
 * The settings that count for an organisation. What is required of the second factor is never less than the partner
 * requires, no browser stands for it longer than at the partner, no passkey signs in alone where the partner says no, no
 * reset waits shorter or for fewer admins, and nobody recovers without an admin where the partner says no, nor sooner than
 * there (the statement that reads settings says the same, see the store of organisations).
 *
 * @param own     its own
 * @param partner those of its partner; null for a partner
 */
export function signInSettings(own: OwnSignInSettings, partner: OwnSignInSettings | null): SignInSettings {
  return {
    localSignInEnabled: effective('localSignInEnabled', own, partner),
    minimumPasswordLength: effective('minimumPasswordLength', own, partner),
    sessionLifetimeMinutes: effective('sessionLifetimeMinutes', own, partner),
    sessionIdleMinutes: effective('sessionIdleMinutes', own, partner),
    auditRetentionDays: effective('auditRetentionDays', own, partner),
    mfaRequired: stricter(own.mfaRequired, partner?.mfaRequired),
    mfaGraceDays: graceDays(own, partner),
    rememberedDeviceDays: rememberedDays(own, partner),
    mfaPhishingResistant: isAsked('mfaPhishingResistant', own, partner),
    passwordlessEnabled: effective('passwordlessEnabled', own, partner) && partner?.passwordlessEnabled !== false,
    reenrollmentPass: isAsked('reenrollmentPass', own, partner),
    resetDelayHours: delayHours(own, partner),
    resetNeedsSecondAdmin: isAsked('resetNeedsSecondAdmin', own, partner),
    recoveryDelayHours: recoveryHours(own, partner),
  };
}

/** Those of {@link signInSettings}, with what is asked only where something is added: a passkey has to be one that both take. */
export const effectiveSettings = (own: OwnSettings, partner: OwnSettings | null): Settings => ({
  ...signInSettings(own, partner),
  passkeyModels: takenByBoth(own.passkeyModels, partner?.passkeyModels ?? null),
});

const strictness = (requirement: MfaRequirement | null | undefined): number =>
  MFA_REQUIREMENTS.indexOf(requirement ?? DEFAULT_SETTINGS.mfaRequired);

const stricter = (own: MfaRequirement | null, partner: MfaRequirement | null | undefined): MfaRequirement =>
  MFA_REQUIREMENTS[Math.max(strictness(own), strictness(partner))] ?? DEFAULT_SETTINGS.mfaRequired;

/** A partner's grace is the longest that its customers may give, once it requires anything. */
function graceDays(own: OwnSignInSettings, partner: OwnSignInSettings | null): number {
  const days = effective('mfaGraceDays', own, partner);
  return requiresMfa(partner) ? Math.min(days, effective('mfaGraceDays', partner, null)) : days;
}

/** A partner's days are the most that its customers may give. */
function rememberedDays(own: OwnSignInSettings, partner: OwnSignInSettings | null): number {
  const days = effective('rememberedDeviceDays', own, partner);
  return partner === null ? days : Math.min(days, effective('rememberedDeviceDays', partner, null));
}

/** A partner's hours are the fewest that a reset waits at its customers. */
const delayHours = (own: OwnSignInSettings, partner: OwnSignInSettings | null): number =>
  Math.max(effective('resetDelayHours', own, partner), partner?.resetDelayHours ?? DEFAULT_SETTINGS.resetDelayHours);

/** A partner that says no says it for its customers too; else its hours are the fewest. */
function recoveryHours(own: OwnSignInSettings, partner: OwnSignInSettings | null): number {
  const hours = effective('recoveryDelayHours', own, partner);
  const fewest = partner?.recoveryDelayHours ?? null;
  return hours === 0 || fewest === 0 ? 0 : Math.max(hours, fewest ?? hours);
}

/**
 * How many hours a reset waits that a user asks for by its recovery address, null where nobody can: no fewer than that
 * of an admin.
 */
export const recoveryHoursOf = ({ recoveryDelayHours, resetDelayHours }: SignInSettings): number | null =>
  recoveryDelayHours === 0 ? null : Math.max(recoveryDelayHours, resetDelayHours);

const requiresMfa = (partner: OwnSignInSettings | null): partner is OwnSignInSettings =>
  strictness(partner?.mfaRequired) > 0;

/**
 * Which of the settings that an organisation chose ask for less than its partner does, and so would count for nothing.
 *
 * @param partner null for a partner
 */
export function weakerThanPartner(own: OwnSettings, partner: OwnSettings | null): (keyof OwnSettings)[] {
  const inForce = signInSettings(own, partner);
  const weaker = BOUND_BY_PARTNER.filter((name) => own[name] !== null && own[name] !== inForce[name]);
  return namesMore(own.passkeyModels, partner?.passkeyModels ?? null) ? [...weaker, 'passkeyModels'] : weaker;
}

/**
 * In which settings a partner leaves its customers one choice: what it asks for is the strictest there is.
 *
 * @param partner null for a partner itself
 */
export function fixedByPartner(partner: OwnSettings | null): BoundByPartner[] {
  if (partner === null) return [];
  const strictest = signInSettings(FOLLOWS_ALL, partner);
  const isFixed: Record<BoundByPartner, boolean> = {
    mfaRequired: strictest.mfaRequired === 'everybody',
    mfaGraceDays: requiresMfa(partner) && strictest.mfaGraceDays === 0,
    rememberedDeviceDays: strictest.rememberedDeviceDays === 0,
    mfaPhishingResistant: strictest.mfaPhishingResistant,
    // Where it chose nothing, its customers do.
    passwordlessEnabled: partner.passwordlessEnabled === false,
    reenrollmentPass: strictest.reenrollmentPass,
    resetDelayHours: strictest.resetDelayHours === SETTINGS_BOUNDS.resetDelayHours.maximum,
    resetNeedsSecondAdmin: strictest.resetNeedsSecondAdmin,
    recoveryDelayHours: partner.recoveryDelayHours === 0,
  };
  return BOUND_BY_PARTNER.filter((name) => isFixed[name]);
}

/** In these a customer may be stricter than its partner, and not laxer. */
export const BOUND_BY_PARTNER = [
  'mfaRequired',
  'mfaGraceDays',
  'rememberedDeviceDays',
  'mfaPhishingResistant',
  'passwordlessEnabled',
  'reenrollmentPass',
  'resetDelayHours',
  'resetNeedsSecondAdmin',
  'recoveryDelayHours',
] as const;
type BoundByPartner = (typeof BOUND_BY_PARTNER)[number];

/** What a partner asks for, its customers cannot do without. */
const isAsked = (
  name: 'mfaPhishingResistant' | 'reenrollmentPass' | 'resetNeedsSecondAdmin',
  own: OwnSignInSettings,
  partner: OwnSignInSettings | null,
): boolean => own[name] === true || partner?.[name] === true;

function effective<Name extends keyof SignInSettings>(
  name: Name,
  own: OwnSignInSettings,
  partner: OwnSignInSettings | null,
): SignInSettings[Name] {
  return own[name] ?? partner?.[name] ?? DEFAULT_SETTINGS[name];
}
