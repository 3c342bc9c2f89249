import { type Static, Type } from '@fastify/type-provider-typebox';
import {
  AAGUID_PATTERN,
  BOUND_BY_PARTNER,
  MFA_REQUIREMENTS,
  PASSKEY_MODELS_BOUNDS,
  PREVIEW_GROUPS,
  SETTINGS_BOUNDS,
  SLUG_PATTERN,
  WAYS_IN,
} from '@sallyport/core';
import {
  answers,
  Closed,
  Cursor,
  Id,
  IdempotencyKey,
  IdParams,
  Limit,
  Name,
  Nullable,
  OrganizationKind,
  OrganizationOfUser,
  Page,
  Timestamp,
} from '../../http/schemas.ts';

const Slug = Type.String({
  pattern: SLUG_PATTERN,
  description: '1 to 63 lower-case letters, digits and inner hyphens; unique',
});

const Organization = Type.Object(
  {
    id: Id,
    slug: Slug,
    name: Name,
    kind: OrganizationKind,
    partnerId: Nullable(Id),
    createdAt: Timestamp,
  },
  { title: 'Organization' },
);

const OrganizationsQuery = Closed({ limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) });
export type OrganizationsQuery = Static<typeof OrganizationsQuery>;

const NewOrganization = Closed({ name: Name, slug: Slug }, { title: 'NewOrganization' });
export type NewOrganization = Static<typeof NewOrganization>;

const OrganizationChanges = Closed(
  { name: Type.Optional(Name), slug: Type.Optional(Slug) },
  { title: 'OrganizationChanges' },
);
export type OrganizationChanges = Static<typeof OrganizationChanges>;

export const MinimumPasswordLength = Type.Integer({
  ...SETTINGS_BOUNDS.minimumPasswordLength,
  description: 'of new passwords, in code points',
});

/**
 * Which passkeys may be added, as it is sent: those of the models, where the authenticator proves by a certificate of
 * its maker what it is.
 */
export const PasskeyModels = Closed(
  {
    models: Type.Array(
      Closed({
        aaguid: Type.String({ pattern: AAGUID_PATTERN, description: 'of all authenticators of the model; not zeros' }),
        name: Type.String({
          minLength: 1,
          maxLength: PASSKEY_MODELS_BOUNDS.nameLength,
          pattern: '\\S',
          description: 'by which people know the model',
        }),
      }),
      { minItems: 1, maxItems: PASSKEY_MODELS_BOUNDS.models },
    ),
    roots: Type.Array(Type.String({ maxLength: PASSKEY_MODELS_BOUNDS.rootLength }), {
      minItems: 1,
      maxItems: PASSKEY_MODELS_BOUNDS.roots,
      description: 'certificates of the makers, each in PEM',
    }),
  },
  { title: 'PasskeyModels' },
);

const PasskeyModelsInForce = Type.Object(
  {
    models: Type.Array(Type.Object({ aaguid: Type.String(), name: Type.String() })),
    roots: Type.Array(Type.String()),
  },
  {
    description:
      'which passkeys may be added: those of the models, where the authenticator proves by a certificate of its maker what it is. A customer names no model and no certificate that its partner does not; where the two have none in common, none may be added. Null: any',
  },
);

const settings = {
  localSignInEnabled: Type.Boolean({ description: 'whether users may sign in with a password' }),
  minimumPasswordLength: MinimumPasswordLength,
  sessionLifetimeMinutes: Type.Integer({
    ...SETTINGS_BOUNDS.sessionLifetimeMinutes,
    description: 'from sign-in to the end of a session, used or not',
  }),
  sessionIdleMinutes: Type.Integer({
    ...SETTINGS_BOUNDS.sessionIdleMinutes,
    description: 'a session ends when it was not used for this long',
  }),
  auditRetentionDays: Type.Integer({
    ...SETTINGS_BOUNDS.auditRetentionDays,
    description: 'events of the audit log are removed in the month after they are this old',
  }),
  mfaRequired: Type.Enum([...MFA_REQUIREMENTS], {
    description: 'of whom a second factor is required beside the password; a customer never of less than its partner',
  }),
  mfaGraceDays: Type.Integer({
    ...SETTINGS_BOUNDS.mfaGraceDays,
    description:
      'how long users come in without, from their first sign-in since it is required; where a partner requires it, its customers give no more days',
  }),
  rememberedDeviceDays: Type.Integer({
    ...SETTINGS_BOUNDS.rememberedDeviceDays,
    description:
      'for how many days a browser that passed the second step may be remembered and not asked for it again; 0: never. A customer gives no more days than its partner',
  }),
  mfaPhishingResistant: Type.Boolean({
    description:
      'whether only a passkey or security key is a second factor that meets what is required; a customer never asks for less than its partner',
  }),
  passwordlessEnabled: Type.Boolean({
    description:
      'whether a passkey that verified its user signs in by itself, without email and password; not in customers whose partner chose false',
  }),
  reenrollmentPass: Type.Boolean({
    description:
      'whether the reset of a second factor gives the admin a pass, without which the user sets up no new one; where the partner asks for it, its customers do',
  }),
  resetDelayHours: Type.Integer({
    ...SETTINGS_BOUNDS.resetDelayHours,
    description:
      'how many hours the reset of a second factor waits, and can be stopped, before it takes place; 0: it takes place at once. A customer gives no fewer hours than its partner',
  }),
  resetNeedsSecondAdmin: Type.Boolean({
    description:
      'whether the reset of a second factor takes place only once another admin approved it; where the partner asks for it, its customers do',
  }),
  recoveryDelayHours: Type.Integer({
    ...SETTINGS_BOUNDS.recoveryDelayHours,
    description:
      'how many hours a reset waits, and can be stopped, that a user asks for by its recovery address, without an admin; 0: nobody can. Not in customers whose partner chose 0; else a customer gives no fewer hours than its partner, and no such reset waits shorter than `resetDelayHours`',
  }),
};

