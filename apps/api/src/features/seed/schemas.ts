import { ACCESSES, MFA_REQUIREMENTS, ROLES, SETTINGS_BOUNDS, SLUG_PATTERN } from '@sallyport/core';
import { type Static, Type } from 'typebox';
import { Closed, Nullable } from '../../http/schemas.ts';
import { PasskeyModels } from '../organizations/index.ts';

/** `fault` is what a person reads where the pattern does not fit. */
const Slug = Type.String({
  pattern: SLUG_PATTERN,
  fault: 'must be 1 to 63 lower-case letters, digits and inner hyphens',
});

/** Without NUL and lone surrogates, which a database cannot hold. */
const Name = Type.String({
  maxLength: 200,
  pattern: '^(?=[^]*\\S)[^\\0\\p{Cs}]+$',
  fault: 'must be text that is not blank',
});

const Domain = Type.String({ maxLength: 253 });

/** What is left out stays as it is; null follows the partner, and at the partner the default of the product. */
const Settings = Closed({
  localSignInEnabled: Type.Optional(Nullable(Type.Boolean())),
  minimumPasswordLength: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.minimumPasswordLength))),
  sessionLifetimeMinutes: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.sessionLifetimeMinutes))),
  sessionIdleMinutes: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.sessionIdleMinutes))),
  auditRetentionDays: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.auditRetentionDays))),
  mfaRequired: Type.Optional(Nullable(Type.Enum([...MFA_REQUIREMENTS]))),
  mfaGraceDays: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.mfaGraceDays))),
  rememberedDeviceDays: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.rememberedDeviceDays))),
  mfaPhishingResistant: Type.Optional(Nullable(Type.Boolean())),
  passwordlessEnabled: Type.Optional(Nullable(Type.Boolean())),
  reenrollmentPass: Type.Optional(Nullable(Type.Boolean())),
  resetDelayHours: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.resetDelayHours))),
  resetNeedsSecondAdmin: Type.Optional(Nullable(Type.Boolean())),
  recoveryDelayHours: Type.Optional(Nullable(Type.Integer(SETTINGS_BOUNDS.recoveryDelayHours))),
  passkeyModels: Type.Optional(Nullable(PasskeyModels)),
});

const User = Closed({
  email: Type.String(),
  name: Name,
  role: Type.Enum([...ROLES]),
  access: Type.Enum([...ACCESSES]),
  password: Type.Optional(Type.String()),
});

const organization = {
  slug: Slug,
  name: Name,
  domains: Type.Optional(Type.Array(Domain)),
  settings: Type.Optional(Settings),
  users: Type.Optional(Type.Array(User)),
};

const Customer = Closed(organization);

const Partner = Closed({ ...organization, customers: Type.Optional(Type.Array(Customer)) });

/** The seed file (contract section 5). */
export const SeedFile = Closed({ partners: Type.Array(Partner) });

export type SeedFile = Static<typeof SeedFile>;
export type SeedOrganization = Static<typeof Customer>;
export type SeedSettings = Static<typeof Settings>;
