import { Type } from '@fastify/type-provider-typebox';
import {
  Access,
  AssuranceLevel,
  answers,
  Closed,
  Email,
  HasPassword,
  Id,
  Name,
  NoContent,
  OrganizationOfUser,
  Password,
  PhishingResistant,
  Role,
  SessionMethod,
  Token,
  UserStatus,
} from '../../http/schemas.ts';
import { MfaStatus, shownFields } from '../mfa/schemas.ts';
import { MinimumPasswordLength } from '../organizations/schemas.ts';

const tags = ['Account'];
const mailTags = ['Password and invitation by mail'];

/** The signed-in user, as `GET /me` and every completed sign-in answer. */
export const CurrentUser = Type.Object(
  {
    id: Id,
    email: Type.String(),
    name: Type.String(),
    role: Role,
    access: Access,
    status: UserStatus,
    hasPassword: HasPassword,
    organization: OrganizationOfUser,
    mfa: Type.Object(MfaStatus),
    session: Type.Object({
      id: Id,
      method: SessionMethod,
      aal: AssuranceLevel,
      phishingResistant: PhishingResistant,
    }),
    minimumPasswordLength: MinimumPasswordLength,
  },
  { title: 'CurrentUser' },
);

export const getMe = {
  operationId: 'getMe',
  summary: 'The signed-in user',
  description:
    'Who is signed in, with rights, organization, and how the session began. 401 `unauthenticated` means: refresh, or sign in.',
  tags,
  response: answers({ 200: CurrentUser }),
};

export const updateMe = {
  operationId: 'updateMe',
  summary: 'Change the own profile',
  description: 'The name is what others see; address and rights are changed by an admin.',
  tags,
  body: Closed({ name: Name }),
  response: answers({ 200: CurrentUser }),
};

export const changePassword = {
  operationId: 'changePassword',
  summary: 'Change the own password; every other session ends',
  description:
    'Where MFA is on, `code`, a TOTP or a backup code, or `response` of a passkey is demanded. Wrong ones are counted with those of the sign-in.',
  tags,
  body: Closed({ currentPassword: Password, newPassword: Password, ...shownFields }),
  response: answers(
    { 204: NoContent },
    'invalid_credentials',
    'invalid_code',
    'weak_password',
    'no_local_password',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};

export const reportNotMe = {
  operationId: 'reportNotMe',
  summary: 'Say that something in the account was not oneself',
  description:
    'Every other session ends, no browser is remembered any more, a reset of the second factor that waits is stopped, and ' +
    'the administrators are mailed. It asks for no proof, so that it is quick, and gives nothing back: have the user ' +
    'choose a new password next.',
  tags,
  body: Closed({
    eventId: Type.Optional(Type.String({ format: 'uuid', description: 'of `GET /me/events`, where it is about one' })),
  }),
  response: answers(
    {
      200: Type.Object(
        {
          sessionsEnded: Type.Integer({ minimum: 0, description: 'of other devices' }),
          resetStopped: Type.Boolean({ description: 'whether a reset of the second factor waited' }),
        },
        { title: 'NotMeReport' },
      ),
    },
    'not_found',
  ),
};

export const requestPasswordReset = {
  operationId: 'requestPasswordReset',
  summary: 'Mail a link that sets a new password',
  description: 'One answer whether or not there is such an account. The link works for one hour, once.',
  tags: mailTags,
  body: Closed({ email: Email }),
  response: answers({ 202: Type.Null({ description: 'Taken' }) }, 'too_many_attempts'),
};

export const confirmPasswordReset = {
  operationId: 'confirmPasswordReset',
  summary: 'Set a new password with the mailed token; MFA stays as it is',
  description:
    'Every session of the user ends. The token is what the mailed link holds; 410 `invalid_token` once it was used or is too old.',
  tags: mailTags,
  body: Closed({ token: Token, newPassword: Password }),
  response: answers(
    { 204: NoContent },
    'invalid_token',
    'weak_password',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};

export const stopOwnMfaReset = {
  operationId: 'stopOwnMfaReset',
  summary: 'Stop the reset of the own second factor that waits',
  description: 'The admins are told by mail. 409 `no_reset_waits` where none waits.',
  tags: ['MFA'],
  response: answers({ 204: NoContent }, 'no_reset_waits'),
};

export const disputeMfaReset = {
  operationId: 'disputeMfaReset',
  summary: 'Say that a reset of the second factor was not asked for',
  description:
    'With the token of the mail that told of the reset. A reset that waits is stopped; one that took place stands. Every session of the user ends and the admins are alerted.',
  tags: mailTags,
  body: Closed({ token: Token }),
  response: answers({ 204: NoContent }, 'invalid_token', 'too_many_attempts'),
};

export const getInvitation = {
  operationId: 'getInvitation',
  summary: 'Whom an invitation is for',
  description: 'For the page that asks for the first password. The token is in the body, so that no log holds it.',
  tags: mailTags,
  body: Closed({ token: Token }),
  response: answers(
    {
      200: Type.Object(
        {
          email: Type.String(),
          name: Type.String(),
          organizationName: Type.String(),
          minimumPasswordLength: MinimumPasswordLength,
        },
        { title: 'Invitation' },
      ),
    },
    'invalid_token',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};

export const acceptInvitation = {
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation by choosing a password',
  description: 'The user can sign in afterwards; no session begins here.',
  tags: mailTags,
  body: Closed({ token: Token, password: Password }),
  response: answers(
    { 204: NoContent },
    'invalid_token',
    'weak_password',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};
