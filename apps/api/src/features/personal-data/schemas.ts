import { Type } from '@fastify/type-provider-typebox';
import { answers, Closed, Id, IdParams, NoContent, Timestamp } from '../../http/schemas.ts';

const tags = ['Personal data'];

const Row = Type.Unsafe<object>({ type: 'object', additionalProperties: true });

const PersonalData = Type.Object(
  {
    exportedAt: Timestamp,
    user: Type.Object({ id: Id, email: Type.String(), organizationId: Id }),
    data: Type.Record(Type.String(), Type.Array(Row), {
      description: 'rows by table, each table that may name a person among them; docs/data-protection.md says what for',
    }),
  },
  { title: 'PersonalData', description: 'everything that is kept of a person; no hash, key, code or token' },
);

export const exportUser = {
  operationId: 'exportUser',
  summary: 'Everything that is kept of a user',
  description:
    'For admins who may change the user, with a fresh proof. That it was asked for is in the audit log. Of audit events that others had a part in it holds what concerns the user alone.',
  tags,
  params: IdParams,
  response: answers({ 200: PersonalData }, 'forbidden', 'reauthentication_required', 'not_found'),
};

export const eraseUser = {
  operationId: 'eraseUser',
  summary: 'Erase a user for good',
  description:
    'The user goes with credentials, second factors, sessions and linked accounts; waiting mails to it are taken back, and one tells of the erasure. What the audit log says of the user cannot be read any more; the events stay and are verified as before. Nobody erases oneself or the last admin.',
  tags,
  params: IdParams,
  body: Closed({ email: Type.String({ maxLength: 254, description: 'address of the user, as confirmation' }) }),
  response: answers({ 204: NoContent }, 'forbidden', 'reauthentication_required', 'not_found', 'last_admin'),
};

export const exportMe = {
  operationId: 'exportMe',
  summary: 'Everything that is kept of the signed-in user',
  description: 'Needs a fresh proof, as the answer is worth stealing.',
  tags,
  response: answers({ 200: PersonalData }, 'reauthentication_required'),
};
