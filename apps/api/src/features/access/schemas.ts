import { Type } from '@fastify/type-provider-typebox';
import { AssuranceLevel, answers, Id, IdParams, NoContent, SessionMethod, Timestamp } from '../../http/schemas.ts';

const Session = Type.Object({
  id: Id,
  current: Type.Boolean({ description: 'the session of this request' }),
  method: SessionMethod,
  aal: AssuranceLevel,
  userAgent: Type.String(),
  address: Type.String({ description: 'IP address the session was opened from' }),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  expiresAt: Timestamp,
});

const tags = ['Sessions'];

export const refreshSession = {
  operationId: 'refreshSession',
  summary: 'Exchange the refresh cookie for new cookies',
  tags,
  response: answers({ 204: NoContent }),
};

export const signOut = {
  operationId: 'signOut',
  summary: 'End the session, if there is one',
  tags,
  response: answers({ 204: NoContent }),
};

export const listSessions = {
  operationId: 'listSessions',
  summary: 'The live sessions of the signed-in user',
  tags,
  response: answers({ 200: Type.Object({ items: Type.Array(Session) }) }),
};

export const revokeSession = {
  operationId: 'revokeSession',
  summary: 'End one session',
  tags,
  params: IdParams,
  response: answers({ 204: NoContent }),
};

export const revokeOtherSessions = {
  operationId: 'revokeOtherSessions',
  summary: 'End every session but this one',
  tags,
  response: answers({ 204: NoContent }),
};
