import { Type } from '@fastify/type-provider-typebox';
import {
  Access,
  AssuranceLevel,
  answers,
  Closed,
  Code,
  Email,
  HasPassword,
  Id,
  Name,
  NoContent,
  OrganizationOfUser,
  Password,
  Role,
  SessionMethod,
  Token,
  UserStatus,
} from '../../http/schemas.ts';
import { MfaStatus } from '../mfa/schemas.ts';
import { MinimumPasswordLength } from '../organizations/schemas.ts';

const tags = ['Account'];
const mailTags = ['Password and invitation by mail'];

/** The signed-in user, as `GET /me` and every completed sign-in answer. */
export const CurrentUser = Type.Object({
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
  }),
  minimumPasswordLength: MinimumPasswordLength,
});

export const getMe = {
  operationId: 'getMe',
  summary: 'The signed-in user',
  tags,
  response: answers({ 200: CurrentUser }),
};

export const updateMe = {
  operationId: 'updateMe',
  summary: 'Change the own profile',
  tags,
  body: Closed({ name: Name }),
  response: answers({ 200: CurrentUser }),
};

export const changePassword = {
  operationId: 'changePassword',
  summary: 'Change the own password; every other session ends',
  description: 'Where MFA is on, `code` is demanded: a TOTP or a backup code.',
  tags,
  body: Closed({ currentPassword: Password, newPassword: Password, code: Type.Optional(Code) }),
  response: answers({ 204: NoContent }),
};

export const requestPasswordReset = {
  operationId: 'requestPasswordReset',
  summary: 'Mail a link that sets a new password',
  description: 'One answer whether or not there is such an account.',
  tags: mailTags,
  body: Closed({ email: Email }),
  response: answers({ 202: Type.Null({ description: 'Taken' }) }),
};

export const confirmPasswordReset = {
  operationId: 'confirmPasswordReset',
  summary: 'Set a new password with the mailed token; MFA stays as it is',
  tags: mailTags,
  body: Closed({ token: Token, newPassword: Password }),
  response: answers({ 204: NoContent }),
};

export const getInvitation = {
  operationId: 'getInvitation',
  summary: 'Whom an invitation is for',
  tags: mailTags,
  body: Closed({ token: Token }),
  response: answers({
    200: Type.Object({
      email: Type.String(),
      name: Type.String(),
      organizationName: Type.String(),
      minimumPasswordLength: MinimumPasswordLength,
    }),
  }),
};

export const acceptInvitation = {
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation by choosing a password',
  tags: mailTags,
  body: Closed({ token: Token, password: Password }),
  response: answers({ 204: NoContent }),
};
