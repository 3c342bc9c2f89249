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

/** How a session began. */
export const SESSION_METHODS = ['password', 'sso'] as const;
export type SessionMethod = (typeof SESSION_METHODS)[number];

/** Authenticator assurance levels that a session can have (NIST SP 800-63B-4 section 2). */
export const ASSURANCE_LEVELS = [1, 2] as const;
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number];

/** What the second step of a sign-in takes. */
export const SECOND_FACTOR_METHODS = ['totp', 'backup_code'] as const;
export type SecondFactorMethod = (typeof SECOND_FACTOR_METHODS)[number];

export const EMAILED_TOKEN_PURPOSES = ['invitation', 'password_reset'] as const;
export type EmailedTokenPurpose = (typeof EMAILED_TOKEN_PURPOSES)[number];

export const AUDIT_OUTCOMES = ['success', 'failure'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
