import { Type } from '@fastify/type-provider-typebox';
import { SSO_FAILURE_CODES } from '@sallyport/core';
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
  Token,
} from '../../../http/schemas.ts';
import { shownFields } from '../../mfa/schemas.ts';

const tags = ['Single sign-on'];

const ConnectionParams = Closed({ connectionId: Id });

/** Where the browser goes next. */
const Redirect = Type.Null({
  description: `See the Location header. After a failure it holds \`error\` (one of ${SSO_FAILURE_CODES.map((code) => `\`${code}\``).join(', ')}) and \`requestId\`.`,
});

export const startSso = {
  operationId: 'startSso',
  summary: 'Begin a sign-in: the browser goes to the provider',
  description: 'For a link or a navigation, not for fetch. A failure ends on `/sign-in?error=CODE&requestId=…`.',
  tags,
  params: ConnectionParams,
  querystring: Closed({
    returnTo: Type.Optional(Type.String({ maxLength: 2048, description: 'a path on this origin; `/` unless told' })),
    fresh: Type.Optional(
      Type.Boolean({
        description:
          'the person has to prove itself at the provider anew, as `next` of `reauthentication_required` asks',
      }),
    ),
  }),
  response: answers({ 303: Redirect }, 'not_found'),
};

export const ssoCallback = {
  operationId: 'ssoCallback',
  summary: 'Where an OIDC provider sends the browser back to',
  description:
    'For browsers alone: state, nonce and code are checked against the attempt that this browser began. It ends signed in, on the second step, or on `/sign-in?error=CODE&requestId=…`.',
  security: [{ provider: [] }],
  tags,
  params: ConnectionParams,
  // What a provider adds is its own affair.
  querystring: Type.Object({}, { additionalProperties: true }),
  response: answers({ 303: Redirect }, 'not_found', 'too_many_attempts'),
};

