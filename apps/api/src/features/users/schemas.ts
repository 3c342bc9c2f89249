import { type Static, Type } from '@fastify/type-provider-typebox';
import { RESET_REASON_LENGTH, ROLES, USER_STATUSES } from '@sallyport/core';
import {
  Access,
  answers,
  Closed,
  Cursor,
  Email,
  ETag,
  HasPassword,
  Id,
  IdempotencyKey,
  IdParams,
  IfMatch,
  Limit,
  Name,
  NoContent,
  Nullable,
  OrganizationOfUser,
  Page,
  Password,
  Role,
  Timestamp,
  UserStatus,
} from '../../http/schemas.ts';
import { USER_SORTS } from './order.store.ts';

const PendingReset = Type.Object(
  {
    requestedAt: Timestamp,
    requestedBy: Nullable(
      Type.String({ description: 'address of the admin, or of the user with `recovery`; null once it was erased' }),
    ),
    recovery: Type.Optional(
      Type.Boolean({ description: 'there where the user asked for it, by its recovery address' }),
    ),
    reason: Type.Optional(Type.String()),
    dueAt: Type.Unsafe<Date>({ ...Timestamp, description: 'when it takes place at the earliest' }),
    needsSecondAdmin: Type.Boolean({ description: 'whether another admin has to approve it still' }),
    expiresAt: Type.Optional(
      Type.Unsafe<Date>({ ...Timestamp, description: 'when it ends, where nobody approves it until then' }),
    ),
    approvedAt: Type.Optional(Timestamp),
    approvedBy: Type.Optional(Nullable(Type.String({ description: 'address of the admin; null once it was erased' }))),
  },
  {
    title: 'PendingReset',
    description: 'there while a reset of the second factor waits; until it takes place the user has its second factor',
  },
);

const User = Type.Object(
  {
    id: Id,
    email: Type.String(),
    name: Type.String(),
    role: Role,
    access: Access,
    status: UserStatus,
    hasPassword: HasPassword,
    mfaEnabled: Type.Boolean(),
    awaitsReenrollmentPass: Type.Optional(
      Type.Boolean({
        description: 'there where a reset left the user with a pass to show before it sets up a second factor',
      }),
    ),
    pendingReset: Type.Optional(PendingReset),
    organization: OrganizationOfUser,
    lastSignInAt: Nullable(Timestamp),
    createdAt: Timestamp,
  },
  { title: 'User' },
);

const UsersQuery = Closed({
  q: Type.Optional(Type.String({ maxLength: 200, description: 'part of the name or the email address, in any case' })),
  organizationId: Type.Optional(Id),
  role: Type.Optional(Type.Enum([...ROLES], { description: 'only those of this role' })),
  status: Type.Optional(Type.Enum([...USER_STATUSES], { description: 'only those of this status' })),
  hasPassword: Type.Optional(HasPassword),
  mfaEnabled: Type.Optional(Type.Boolean({ description: 'whether two-factor authentication is on' })),
  lastSignInBefore: Type.Optional(
    Type.String({ format: 'date-time', description: 'only those who did not sign in at that time or later, or never' }),
  ),
  sort: Type.Optional(
    Type.Enum([...USER_SORTS], {
      description: 'the order; `-` turns it round. Whoever never signed in comes before all who did',
    }),
  ),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
});
export type UsersQuery = Static<typeof UsersQuery>;

const NewUser = Closed(
  {
    email: Email,
    name: Name,
    organizationId: Id,
    role: Role,
    access: Access,
    password: Type.Optional(Password),
  },
  { title: 'NewUser' },
);
export type NewUser = Static<typeof NewUser>;

const UserChanges = Closed(
  {
    name: Type.Optional(Name),
    role: Type.Optional(Role),
    access: Type.Optional(Access),
    status: Type.Optional(Type.Enum(['active', 'disabled'])),
    mfaEnabled: Type.Optional(
      Type.Boolean({ description: 'false takes away authenticator and backup codes; only the user can set them up' }),
    ),
    reason: Type.Optional(
      Type.String({
        maxLength: RESET_REASON_LENGTH,
        description: 'why the second factor is taken away: for the user, who is mailed, and for the audit log',
      }),
    ),
  },
  { title: 'UserChanges' },
);
export type UserChanges = Static<typeof UserChanges>;

const tags = ['Users'];

const Versioned = { ...User, headers: ETag };

const ReenrollmentPass = Type.String({
  description:
    'where the organization asks for it: the pass without which the user sets up no second factor. Shown this once, to be read out; taken for seven days',
});

const UpdatedUser = Type.Object(
  { ...User.properties, reenrollmentPass: Type.Optional(ReenrollmentPass) },
  { title: 'UpdatedUser', headers: ETag },
);

