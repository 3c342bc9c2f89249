/** The values that API, database, SPA and testkit share. The arrays feed JSON schemas and property tests. */

export const ROLES = ['admin', 'member'] as const;
export type Role = (typeof ROLES)[number];

export const ACCESSES = ['read_write', 'read_only'] as const;
export type Access = (typeof ACCESSES)[number];

/** `invited`: has neither a password nor a federated identity yet. */
export const USER_STATUSES = ['active', 'invited', 'disabled'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export const ORGANIZATION_KINDS = ['partner', 'customer'] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/**
 * What becomes of the key of a service account: `stopped` where its maker may not sign in any more, or has fewer rights
 * by now than the account.
 */
export const SERVICE_ACCOUNT_STATES = ['active', 'expired', 'stopped'] as const;
export type ServiceAccountState = (typeof SERVICE_ACCOUNT_STATES)[number];

/** What the key of every service account begins with, for people and for scanners of secrets. */
export const SERVICE_ACCOUNT_KEY_PREFIX = 'sallyport_sa_';
/** Service accounts of one organisation. */
export const MOST_SERVICE_ACCOUNTS = 50;
/** Longest name of a service account, in UTF-16 code units. */
export const SERVICE_ACCOUNT_NAME_LENGTH = 60;

/** Longest reason that an admin gives for a reset of MFA, in UTF-16 code units. */
export const RESET_REASON_LENGTH = 200;

/** How a session began: `passkey` is one alone, without a password. */
export const SESSION_METHODS = ['password', 'sso', 'passkey'] as const;
export type SessionMethod = (typeof SESSION_METHODS)[number];

/** Authenticator assurance levels that a session can have (NIST SP 800-63B-4 section 2). */
export const ASSURANCE_LEVELS = [1, 2] as const;
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number];

/** The kinds of identity providers: Microsoft Entra ID, Google Workspace, OpenID Connect, SAML 2.0. */
export const SSO_KINDS = ['entra', 'google', 'oidc', 'saml'] as const;
export type SsoKind = (typeof SSO_KINDS)[number];

/** Whom a connection lets in: those who were invited, or everybody of its domains, made just in time. */
export const SSO_PROVISIONINGS = ['invite_only', 'jit'] as const;
export type SsoProvisioning = (typeof SSO_PROVISIONINGS)[number];

/** Whether the provider's word on a second factor counts, or ours is asked for. */
export const SSO_MFA_POLICIES = ['trust_provider', 'require_local'] as const;
export type SsoMfaPolicy = (typeof SSO_MFA_POLICIES)[number];

/** How a client proves itself at the token endpoint (OpenID Connect Core section 9). */
export const OIDC_CLIENT_AUTHENTICATIONS = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/** What an ID token may be signed with (RFC 7518 section 3.1, RFC 8037): no shared secret, and never `none`. */
export const OIDC_SIGNING_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

/** What an attempt at a provider is for. */
export const SSO_PURPOSES = ['sign_in', 'link', 'test'] as const;
export type SsoPurpose = (typeof SSO_PURPOSES)[number];

/** What the person sees on the sign-in page; the words for each are the SPA's. */
export const SSO_FAILURE_CODES = [
  /** Something is wrong with the answer, or the person may not come in: the admin finds the cause. */
  'sso_failed',
  /** The provider knows the person, this service does not. */
  'sso_account_unknown',
  /** The address belongs to a user with a password, which has to be proved first. */
  'sso_link_required',
  /** As before; the link that proves the mailbox in place of a password that opens nothing is on its way. */
  'sso_link_mailed',
  /** The account at the provider belongs to another user here. */
  'sso_identity_taken',
  /** The provider is down, slow or answers nonsense, or the connection is switched off. */
  'sso_unavailable',
  /** The attempt took too long, was used already or began in another browser. */
  'sso_expired',
] as const;

export type SsoFailureCode = (typeof SSO_FAILURE_CODES)[number];

/** What the second step of a sign-in takes. */
export const SECOND_FACTOR_METHODS = ['totp', 'passkey', 'backup_code'] as const;
export type SecondFactorMethod = (typeof SECOND_FACTOR_METHODS)[number];
/** Those that are typed in. */
export type CodeMethod = Exclude<SecondFactorMethod, 'passkey'>;

/** What a user can set up as a second factor; backup codes come with the first of them. */
export const FACTOR_KINDS = ['totp', 'passkey'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** Of whom an organisation requires a second factor, from the laxest to the strictest. */
export const MFA_REQUIREMENTS = ['nobody', 'admins', 'everybody'] as const;
export type MfaRequirement = (typeof MFA_REQUIREMENTS)[number];

/**
 * What the second step takes of a user with these factors.
 *
 * @param phishingResistant whether the organisation asks for a passkey: no code of an app is in its place where there is
 *   one. A backup code is, so that a lost passkey can be replaced, and opens nothing else (see `mfaDemand`).
 */
export function methodsOf(factors: readonly FactorKind[], phishingResistant = false): SecondFactorMethod[] {
  const taken = phishingResistant && factors.includes('passkey') ? ['passkey'] : factors;
  return SECOND_FACTOR_METHODS.filter((method) => method === 'backup_code' || taken.includes(method));
}

export const EMAILED_TOKEN_PURPOSES = [
  'invitation',
  'password_reset',
  'sso_link',
  'mfa_reset',
  'recovery_address',
  'recovery',
] as const;
export type EmailedTokenPurpose = (typeof EMAILED_TOKEN_PURPOSES)[number];

/**
 * Why a user could not come in as it is: no connection of the organisation works, none takes the address of the user, or
 * there is no second factor where one is required.
 */
export const STRANDED_REASONS = ['no_connection', 'no_domain', 'no_factor'] as const;
export type StrandedReason = (typeof STRANDED_REASONS)[number];

/**
 * How a user comes in without a password: by an account that is linked, by one that is linked at the first sign-in for
 * its address, by a mailed link because a password is in the way; or not at all.
 */
export type PasswordlessWay = 'linked' | 'by_address' | 'by_mail' | Exclude<StrandedReason, 'no_factor'>;

/**
 * What becomes otherwise for a user who comes in with a password as before: no passkey alone is in its place any more, no
 * remembered device stands for the second step, nobody recovers without an admin, a passkey of the user works on and could
 * not be added anew, no two admins are there to take a lost second factor away.
 */
export const WAYS_OTHERWISE = [
  'no_passkey_alone',
  'no_device',
  'no_recovery',
  'other_model',
  'no_second_admin',
] as const;

/**
 * How a user comes in; by a password only where passwords count, and for some days only (`factor_due`) where a second
 * factor is required that there is not.
 */
export const WAYS_IN = [
  'password',
  'linked',
  'by_address',
  ...WAYS_OTHERWISE,
  'by_mail',
  'factor_due',
  ...STRANDED_REASONS,
] as const;
export type WayIn = (typeof WAYS_IN)[number];

/**
 * What the preview of a change of settings tells of users: who comes in as before, for whom something becomes otherwise,
 * who comes in for now, and who does not.
 */
export const PREVIEW_GROUPS = ['ready', 'otherwise', 'in_grace', 'stranded'] as const;
export type PreviewGroup = (typeof PREVIEW_GROUPS)[number];

export const AUDIT_OUTCOMES = ['success', 'failure'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
