import { type Static, Type } from '@fastify/type-provider-typebox';
import { SSO_FAILURE_CODES, SSO_MFA_POLICIES, SSO_PROVISIONINGS } from '@sallyport/core';
import {
  answers,
  Closed,
  DomainName,
  ETag,
  Id,
  IdempotencyKey,
  IdParams,
  IfMatch,
  Name,
  NoContent,
  Nullable,
  Timestamp,
} from '../../../http/schemas.ts';
import { ChangeableProviderWith, HttpsUrl, SentConfig, SentProviderWith } from '../protocols/schemas.ts';

const tags = ['Single sign-on'];

const Provisioning = Type.Enum([...SSO_PROVISIONINGS], {
  description: 'jit creates unknown users of the verified domains as read-only members',
});
const MfaPolicy = Type.Enum([...SSO_MFA_POLICIES], {
  description:
    'whether a user with an authenticator here is asked for its code when the provider did not say multi-factor',
});

const Domains = Type.Array(DomainName, {
  maxItems: 50,
  uniqueItems: true,
  description: 'domains of the organization whose addresses come in here; each counts once it is verified',
});

const NewConnection = SentProviderWith('NewSsoConnection', {
  name: Name,
  enabled: Type.Optional(Type.Boolean({ default: false })),
  domains: Type.Optional(Domains),
  provisioning: Type.Optional(Provisioning),
  mfaPolicy: Type.Optional(MfaPolicy),
});
export type NewConnection = Static<typeof NewConnection>;

export const ConnectionChanges = Closed(
  {
    name: Type.Optional(Name),
    enabled: Type.Optional(Type.Boolean()),
    domains: Type.Optional(Domains),
    provisioning: Type.Optional(Provisioning),
    mfaPolicy: Type.Optional(MfaPolicy),
    config: Type.Optional(SentConfig),
  },
  { title: 'SsoConnectionChanges' },
);
export type ConnectionChanges = Static<typeof ConnectionChanges>;

const Failure = Type.Object(
  {
    at: Timestamp,
    code: Type.Enum([...SSO_FAILURE_CODES], { description: 'what the person saw on the sign-in page' }),
    cause: Type.String({ description: 'in words an admin can act on' }),
    requestId: Type.String(),
  },
  { title: 'SsoFailure' },
);
export type Failure = Static<typeof Failure>;

const Certificate = Type.Object(
  {
    subject: Type.String(),
    fingerprint: Type.String({ description: 'SHA-256, hexadecimal with colons' }),
    notBefore: Timestamp,
    notAfter: Timestamp,
  },
  { title: 'SsoCertificate' },
);

const certificates = Type.Array(Certificate, { description: 'SAML: of the provider' });

const PendingChange = {
  hasClientSecret: Type.Boolean(),
  secretChanges: Type.Boolean({ description: 'whether the client secret becomes another' }),
  certificates,
  createdAt: Timestamp,
  createdBy: Type.String(),
};

const Own = {
  id: Id,
  organizationId: Id,
  name: Type.String(),
  enabled: Type.Boolean(),
  domains: Type.Array(Type.String()),
  unverifiedDomains: Type.Array(Type.String(), { description: 'those of `domains` that do not count yet' }),
  provisioning: Provisioning,
  mfaPolicy: MfaPolicy,
  hasClientSecret: Type.Boolean(),
  urls: Type.Object(
    {
      start: Type.String({ description: 'begins a sign-in; a link for the own portal' }),
      redirectUri: Type.Optional(Type.String({ description: 'OIDC: to paste at the provider' })),
      acsUrl: Type.Optional(Type.String({ description: 'SAML: to paste at the provider' })),
      entityId: Type.Optional(Type.String()),
      metadataUrl: Type.Optional(Type.String()),
    },
    { description: 'made of PUBLIC_URL' },
  ),
  certificates,
  warnings: Type.Array(Type.String(), { description: 'what an admin should look at, in words' }),
  working: Type.Boolean({
    description:
      'enabled, and somebody signed in through it; a configuration that is new since then was tested with success',
  }),
  lastSignInAt: Nullable(Timestamp),
  lastFailure: Nullable(Failure),
  createdAt: Timestamp,
  updatedAt: Timestamp,
};

const Connection = ChangeableProviderWith('SsoConnection', Own, PendingChange);
export type ConnectionView = Static<typeof Connection>;

/** With the version of the connection. */
const Versioned = { ...Connection, headers: ETag };

const ConnectionParams = Closed({ id: Id, connectionId: Id });

export const listConnections = {
  operationId: 'listSsoConnections',
  summary: 'The single sign-on connections of an organization',
  description: 'In every state, with what an admin should look at in `warnings`.',
  tags,
  params: IdParams,
  response: answers(
    { 200: Type.Object({ items: Type.Array(Connection) }, { title: 'SsoConnectionList' }) },
    'forbidden',
    'not_found',
  ),
};