export const listUsers = {
  operationId: 'listUsers',
  summary: 'The users of the organizations that the signed-in admin manages',
  description:
    'A Customer Admin sees the users of its customer, a Partner Admin those of its partner and of every customer under it. `q` looks in names and addresses. Filters may be put together. In the order of email addresses, unless `sort` asks for another.',
  tags,
  querystring: UsersQuery,
  response: answers({ 200: Page(User) }, 'forbidden', 'not_found'),
};

export const createUser = {
  operationId: 'createUser',
  summary: 'Create a user; without a password an invitation is mailed',
  description: 'With a password the user can sign in at once. Nobody grants more than its own rights.',
  tags,
  headers: IdempotencyKey,
  body: NewUser,
  response: answers(
    { 201: Versioned },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'email_taken',
    'idempotency_key_reused',
    'weak_password',
    'local_sign_in_disabled',
    'not_for_service_accounts',
    'too_many_attempts',
  ),
};

export const getUser = {
  operationId: 'getUser',
  summary: 'One user',
  description: 'The `ETag` names the version that was read; send it as `If-Match` with a change.',
  tags,
  params: IdParams,
  response: answers({ 200: Versioned }, 'forbidden', 'not_found'),
};

export const updateUser = {
  operationId: 'updateUser',
  summary: 'Change a user; `If-Match` guards against changes in the meantime',
  description:
    '`mfaEnabled: false` takes away authenticator and backup codes, ends every session of the user, and mails the user, with `reason`. Where the setting `reenrollmentPass` is on, the answer carries the pass that the user needs to set one up again. Where `resetDelayHours` or `resetNeedsSecondAdmin` ask for it, nothing is taken away yet: the answer carries `pendingReset`, user and admins are mailed, and 409 `reset_waits` answers who asks again. Disabling ends the sessions too. An admin resets its own MFA in its own settings.',
  tags,
  params: IdParams,
  headers: IfMatch,
  body: UserChanges,
  response: answers(
    { 200: UpdatedUser },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'precondition_failed',
    'use_own_settings',
    'last_admin',
    'mfa_not_enabled',
    'invalid_status',
    'reset_waits',
    'cannot_enable_mfa_for_user',
    'no_working_sso',
    'not_for_service_accounts',
  ),
};

export const removePassword = {
  operationId: 'removePassword',
  summary: 'Take the password of a user away, who signs in through single sign-on alone from then on',
  description:
    'Authenticator and backup codes go with it, the sessions that began with the password end, and the user is mailed. Refused with 409 `no_working_sso` where nothing would let the user in.',
  tags,
  params: IdParams,
  response: answers(
    { 200: Versioned },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'no_working_sso',
    'last_admin',
    'use_own_settings',
    'no_local_password',
  ),
};

export const approveMfaReset = {
  operationId: 'approveMfaReset',
  summary: 'Approve the reset of a second factor that another admin asked for',
  description:
    'By neither the admin who asked nor the user. Where its time is over it takes place at once, and the answer is as that of a reset; else it takes place at `dueAt`. `If-Match` makes sure that it is the one that was shown. 409 `no_reset_waits` where none waits for approval.',
  tags,
  params: IdParams,
  headers: IfMatch,
  response: answers(
    { 200: UpdatedUser },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'precondition_failed',
    'no_reset_waits',
  ),
};

export const stopMfaReset = {
  operationId: 'stopMfaReset',
  summary: 'Stop the reset of a second factor that waits',
  description: 'By any admin who may change the user. The user is told by mail. 409 `no_reset_waits` where none waits.',
  tags,
  params: IdParams,
  response: answers({ 204: NoContent }, 'forbidden', 'reauthentication_required', 'not_found', 'no_reset_waits'),
};

export const issueReenrollmentPass = {
  operationId: 'issueReenrollmentPass',
  summary: 'Give another re-enrollment pass, when the first was lost or is too old',
  description:
    'The one given before is dead. 409 `no_pass_awaited` for a user whom no reset left with a pass to show. Nobody gives one to itself.',
  tags,
  params: IdParams,
  response: answers(
    { 201: Type.Object({ reenrollmentPass: ReenrollmentPass }, { title: 'IssuedReenrollmentPass' }) },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'no_pass_awaited',
  ),
};

export const sendInvitation = {
  operationId: 'sendInvitation',
  summary: 'Send the invitation again; links sent before are dead',
  description: 'For a user whose status is `invited`; else 409 `not_invited`.',
  tags,
  params: IdParams,
  response: answers(
    { 204: NoContent },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'not_invited',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};
