import { type Static, Type } from '@fastify/type-provider-typebox';
import {
  Access,
  answers,
  Closed,
  Cursor,
  Email,
  HasPassword,
  Id,
  IdParams,
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

const User = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: Role,
  access: Access,
  status: UserStatus,
  hasPassword: HasPassword,
  mfaEnabled: Type.Boolean(),
  organization: OrganizationOfUser,
  lastSignInAt: Nullable(Timestamp),
  createdAt: Timestamp,
});

const UsersQuery = Closed({
  q: Type.Optional(Type.String({ maxLength: 200, description: 'part of the name or the email address, in any case' })),
  organizationId: Type.Optional(Id),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
});
export type UsersQuery = Static<typeof UsersQuery>;

const NewUser = Closed({
  email: Email,
  name: Name,
  organizationId: Id,
  role: Role,
  access: Access,
  password: Type.Optional(Password),
});
export type NewUser = Static<typeof NewUser>;

const UserChanges = Closed({
  name: Type.Optional(Name),
  role: Type.Optional(Role),
  access: Type.Optional(Access),
  status: Type.Optional(Type.Enum(['active', 'disabled'])),
  mfaEnabled: Type.Optional(
    Type.Boolean({ description: 'false takes away authenticator and backup codes; only the user can set them up' }),
  ),
});
export type UserChanges = Static<typeof UserChanges>;

const tags = ['Users'];

const etag = { ETag: { type: 'string', description: 'version of the user, for If-Match' } };

export const listUsers = {
  operationId: 'listUsers',
  summary: 'The users of the organizations that the signed-in admin manages, by email address',
  tags,
  querystring: UsersQuery,
  response: answers({ 200: Page(User) }),
};

export const createUser = {
  operationId: 'createUser',
  summary: 'Create a user; without a password an invitation is mailed',
  tags,
  body: NewUser,
  response: answers({ 201: { ...User, headers: etag } }),
};

export const getUser = {
  operationId: 'getUser',
  summary: 'One user',
  tags,
  params: IdParams,
  response: answers({ 200: { ...User, headers: etag } }),
};

export const updateUser = {
  operationId: 'updateUser',
  summary: 'Change a user; `If-Match` guards against changes in the meantime',
  description:
    '`mfaEnabled: false` takes away authenticator and backup codes, ends every session of the user, and mails the user.',
  tags,
  params: IdParams,
  headers: Type.Object({ 'if-match': Type.Optional(Type.String({ description: 'ETag of the user as it is known' })) }),
  body: UserChanges,
  response: answers({ 200: { ...User, headers: etag } }),
};

export const removePassword = {
  operationId: 'removePassword',
  summary: 'Take the password of a user away, who signs in through single sign-on alone from then on',
  description:
    'Authenticator and backup codes go with it, the sessions that began with the password end, and the user is mailed. Refused with 409 `no_working_sso` where nothing would let the user in.',
  tags,
  params: IdParams,
  response: answers({ 200: { ...User, headers: etag } }),
};

export const sendInvitation = {
  operationId: 'sendInvitation',
  summary: 'Send the invitation again; links sent before are dead',
  tags,
  params: IdParams,
  response: answers({ 204: NoContent }),
};
