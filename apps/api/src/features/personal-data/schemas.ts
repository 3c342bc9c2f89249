import { Type } from '@fastify/type-provider-typebox';
import { answers, Id, IdParams, Timestamp } from '../../http/schemas.ts';

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

export const exportMe = {
  operationId: 'exportMe',
  summary: 'Everything that is kept of the signed-in user',
  description: 'Needs a fresh proof, as the answer is worth stealing.',
  tags,
  response: answers({ 200: PersonalData }, 'reauthentication_required'),
};
