import { Type } from '@fastify/type-provider-typebox';
import {
  answers,
  Closed,
  Code,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Password,
  SsoKind,
  Timestamp,
} from '../../../http/schemas.ts';

const tags = ['Linked identities'];

const ConnectionName = Type.Object({ id: Id, name: Type.String(), kind: SsoKind });

const Identity = Type.Object({
  id: Id,
  connection: ConnectionName,
  email: Nullable(Type.String({ description: 'as the provider gave it last' })),
  subject: Type.String(),
  linkedAt: Timestamp,
  lastSignInAt: Nullable(Timestamp),
  removable: Type.Boolean({ description: 'false for the last way in' }),
});

export const listIdentities = {
  operationId: 'listIdentities',
  summary: 'The accounts at identity providers that the signed-in user comes in with, and where it could link one',
  tags,
  response: answers({
    200: Type.Object({ items: Type.Array(Identity), linkable: Type.Array(ConnectionName) }),
  }),
};

export const linkIdentity = {
  operationId: 'linkIdentity',
  summary: 'Begin to link an account at a provider: go to `url` and sign in there',
  description:
    'Password, and where MFA is on a code, prove the user. It ends on `returnTo`, with `?linked=<connection>`, or with `?error=<code>&requestId=`.',
  tags,
  params: Closed({ connectionId: Id }),
  body: Closed({
    password: Password,
    code: Type.Optional(Code),
    returnTo: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  }),
  response: answers({ 200: Type.Object({ url: Type.String() }) }),
};

export const unlinkIdentity = {
  operationId: 'unlinkIdentity',
  summary: 'Unlink an account at a provider; it must not be the last way in',
  tags,
  params: IdParams,
  response: answers({ 204: NoContent }),
};

export const listUserIdentities = {
  operationId: 'listUserIdentities',
  summary: 'The accounts at identity providers that a user comes in with',
  tags,
  params: IdParams,
  response: answers({ 200: Type.Object({ items: Type.Array(Type.Omit(Identity, ['removable'])) }) }),
};

export const unlinkUserIdentity = {
  operationId: 'unlinkUserIdentity',
  summary: 'Unlink an account of a user, for one that got another account at the provider',
  tags,
  params: Closed({ id: Id, identityId: Id }),
  response: answers({ 204: NoContent }),
};
