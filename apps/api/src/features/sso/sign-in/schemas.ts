import { Type } from '@fastify/type-provider-typebox';
import { answers, Closed, Id } from '../../../http/schemas.ts';

const tags = ['Single sign-on'];

const ConnectionParams = Closed({ connectionId: Id });

/** Where the browser goes next. */
const Redirect = Type.Null({ description: 'See the Location header' });

export const startSso = {
  operationId: 'startSso',
  summary: 'Begin a sign-in: the browser goes to the provider',
  description: 'For a link or a navigation, not for fetch. A failure ends on `/sign-in?error=CODE&requestId=…`.',
  tags,
  params: ConnectionParams,
  querystring: Closed({
    returnTo: Type.Optional(Type.String({ maxLength: 2048, description: 'a path on this origin; `/` unless told' })),
  }),
  response: answers({ 303: Redirect }),
};

export const ssoCallback = {
  operationId: 'ssoCallback',
  summary: 'Where an OIDC provider sends the browser back to',
  tags,
  params: ConnectionParams,
  // What a provider adds is its own affair.
  querystring: Type.Object({}, { additionalProperties: true }),
  response: answers({ 303: Redirect }),
};

export const samlAcs = {
  operationId: 'samlAcs',
  summary: 'Where the page of a SAML provider posts its response to (assertion consumer service)',
  tags,
  params: ConnectionParams,
  body: Type.Object(
    {
      SAMLResponse: Type.Optional(Type.String()),
      RelayState: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
  response: answers({ 303: Redirect }),
};

export const completeSso = {
  operationId: 'completeSso',
  summary: 'Where the browser takes up the result that the ACS verified',
  tags,
  querystring: Closed({ code: Type.String({ minLength: 1, maxLength: 128 }) }),
  response: answers({ 303: Redirect }),
};

export const samlMetadata = {
  operationId: 'samlServiceProviderMetadata',
  summary: 'SAML metadata of this service, for the provider',
  tags,
  params: ConnectionParams,
  response: answers({
    200: { description: 'Metadata', content: { 'application/samlmetadata+xml': { schema: Type.String() } } },
  }),
};