const OwnSettings = Type.Object(
  {
    localSignInEnabled: Nullable(settings.localSignInEnabled),
    minimumPasswordLength: Nullable(settings.minimumPasswordLength),
    sessionLifetimeMinutes: Nullable(settings.sessionLifetimeMinutes),
    sessionIdleMinutes: Nullable(settings.sessionIdleMinutes),
    auditRetentionDays: Nullable(settings.auditRetentionDays),
    mfaRequired: Nullable(settings.mfaRequired),
    mfaGraceDays: Nullable(settings.mfaGraceDays),
    rememberedDeviceDays: Nullable(settings.rememberedDeviceDays),
    mfaPhishingResistant: Nullable(settings.mfaPhishingResistant),
    passwordlessEnabled: Nullable(settings.passwordlessEnabled),
    reenrollmentPass: Nullable(settings.reenrollmentPass),
    resetDelayHours: Nullable(settings.resetDelayHours),
    resetNeedsSecondAdmin: Nullable(settings.resetNeedsSecondAdmin),
    recoveryDelayHours: Nullable(settings.recoveryDelayHours),
    passkeyModels: Nullable(PasskeyModels),
  },
  { description: 'what this organization sets itself; null follows what it inherits' },
);

const settingsInForce = { ...settings, passkeyModels: Nullable(PasskeyModelsInForce) };

const Settings = Type.Object(
  {
    ...settingsInForce,
    fixed: Type.Array(Type.Enum([...BOUND_BY_PARTNER]), {
      description: 'in which of them the partner leaves a customer no choice',
    }),
    own: OwnSettings,
    inherited: Type.Object(settingsInForce, { description: 'of the partner, or the defaults of the product' }),
  },
  { title: 'Settings' },
);

const SettingsChanges = Closed(
  {
    localSignInEnabled: Type.Optional(OwnSettings.properties.localSignInEnabled),
    minimumPasswordLength: Type.Optional(OwnSettings.properties.minimumPasswordLength),
    sessionLifetimeMinutes: Type.Optional(OwnSettings.properties.sessionLifetimeMinutes),
    sessionIdleMinutes: Type.Optional(OwnSettings.properties.sessionIdleMinutes),
    auditRetentionDays: Type.Optional(OwnSettings.properties.auditRetentionDays),
    mfaRequired: Type.Optional(OwnSettings.properties.mfaRequired),
    mfaGraceDays: Type.Optional(OwnSettings.properties.mfaGraceDays),
    rememberedDeviceDays: Type.Optional(OwnSettings.properties.rememberedDeviceDays),
    mfaPhishingResistant: Type.Optional(OwnSettings.properties.mfaPhishingResistant),
    passwordlessEnabled: Type.Optional(OwnSettings.properties.passwordlessEnabled),
    reenrollmentPass: Type.Optional(OwnSettings.properties.reenrollmentPass),
    resetDelayHours: Type.Optional(OwnSettings.properties.resetDelayHours),
    resetNeedsSecondAdmin: Type.Optional(OwnSettings.properties.resetNeedsSecondAdmin),
    recoveryDelayHours: Type.Optional(OwnSettings.properties.recoveryDelayHours),
    passkeyModels: Type.Optional(OwnSettings.properties.passkeyModels),
  },
  { title: 'SettingsChanges' },
);
export type SettingsChanges = Static<typeof SettingsChanges>;

const PreviewQuery = Closed({
  group: Type.Optional(Type.Enum([...PREVIEW_GROUPS], { default: 'stranded', description: 'whom `users` lists' })),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
});
export type PreviewQuery = Static<typeof PreviewQuery>;