export const createConnection = {
  operationId: 'createSsoConnection',
  summary: 'Add a connection to an identity provider',
  description:
    '`urls` of the answer are to paste at the provider. It serves once it is enabled and a test or a sign-in proved that it works.',
  tags,
  params: IdParams,
  headers: IdempotencyKey,
  body: NewConnection,
  response: answers(
    { 201: Versioned },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'idempotency_key_reused',
  ),
};

export const getConnection = {
  operationId: 'getSsoConnection',
  summary: 'One connection; the ETag names its version',
  description: 'Client secrets are never read back; `hasClientSecret` tells whether there is one.',
  tags,
  params: ConnectionParams,
  response: answers({ 200: Versioned }, 'forbidden', 'not_found'),
};

export const updateConnection = {
  operationId: 'updateSsoConnection',
  summary: 'Change a connection; its `config` is replaced whole',
  description:
    'Disabling ends the sessions that began through it. Where somebody came in through it, a changed `config` becomes `pendingChange`: it serves once a test of it succeeds, and until then the old one does. Sent as it serves, it takes the waiting one away.',
  tags,
  params: ConnectionParams,
  headers: IfMatch,
  body: ConnectionChanges,
  response: answers(
    { 200: Versioned },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'precondition_failed',
    'no_working_sso',
  ),
};

export const discardChange = {
  operationId: 'discardSsoConnectionChange',
  summary: 'Discard the change that waits for its test',
  description: 'The connection stays as it is. 404 where no change waits.',
  tags,
  params: ConnectionParams,
  headers: IfMatch,
  response: answers({ 204: NoContent }, 'forbidden', 'reauthentication_required', 'not_found', 'precondition_failed'),
};

export const deleteConnection = {
  operationId: 'deleteSsoConnection',
  summary: 'Remove a connection with its linked identities; the sessions that began through it end',
  description: 'Refused with 409 `no_working_sso` where it would lock everybody out.',
  tags,
  params: ConnectionParams,
  headers: IfMatch,
  response: answers(
    { 204: NoContent },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'precondition_failed',
    'no_working_sso',
  ),
};

const SamlMetadata = Type.Object(
  {
    idpEntityId: Type.String(),
    ssoUrl: Type.String(),
    certificates: Type.Array(Type.Object({ pem: Type.String(), ...Certificate.properties }), {
      description: 'compare the fingerprints with those the provider shows before you save them',
    }),
    nameIdFormats: Type.Array(Type.String()),
    wantAuthnRequestsSigned: Type.Boolean(),
  },
  { title: 'SamlMetadata' },
);

export const readSamlMetadata = {
  operationId: 'readSamlMetadata',
  summary: "Read a SAML provider's metadata, to fill in a connection; nothing is saved",
  description: 'By the address it is published at, or as text. 422 `invalid_metadata` says what cannot be used.',
  tags,
  params: IdParams,
  body: Type.Union([Closed({ url: HttpsUrl }), Closed({ xml: Type.String({ minLength: 1, maxLength: 262_144 }) })]),
  response: answers(
    { 200: SamlMetadata },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'invalid_metadata',
    'provider_unavailable',
  ),
};

export const startTest = {
  operationId: 'testSsoConnection',
  summary: 'Try a connection, enabled or not: go to `url`, sign in there, then read the result',
  description:
    'The way through the provider ends on `returnTo`; nobody is signed in by it. Where a change waits, it is the change that is tried. It takes effect, and the sessions that it does not trust any more end, when the account at the provider would be signed in or linked.',
  tags,
  params: ConnectionParams,
  body: Closed({ returnTo: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })) }),
  response: answers(
    { 200: Type.Object({ url: Type.String() }) },
    'forbidden',
    'reauthentication_required',
    'not_found',
    'provider_unavailable',
    'too_many_attempts',
  ),
};

const TestResult = Type.Object(
  {
    at: Timestamp,
    outcome: Type.Enum(['success', 'failure']),
    testedBy: Type.String(),
    current: Type.Boolean({ description: 'false when the connection was changed after it' }),
    ofChange: Type.Boolean({ description: 'it tried a change that waited' }),
    applied: Type.Boolean({ description: 'and the change took effect' }),
    faults: Type.Array(Type.String(), { description: 'what is wrong, in words an admin can act on' }),
    received: Type.Array(Type.Object({ name: Type.String(), values: Type.Array(Type.String()) }), {
      description: 'what the provider sent',
    }),
    account: Nullable(
      Type.Object({
        issuer: Type.String(),
        subject: Type.String(),
        email: Nullable(Type.String()),
        name: Nullable(Type.String()),
        multiFactor: Type.Boolean(),
        effect: Type.String({ description: 'what a sign-in of this person would do' }),
      }),
    ),
    requestId: Type.String(),
  },
  { title: 'SsoTestResult' },
);
export type TestResult = Static<typeof TestResult>;

export const getTestResult = {
  operationId: 'getSsoTestResult',
  summary: 'What the last try of a connection showed; null when there was none',
  description: 'What the provider sent, what was wrong with it, and what a sign-in of that person would do.',
  tags,
  params: ConnectionParams,
  response: answers({ 200: Type.Object({ result: Nullable(TestResult) }) }, 'forbidden', 'not_found'),
};
