import { type Static, Type } from '@fastify/type-provider-typebox';
import { SSO_FAILURE_CODES, SSO_MFA_POLICIES, SSO_PROVISIONINGS } from '@sallyport/core';
import { answers, Closed, Id, IdParams, Name, NoContent, Nullable, SsoKind, Timestamp } from '../../../http/schemas.ts';

const tags = ['Single sign-on'];

const DomainName = Type.String({ minLength: 1, maxLength: 253 });
const ClientId = Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' });
const ClientSecret = Type.String({ minLength: 1, maxLength: 1024, pattern: '^[\\x20-\\x7e]+$' });
const HttpsUrl = Type.String({ minLength: 9, maxLength: 2048, pattern: '^https://[^\\s]+$' });
const Claim = Type.String({ minLength: 1, maxLength: 255 });

const clientSecret = Type.Optional(Nullable(ClientSecret));

export const EntraConfig = Closed({
  clientId: ClientId,
  clientSecret,
  tenantIds: Type.Array(Type.String({ format: 'uuid' }), {
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
    description: 'the directories whose users may come in',
  }),
  allowGuests: Type.Optional(Type.Boolean({ default: false })),
  allowPersonalAccounts: Type.Optional(
    Type.Boolean({ default: false, description: "also takes accounts of Microsoft's tenant for personal accounts" }),
  ),
});
export type EntraConfig = Static<typeof EntraConfig>;

export const GoogleConfig = Closed({
  clientId: ClientId,
  clientSecret,
  hostedDomains: Type.Array(DomainName, {
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
    description: 'the Workspace domains (`hd`) whose users may come in',
  }),
});
export type GoogleConfig = Static<typeof GoogleConfig>;

export const OidcConfig = Closed({
  issuer: HttpsUrl,
  clientId: ClientId,
  clientSecret,
  clientAuthentication: Type.Optional(
    Type.Enum(['client_secret_basic', 'client_secret_post', 'none'], { default: 'client_secret_basic' }),
  ),
  signingAlgorithm: Type.Optional(
    Type.Enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'], {
      default: 'RS256',
      description: 'the one algorithm that ID tokens are signed with',
    }),
  ),
  scopes: Type.Optional(
    Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,64}$' }), {
      maxItems: 10,
      uniqueItems: true,
      description: 'asked for besides openid; profile and email unless told',
    }),
  ),
  nameClaim: Type.Optional(Claim),
});
export type OidcConfig = Static<typeof OidcConfig>;

/** Checked by the service, against the schema of the connection's kind. */
const Config = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  description: `Without the secrets when it is read. By kind:

- \`entra\`: \`{clientId, clientSecret, tenantIds, allowGuests?, allowPersonalAccounts?}\`
- \`google\`: \`{clientId, clientSecret, hostedDomains}\`
- \`oidc\`: \`{issuer, clientId, clientSecret, clientAuthentication?, signingAlgorithm?, scopes?, nameClaim?}\`
- \`saml\`: \`{idpEntityId, ssoUrl, certificates, subject, attributes?, allowUnsolicited?, signRequests?, requestNameIdFormat?, requestedAuthnContext?, forceAuthn?}\`,
  where \`subject\` is \`{source: "name_id", format: "persistent" | "email_address"}\` or \`{source: "attribute", name}\`

\`clientSecret\` is never read back; left out it stays, null takes it away.`,
});

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

const NewConnection = Closed({
  name: Name,
  kind: SsoKind,
  enabled: Type.Optional(Type.Boolean({ default: false })),
  domains: Type.Optional(Domains),
  provisioning: Type.Optional(Provisioning),
  mfaPolicy: Type.Optional(MfaPolicy),
  config: Config,
});
export type NewConnection = Static<typeof NewConnection>;

const ConnectionChanges = Closed({
  name: Type.Optional(Name),
  enabled: Type.Optional(Type.Boolean()),
  domains: Type.Optional(Domains),
  provisioning: Type.Optional(Provisioning),
  mfaPolicy: Type.Optional(MfaPolicy),
  config: Type.Optional(Config),
});
export type ConnectionChanges = Static<typeof ConnectionChanges>;

