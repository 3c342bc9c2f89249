import { Type } from '@fastify/type-provider-typebox';
import {
  AssuranceLevel,
  answers,
  Closed,
  Id,
  IdParams,
  NoContent,
  Nullable,
  PhishingResistant,
  SessionMethod,
  Timestamp,
} from '../../http/schemas.ts';

const Session = Type.Object(
  {
    id: Id,
    current: Type.Boolean({ description: 'the session of this request' }),
    method: SessionMethod,
    aal: AssuranceLevel,
    phishingResistant: PhishingResistant,
    userAgent: Type.String(),
    address: Type.String({ description: 'IP address the session was opened from' }),
    createdAt: Timestamp,
    lastSeenAt: Timestamp,
    expiresAt: Timestamp,
  },
  { title: 'Session' },
);

const RememberedDevice = Type.Object(
  {
    id: Id,
    current: Type.Boolean({ description: 'the browser of this request' }),
    userAgent: Type.String(),
    createdAt: Timestamp,
    lastUsedAt: Nullable(
      Type.Unsafe<Date>({ ...Timestamp, description: 'when it last stood for the second step; null: not yet' }),
    ),
    expiresAt: Type.Unsafe<Date>({ ...Timestamp, description: 'from when the second step is asked for again' }),
  },
  { title: 'RememberedDevice' },
);

const tags = ['Sessions'];

export const refreshSession = {
  operationId: 'refreshSession',
  summary: 'Exchange the refresh cookie for new cookies',
  description:
    'Call it once after a 401 `unauthenticated`, then try again. Every use gives a new refresh cookie; the one before works ten seconds more, for parallel tabs. Later it is taken for stolen, and the whole session ends.',
  security: [{ refresh: [] }],
  tags,
  response: answers({ 204: NoContent }, 'session_expired', 'refresh_token_reused', 'local_sign_in_disabled'),
};

export const signOut = {
  operationId: 'signOut',
  summary: 'End the session, if there is one',
  description: 'Takes the cookies away. The answer is the same without a session.',
  security: [{ refresh: [] }, {}],
  tags,
  response: answers({ 204: NoContent }),
};

export const exchangeToken = {
  operationId: 'exchangeToken',
  summary: 'A short-lived token for another service',
  description:
    'After RFC 8693: in exchange for the session or the key, a JWT that tells the service named by `audience` who calls it, to be verified by `/.well-known/jwks.json`. It says `sub`, `org`, `kind`, `role` and `access` as they are now, lives five minutes, and opens nothing here. Nothing ends it earlier.',
  tags,
  body: Closed({
    audience: Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^https?://[!-~]+$',
      description: 'URL of the service; it has to refuse a token whose `aud` is another',
    }),
  }),
  response: answers({
    200: Type.Object(
      {
        accessToken: Type.String({ description: 'JWT (RFC 9068)' }),
        issuedTokenType: Type.Literal('urn:ietf:params:oauth:token-type:access_token'),
        tokenType: Type.Literal('Bearer'),
        expiresIn: Type.Integer({ description: 'seconds' }),
      },
      { title: 'ExchangedToken' },
    ),
  }),
};

export const listSessions = {
  operationId: 'listSessions',
  summary: 'The live sessions of the signed-in user',
  description: 'Where the user is signed in: device, address, and when each was used last. Newest first.',
  tags,
  response: answers({ 200: Type.Object({ items: Type.Array(Session) }, { title: 'SessionList' }) }),
};

export const revokeSession = {
  operationId: 'revokeSession',
  summary: 'End one session',
  description: 'The device is signed out with its next request.',
  tags,
  params: IdParams,
  response: answers({ 204: NoContent }, 'not_found'),
};

export const revokeOtherSessions = {
  operationId: 'revokeOtherSessions',
  summary: 'End every session but this one',
  description: 'Signs out everywhere but here.',
  tags,
  response: answers({ 204: NoContent }),
};

export const listDevices = {
  operationId: 'listDevices',
  summary: 'The browsers that are not asked for the second step',
  description:
    'Those that were remembered with `rememberDevice` at `POST /auth/login/mfa`, until their days are over or a change of the password or of a second factor ends all of them. Used last first.',
  tags,
  response: answers({ 200: Type.Object({ items: Type.Array(RememberedDevice) }, { title: 'RememberedDeviceList' }) }),
};

export const forgetDevice = {
  operationId: 'forgetDevice',
  summary: 'Forget one remembered browser',
  description:
    'It is asked for the second step at its next sign-in, and the sessions that began there end, but for this one.',
  tags,
  params: IdParams,
  response: answers({ 204: NoContent }, 'not_found'),
};

export const forgetDevices = {
  operationId: 'forgetDevices',
  summary: 'Forget every remembered browser',
  description:
    'Each is asked for the second step at its next sign-in, and the sessions that began there end, but for this one.',
  tags,
  response: answers({ 204: NoContent }),
};
