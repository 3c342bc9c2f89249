/**
 * The light part of the domain, for API and SPA alike: no dependency, nothing of Node. TOTP, backup codes and the
 * judging of passwords have entry points of their own.
 */
export * from './attempt-policy.ts';
export * from './audit-actions.ts';
export { BACKUP_CODE_COUNT, BACKUP_CODES_LOW } from './backup-codes.ts';
export * from './caller.ts';
export * from './certificate-validity.ts';
export * from './durations.ts';
export * from './email-address.ts';
export * from './mfa-policy.ts';
export * from './moment.ts';
export * from './next-step.ts';
export * from './passkey-models.ts';
export * from './password.ts';
export * from './permissions.ts';
export * from './problem.ts';
export * from './session-policy.ts';
export * from './slug.ts';
export * from './types.ts';
