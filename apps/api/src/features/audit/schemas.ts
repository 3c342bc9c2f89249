import { type Static, Type } from '@fastify/type-provider-typebox';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '@sallyport/core';
import { answers, Closed, Cursor, Id, Limit, Nullable, Page, Timestamp } from '../../http/schemas.ts';

const Party = Type.Object(
  {
    id: Nullable(Id),
    name: Type.String({ description: 'email address, or the name of an operator command, as it was at that moment' }),
  },
  { title: 'AuditParty' },
);

const AuditEvent = Type.Object(
  {
    id: Id,
    sequence: Type.Integer({ description: 'in the order of recording, with gaps' }),
    occurredAt: Timestamp,
    action: Type.Enum([...AUDIT_ACTIONS]),
    outcome: Type.Enum([...AUDIT_OUTCOMES]),
    actor: Type.Union([Party, Type.Null()], { description: 'who did it' }),
    subject: Type.Union([Party, Type.Null()], { description: 'whom it happened to' }),
    organizationId: Nullable(Id),
    address: Nullable(Type.String({ description: 'IP address of the request' })),
    userAgent: Nullable(Type.String()),
    requestId: Nullable(Type.String()),
    details: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
  },
  { title: 'AuditEvent' },
);

const AuditQuery = Closed({
  organizationId: Type.Optional(Id),
  userId: Type.Optional(Type.String({ format: 'uuid', description: 'who did it or whom it happened to' })),
  action: Type.Optional(Type.Enum([...AUDIT_ACTIONS], { description: 'what was done' })),
  from: Type.Optional(Type.String({ format: 'date-time', description: 'not before this moment' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'before this moment' })),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
});
export type AuditQuery = Static<typeof AuditQuery>;

export const listAuditEvents = {
  operationId: 'listAuditEvents',
  summary: 'What happened in the organizations of the signed-in admin, newest first',
  description: 'The log is append-only. Filters may be put together; times are compared with `occurredAt`.',
  tags: ['Audit'],
  querystring: AuditQuery,
  response: answers({ 200: Page(AuditEvent) }, 'forbidden', 'not_found'),
};