export const samlAcs = {
  operationId: 'samlAcs',
  summary: 'Where the page of a SAML provider posts its response to (assertion consumer service)',
  description:
    'The response must be signed by the certificates of the connection and answer an attempt of this service, unless the connection allows sign-ins that begin at the provider.',
  tags,
  params: ConnectionParams,
  body: Type.Object(
    {
      SAMLResponse: Type.Optional(Type.String()),
      RelayState: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
  response: answers({ 303: Redirect }, 'not_found', 'too_many_attempts'),
};

export const completeSso = {
  operationId: 'completeSso',
  summary: 'Where the browser takes up the result that the ACS verified',
  description: 'The page of another site that posts to the ACS brings no cookies; this step, on our own site, does.',
  security: [{ provider: [] }],
  tags,
  querystring: Closed({
    code: Type.String({ minLength: 1, maxLength: 128, description: 'from the ACS, for one use' }),
  }),
  response: answers({ 303: Redirect }, 'too_many_attempts'),
};

export const samlMetadata = {
  operationId: 'samlServiceProviderMetadata',
  summary: 'SAML metadata of this service, for the provider',
  description: 'To load at the provider: entity id, ACS address and the certificate that requests are signed with.',
  tags,
  params: ConnectionParams,
  response: answers(
    {
      200: { description: 'Metadata', content: { 'application/samlmetadata+xml': { schema: Type.String() } } },
    },
    'not_found',
  ),
};

const identityTags = ['Linked identities'];

const ConnectionName = Type.Object({ id: Id, name: Type.String(), kind: SsoKind });

const Identity = Type.Object(
  {
    id: Id,
    connection: ConnectionName,
    email: Nullable(Type.String({ description: 'as the provider gave it last' })),
    subject: Type.String(),
    linkedAt: Timestamp,
    lastSignInAt: Nullable(Timestamp),
    removable: Type.Boolean({ description: 'false for the last way in' }),
  },
  { title: 'LinkedIdentity' },
);

export const listIdentities = {
  operationId: 'listIdentities',
  summary: 'The accounts at identity providers that the signed-in user comes in with, and where it could link one',
  description: '`removable` is false for the last way in.',
  tags: identityTags,
  response: answers({
    200: Type.Object(
      { items: Type.Array(Identity), linkable: Type.Array(ConnectionName) },
      { title: 'LinkedIdentityList' },
    ),
  }),
};

export const linkIdentity = {
  operationId: 'linkIdentity',
  summary: 'Begin to link an account at a provider: go to `url` and sign in there',
  description:
    'Password, and where MFA is on a code or a passkey, prove the user. It ends on `returnTo`, with `?linked=<connection>`, or with `?error=<code>&requestId=`.',
  tags: identityTags,
  params: ConnectionParams,
  body: Closed({
    password: Password,
    ...shownFields,
    returnTo: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  }),
  response: answers(
    { 200: Type.Object({ url: Type.String() }) },
    'not_found',
    'invalid_credentials',
    'invalid_code',
    'too_many_attempts',
    'identity_already_linked',
    'no_local_password',
    'provider_unavailable',
    'local_sign_in_disabled',
  ),
};

export const readMailedLink = {
  operationId: 'readMailedLink',
  summary: 'Whom a mailed link is for, and where the account can be',
  description: 'Mailed to users whose password is in the way of single sign-on; it proves the mailbox in its place.',
  tags,
  body: Closed({ token: Token }),
  response: answers(
    {
      200: Type.Object(
        {
          email: Type.String(),
          name: Type.String(),
          organizationName: Type.String(),
          connections: Type.Array(ConnectionName),
          codeRequired: Type.Boolean({ description: 'whether a code of the second factor is asked for' }),
        },
        { title: 'MailedLink' },
      ),
    },
    'invalid_token',
    'too_many_attempts',
  ),
};

export const startMailedLink = {
  operationId: 'startMailedLink',
  summary: 'Begin to link the account: go to `url` and sign in there, with the address that the link was mailed to',
  description:
    'It ends on `/`, signed in, or on `/sign-in?error=CODE&requestId=…`. The link works until it has linked.',
  tags,
  body: Closed({ token: Token, connectionId: Id, code: Type.Optional(Code) }),
  response: answers(
    { 200: Type.Object({ url: Type.String() }) },
    'invalid_token',
    'invalid_code',
    'too_many_attempts',
    'not_found',
    'provider_unavailable',
  ),
};

export const mailLink = {
  operationId: 'mailSsoLink',
  summary: 'Mail a user the link that links its account at a provider',
  description: 'For a user with a password and an address that a working connection takes; else 409 `not_linkable`.',
  tags: identityTags,
  params: IdParams,
  response: answers(
    { 204: NoContent },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'not_linkable',
    'too_many_attempts',
  ),
};

export const unlinkIdentity = {
  operationId: 'unlinkIdentity',
  summary: 'Unlink an account at a provider; it must not be the last way in',
  description: 'Sessions that began through it end. The last way in is refused with 409 `last_way_in`.',
  tags: identityTags,
  params: IdParams,
  response: answers({ 204: NoContent }, 'not_found', 'last_way_in'),
};

export const listUserIdentities = {
  operationId: 'listUserIdentities',
  summary: 'The accounts at identity providers that a user comes in with',
  description: 'As the provider named them last.',
  tags: identityTags,
  params: IdParams,
  response: answers(
    {
      200: Type.Object(
        { items: Type.Array(Type.Omit(Identity, ['removable'], { title: 'LinkedIdentityOfUser' })) },
        { title: 'LinkedIdentityOfUserList' },
      ),
    },
    'forbidden',
    'not_found',
  ),
};

export const unlinkUserIdentity = {
  operationId: 'unlinkUserIdentity',
  summary: 'Unlink an account of a user, for one that got another account at the provider',
  description: 'The next sign-in through the provider links anew, by the rules of the first.',
  tags: identityTags,
  params: Closed({ id: Id, identityId: Id }),
  response: answers({ 204: NoContent }, 'forbidden', 'reauthentication_required', 'not_found', 'last_way_in'),
};