const Failure = Type.Object({
  at: Timestamp,
  code: Type.Enum([...SSO_FAILURE_CODES], { description: 'what the person saw on the sign-in page' }),
  cause: Type.String({ description: 'in words an admin can act on' }),
  requestId: Type.String(),
});

const Certificate = Type.Object({
  subject: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256, hexadecimal with colons' }),
  notBefore: Timestamp,
  notAfter: Timestamp,
});

const Connection = Type.Object({
  id: Id,
  organizationId: Id,
  name: Type.String(),
  kind: SsoKind,
  enabled: Type.Boolean(),
  domains: Type.Array(Type.String()),
  unverifiedDomains: Type.Array(Type.String(), { description: 'those of `domains` that do not count yet' }),
  provisioning: Provisioning,
  mfaPolicy: MfaPolicy,
  config: Config,
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
  certificates: Type.Array(Certificate, { description: 'SAML: of the provider' }),
  warnings: Type.Array(Type.String(), { description: 'what an admin should look at, in words' }),
  working: Type.Boolean({ description: 'enabled, and somebody signed in through it as it is configured now' }),
  lastSignInAt: Nullable(Timestamp),
  lastFailure: Nullable(Failure),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

const ConnectionParams = Closed({ id: Id, connectionId: Id });

const IfMatch = Type.Object({ 'if-match': Type.Optional(Type.String()) });

export const listConnections = {
  operationId: 'listSsoConnections',
  summary: 'The single sign-on connections of an organization',
  tags,
  params: IdParams,
  response: answers({ 200: Type.Object({ items: Type.Array(Connection) }) }),
};

export const createConnection = {
  operationId: 'createSsoConnection',
  summary: 'Add a connection to an identity provider',
  tags,
  params: IdParams,
  body: NewConnection,
  response: answers({ 201: Connection }),
};

export const getConnection = {
  operationId: 'getSsoConnection',
  summary: 'One connection; the ETag names its version',
  tags,
  params: ConnectionParams,
  response: answers({ 200: Connection }),
};

export const updateConnection = {
  operationId: 'updateSsoConnection',
  summary: 'Change a connection; its `config` is replaced whole',
  description:
    'Disabling ends the sessions that began through it. A changed `config` has to prove again that it works.',
  tags,
  params: ConnectionParams,
  headers: IfMatch,
  body: ConnectionChanges,
  response: answers({ 200: Connection }),
};

export const deleteConnection = {
  operationId: 'deleteSsoConnection',
  summary: 'Remove a connection with its linked identities; the sessions that began through it end',
  tags,
  params: ConnectionParams,
  headers: IfMatch,
  response: answers({ 204: NoContent }),
};

const SamlMetadata = Type.Object({
  idpEntityId: Type.String(),
  ssoUrl: Type.String(),
  certificates: Type.Array(Type.Object({ pem: Type.String(), ...Certificate.properties }), {
    description: 'compare the fingerprints with those the provider shows before you save them',
  }),
  nameIdFormats: Type.Array(Type.String()),
  wantAuthnRequestsSigned: Type.Boolean(),
});

export const readSamlMetadata = {
  operationId: 'readSamlMetadata',
  summary: "Read a SAML provider's metadata, to fill in a connection; nothing is saved",
  tags,
  params: IdParams,
  body: Type.Union([Closed({ url: HttpsUrl }), Closed({ xml: Type.String({ minLength: 1, maxLength: 262_144 }) })]),
  response: answers({ 200: SamlMetadata }),
};

export const startTest = {
  operationId: 'testSsoConnection',
  summary: 'Try a connection, enabled or not: go to `url`, sign in there, then read the result',
  tags,
  params: ConnectionParams,
  body: Closed({ returnTo: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })) }),
  response: answers({ 200: Type.Object({ url: Type.String() }) }),
};

const TestResult = Type.Object({
  at: Timestamp,
  outcome: Type.Enum(['success', 'failure']),
  testedBy: Type.String(),
  current: Type.Boolean({ description: 'false when the connection was changed after it' }),
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
});

export const getTestResult = {
  operationId: 'getSsoTestResult',
  summary: 'What the last try of a connection showed; null when there was none',
  tags,
  params: ConnectionParams,
  response: answers({ 200: Type.Object({ result: Nullable(TestResult) }) }),
};
