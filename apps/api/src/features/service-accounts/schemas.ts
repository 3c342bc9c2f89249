import { type Static, Type } from '@fastify/type-provider-typebox';
import { MOST_SERVICE_ACCOUNTS, SERVICE_ACCOUNT_NAME_LENGTH, SERVICE_ACCOUNT_STATES } from '@sallyport/core';
import {
  Access,
  answers,
  Closed,
  Id,
  IdempotencyKey,
  IdParams,
  NoContent,
  Nullable,
  OrganizationOfUser,
  Role,
  Timestamp,
} from '../../http/schemas.ts';

const tags = ['Service accounts'];

const ServiceAccount = Type.Object(
  {
    id: Id,
    name: Type.String(),
    role: Role,
    access: Access,
    state: Type.Enum([...SERVICE_ACCOUNT_STATES], {
      title: 'ServiceAccountState',
      description:
        'the key of one that is `expired` or `stopped` is refused; stopped is one whose maker is disabled or has fewer rights by now',
    }),
    maker: Type.Object(
      { id: Id, email: Type.String() },
      { description: 'the admin who made it and answers for it; the account never has more rights than that admin' },
    ),
    createdAt: Timestamp,
    expiresAt: Nullable(Timestamp),
    lastUsedAt: Nullable(Type.Unsafe<Date>({ ...Timestamp, description: 'to the minute' })),
  },
  { title: 'ServiceAccount' },
);

const NewServiceAccount = Closed(
  {
    name: Type.String({
      minLength: 1,
      maxLength: SERVICE_ACCOUNT_NAME_LENGTH,
      pattern: '\\S',
      description: 'what the program is for; it stands in the audit log',
    }),
    role: Role,
    access: Access,
    expiresAt: Type.Optional(
      Nullable(Type.String({ format: 'date-time', description: 'left out or null: until it is revoked' })),
    ),
  },
  { title: 'NewServiceAccount' },
);
export type NewServiceAccount = Static<typeof NewServiceAccount>;

const CreatedServiceAccount = Type.Object(
  {
    ...ServiceAccount.properties,
    key: Type.String({
      pattern: '^sallyport_sa_[0-9a-f]{72}$',
      description: 'shown this once; the last eight digits are the CRC-32 of the 64 before',
    }),
  },
  { title: 'CreatedServiceAccount' },
);

const AccountParams = Closed({ id: Id, accountId: Id });

export const listServiceAccounts = {
  operationId: 'listServiceAccounts',
  summary: 'The service accounts of an organization, newest first',
  description: 'Without their keys, which nobody can read again. What expired stands here for 30 days more.',
  tags,
  params: IdParams,
  response: answers(
    { 200: Type.Object({ items: Type.Array(ServiceAccount) }, { title: 'ServiceAccountList' }) },
    'forbidden',
    'not_found',
  ),
};

export const createServiceAccount = {
  operationId: 'createServiceAccount',
  summary: 'Make a service account; the answer shows its key once',
  description: `Nobody makes one with more rights than its own. An organization has at most ${MOST_SERVICE_ACCOUNTS}. Repeated with its \`Idempotency-Key\` it makes no second one, and does not show the key again.`,
  tags,
  params: IdParams,
  headers: IdempotencyKey,
  body: NewServiceAccount,
  response: answers(
    { 201: CreatedServiceAccount },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'too_many_service_accounts',
    'key_already_shown',
  ),
};

export const revokeServiceAccount = {
  operationId: 'revokeServiceAccount',
  summary: 'Revoke a service account',
  description: 'Its key is refused from the next request on, on every instance.',
  tags,
  params: AccountParams,
  response: answers({ 204: NoContent }, 'forbidden', 'reauthentication_required', 'not_found'),
};

export const getServiceAccount = {
  operationId: 'getServiceAccount',
  summary: 'The service account whose key this is',
  description: 'What `GET /me` is for users: a program finds out whether its key works, and what for.',
  security: [{ bearer: [] }],
  tags,
  response: answers(
    {
      200: Type.Object(
        { id: Id, name: Type.String(), role: Role, access: Access, organization: OrganizationOfUser },
        { title: 'OwnServiceAccount' },
      ),
    },
    'forbidden',
  ),
};
