import { Type } from '@fastify/type-provider-typebox';
import { Closed, Code, Email, Id, Name, NoContent, orProblem, Password } from '../../http/schemas.ts';
import { MfaStatus } from '../mfa/schemas.ts';

const tags = ['Account'];
const mailTags = ['Password and invitation by mail'];

/** The signed-in user, as `GET /me` and every completed sign-in answer. */
export const CurrentUser = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: Type.Enum(['admin', 'member']),
  access: Type.Enum(['read_write', 'read_only']),
  status: Type.Enum(['active', 'invited', 'disabled']),
  hasPassword: Type.Boolean({ description: 'false for a user who signs in through SSO only' }),
  organization: Type.Object({
    id: Id,
    slug: Type.String(),
    name: Type.String(),
    kind: Type.Enum(['partner', 'customer']),
  }),
  mfa: Type.Object(MfaStatus),
  session: Type.Object({
    id: Id,
    method: Type.Enum(['password', 'sso']),
    aal: Type.Enum([1, 2], { description: 'authenticator assurance level' }),
  }),
});

export const getMe = {
  operationId: 'getMe',
  summary: 'The signed-in user',
  tags,
  response: { 200: CurrentUser, ...orProblem },
};

export const updateMe = {
  operationId: 'updateMe',
  summary: 'Change the own profile',
  tags,
  body: Closed({ name: Name }),
  response: { 200: CurrentUser, ...orProblem },
};

export const changePassword = {
  operationId: 'changePassword',
  summary: 'Change the own password; every other session ends',
  description: 'Where MFA is on, `code` is demanded: a TOTP or a backup code.',
  tags,
  body: Closed({ currentPassword: Password, newPassword: Password, code: Type.Optional(Code) }),
  response: { 204: NoContent, ...orProblem },
};

const Token = Type.String({ minLength: 1, maxLength: 128, description: 'from the link in the mail' });

export const requestPasswordReset = {
  operationId: 'requestPasswordReset',
  summary: 'Mail a link that sets a new password',
  description: 'One answer whether or not there is such an account.',
  tags: mailTags,
  body: Closed({ email: Email }),
  response: { 202: Type.Null({ description: 'Taken' }), ...orProblem },
};

export const confirmPasswordReset = {
  operationId: 'confirmPasswordReset',
  summary: 'Set a new password with the mailed token; MFA stays as it is',
  tags: mailTags,
  body: Closed({ token: Token, newPassword: Password }),
  response: { 204: NoContent, ...orProblem },
};

export const getInvitation = {
  operationId: 'getInvitation',
  summary: 'Whom an invitation is for',
  tags: mailTags,
  body: Closed({ token: Token }),
  response: {
    200: Type.Object({ email: Type.String(), name: Type.String(), organizationName: Type.String() }),
    ...orProblem,
  },
};

export const acceptInvitation = {
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation by choosing a password',
  tags: mailTags,
  body: Closed({ token: Token, password: Password }),
  response: { 204: NoContent, ...orProblem },
};