const WaysIn = Type.Object({
  ready: Type.Integer({ description: 'users who can sign in afterwards as they are' }),
  otherwise: Type.Integer({
    description:
      'users who can sign in, and for whom something becomes otherwise: without a passkey alone, without a remembered device, without recovery by themselves, with a passkey that works on and could not be added anew, or without two admins to reset a lost second factor',
  }),
  inGrace: Type.Integer({
    description:
      'users who can sign in for now: with a link that is mailed to them first, or for some days without the second factor that they have to set up',
  }),
  stranded: Type.Integer({
    description:
      'users who could not sign in, or who, with a password, would be led into setting up a second factor first',
  }),
  users: Type.Array(
    Type.Object({
      id: Id,
      email: Type.String(),
      name: Type.String(),
      organization: OrganizationOfUser,
      why: Type.Enum([...WAYS_IN], {
        description:
          '`stranded`: no single sign-on of the organization works (`no_connection`), none takes the address and no account is linked (`no_domain`), no second factor where one is required (`no_factor`; no passkey where only that will do); `in_grace`: by a mailed link (`by_mail`), or `factor_due`; `otherwise`: the password is typed in the place of a passkey alone (`no_passkey_alone`), the second step is asked for in a browser that was remembered (`no_device`), only an admin resets (`no_recovery`), a passkey could not be added anew (`other_model`), no two admins with read/write access are there beside the user, one to ask for a reset and one to approve it (`no_second_admin`); `ready`: how',
      }),
    }),
    { description: 'those of the group, by email address' },
  ),
  nextCursor: Nullable(Type.String()),
});
export type WaysIn = Static<typeof WaysIn>;

const Preview = Type.Object(
  {
    ...WaysIn.properties,
    customers: Type.Array(Type.Object({ id: Id, slug: Type.String(), name: Type.String() }), {
      description: 'customers that follow, have no working single sign-on, and so keep their passwords',
    }),
  },
  { title: 'SettingsPreview' },
);

const tags = ['Organizations'];

export const listOrganizations = {
  operationId: 'listOrganizations',
  summary: 'The organizations that the signed-in admin manages',
  description: 'Its own and, for a partner, every customer under it.',
  tags,
  querystring: OrganizationsQuery,
  response: answers({ 200: Page(Organization) }, 'forbidden', 'not_found'),
};

export const createOrganization = {
  operationId: 'createOrganization',
  summary: 'Create a customer of the partner of the signed-in admin',
  description: 'For admins of a partner who may change things. The slug is in the addresses that people sign in at.',
  tags,
  headers: IdempotencyKey,
  body: NewOrganization,
  response: answers(
    { 201: Organization },
    'forbidden',
    'reauthentication_required',
    'slug_taken',
    'idempotency_key_reused',
  ),
};

export const getOrganization = {
  operationId: 'getOrganization',
  summary: 'One organization',
  description: '404 for one outside those that the admin manages.',
  tags,
  params: IdParams,
  response: answers({ 200: Organization }, 'forbidden', 'not_found'),
};

export const updateOrganization = {
  operationId: 'updateOrganization',
  summary: 'Change name or slug',
  description: 'A new slug makes links with the old one dead.',
  tags,
  params: IdParams,
  body: OrganizationChanges,
  response: answers({ 200: Organization }, 'forbidden', 'reauthentication_required', 'not_found', 'slug_taken'),
};

export const getSettings = {
  operationId: 'getSettings',
  summary: 'The settings in force in an organization, and where they come from',
  description: 'Each value as it is in force, what the organization sets itself, and what it would inherit.',
  tags,
  params: IdParams,
  response: answers({ 200: Settings }, 'forbidden', 'not_found'),
};

export const previewSettings = {
  operationId: 'previewSettings',
  summary: 'Who could, and who could not, sign in after these changes of settings; changes nothing',
  description:
    'Whom a change would leave without a way to sign in, by name, before it is made, and for whom something becomes otherwise; at a partner among its customers too, which it concerns.',
  tags,
  params: IdParams,
  querystring: PreviewQuery,
  body: SettingsChanges,
  response: answers({ 200: Preview }, 'forbidden', 'not_found', 'no_working_sso'),
};

export const updateSettings = {
  operationId: 'updateSettings',
  summary: 'Change settings; null follows the partner again, and at the partner the defaults',
  description:
    'Switching local sign-in off mails those whose password is in the way a link to connect their account with. Customers that follow and have no working single sign-on keep their passwords, as a setting of their own. Of `mfaRequired`, `mfaGraceDays`, `mfaPhishingResistant`, `passwordlessEnabled`, `rememberedDeviceDays`, `reenrollmentPass`, `resetDelayHours`, `resetNeedsSecondAdmin` and `passkeyModels` a customer chooses what is stricter than its partner has; the first three count for sessions that are open, too. Fewer days end what was remembered for longer. `passkeyModels` is asked of passkeys that are added from then on; those there are work on.',
  tags,
  params: IdParams,
  body: SettingsChanges,
  response: answers(
    { 200: Settings },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'no_working_sso',
    'weaker_than_partner',
  ),
};
