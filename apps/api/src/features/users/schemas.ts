import { type Static, Type } from '@fastify/type-provider-typebox';
import { ACCESSES, ORGANIZATION_KINDS, ROLES, USER_STATUSES } from '@sallyport/core';
import {
  Closed,
  Cursor,
  Email,
  Id,
  IdParams,
  Limit,
  Name,
  NoContent,
  Nullable,
  orProblem,
  Page,
  Password,
  Timestamp,
} from '../../http/schemas.ts';

const Role = Type.Enum([...ROLES]);
const Access = Type.Enum([...ACCESSES]);

const User = Type.Object({
  id: Id,
  email: Type.String(),
  name: Type.String(),
  role: Role,
  access: Access,
  status: Type.Enum([...USER_STATUSES], { description: 'invited: the invitation was not accepted yet' }),
  hasPassword: Type.Boolean({ description: 'false for a user who signs in through SSO only' }),
  mfaEnabled: Type.Boolean(),
  organization: Type.Object({
    id: Id,
    slug: Type.String(),
    name: Type.String(),
    kind: Type.Enum([...ORGANIZATION_KINDS]),
  }),
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
  response: { 200: Page(User), ...orProblem },
};

export const createUser = {
  operationId: 'createUser',
  summary: 'Create a user; without a password an invitation is mailed',
  tags,
  body: NewUser,
  response: { 201: { ...User, headers: etag }, ...orProblem },
};

export const getUser = {
  operationId: 'getUser',
  summary: 'One user',
  tags,
  params: IdParams,
  response: { 200: { ...User, headers: etag }, ...orProblem },
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
  response: { 200: { ...User, headers: etag }, ...orProblem },
};

export const sendInvitation = {
  operationId: 'sendInvitation',
  summary: 'Send the invitation again; links sent before are dead',
  tags,
  params: IdParams,
  response: { 204: NoContent, ...orProblem },
};
