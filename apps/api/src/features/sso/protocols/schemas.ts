import { OIDC_CLIENT_AUTHENTICATIONS, OIDC_SIGNING_ALGORITHMS, type SsoKind } from '@sallyport/core';
import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import { Closed, DomainName, Nullable, OneOf } from '../../../http/schemas.ts';

/*
 * How a connection reaches its provider, by kind and without secrets. What has a default may be left out where it is
 * sent; what no schema can say is said in connections/config.ts.
 */

export const HttpsUrl = Type.String({ minLength: 9, maxLength: 2048, pattern: '^https://[^\\s]+$' });
const ClientSecret = Type.String({ minLength: 1, maxLength: 1024, pattern: '^[\\x20-\\x7e]+$' });
const ClientId = Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' });
const Claim = Type.String({ minLength: 1, maxLength: 255 });

const EntraConfig = Closed({
  clientId: ClientId,
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

const GoogleConfig = Closed({
  clientId: ClientId,
  hostedDomains: Type.Array(DomainName, {
    minItems: 1,
    maxItems: 20,
    uniqueItems: true,
    description: 'the Workspace domains (`hd`) whose users may come in',
  }),
});

const OidcConfig = Closed({
  issuer: HttpsUrl,
  clientId: ClientId,
  clientAuthentication: Type.Optional(Type.Enum([...OIDC_CLIENT_AUTHENTICATIONS], { default: 'client_secret_basic' })),
  signingAlgorithm: Type.Optional(
    Type.Enum([...OIDC_SIGNING_ALGORITHMS], {
      default: 'RS256',
      description: 'the one algorithm that ID tokens are signed with',
    }),
  ),
  scopes: Type.Optional(
    Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,64}$' }), {
      maxItems: 10,
      uniqueItems: true,
      default: ['profile', 'email'],
      description: 'asked for besides openid',
    }),
  ),
  nameClaim: Type.Optional(
    Type.Union([Claim, Type.Null()], { default: null, description: 'where the full name is; `name` unless told' }),
  ),
});

/** SAML Core 8.3: entity identifiers are URIs of at most 1024 characters. */
const EntityId = Type.String({ minLength: 1, maxLength: 1024, pattern: '^\\S+$' });
const AttributeName = Type.String({ minLength: 1, maxLength: 256, pattern: '\\S' });

/** In short the two NameID formats that can identify somebody for good (SAML Core 8.3.2 and 8.3.7). */
const NameIdFormat = Type.Enum(['persistent', 'email_address']);
export type NameIdFormat = Static<typeof NameIdFormat>;

const SamlConfig = Closed({
  idpEntityId: EntityId,
  ssoUrl: Type.String({
    maxLength: 2048,
    pattern: '^https?://[^\\s#]+$',
    description: 'SingleSignOnService with the HTTP-Redirect binding',
  }),
  certificates: Type.Array(Type.String({ minLength: 1, maxLength: 10_000 }), {
    minItems: 1,
    maxItems: 10,
    description: 'PEM; each may have signed, so that the provider can roll over from one to the next',
  }),
  subject: Type.Union(
    [
      Closed({ source: Type.Literal('name_id'), format: NameIdFormat }),
      Closed({ source: Type.Literal('attribute'), name: AttributeName }),
    ],
    {
      description:
        'what identifies a person; an `email_address` has to be of a verified domain, an attribute immutable and never given to somebody else',
    },
  ),
  attributes: Type.Optional(Closed({ email: Type.Optional(AttributeName), name: Type.Optional(AttributeName) })),
  allowUnsolicited: Type.Optional(
    Type.Boolean({ description: 'whether a sign-in may begin at the provider; off unless set' }),
  ),
  signRequests: Type.Optional(Type.Boolean({ description: 'on unless switched off' })),
  requestNameIdFormat: Type.Optional(NameIdFormat),
  requestedAuthnContext: Type.Optional(
    Type.Array(EntityId, { minItems: 1, maxItems: 10, description: 'AuthnContextClassRefs, one of which has to come' }),
  ),
  forceAuthn: Type.Optional(
    Type.Boolean({ description: 'asks the provider to prove the person anew, within the last ten minutes' }),
  ),
});

const WholeEntraConfig = Type.Required(EntraConfig);
const WholeOidcConfig = Type.Required(OidcConfig);

/**
 * Beside `others`, kind and configuration as they are read, bound together; and the configuration that waits, beside
 * `ofChange`.
 */
export const ChangeableProviderWith = <Others extends TProperties, OfChange extends TProperties>(
  title: string,
  others: Others,
  ofChange: OfChange,
) => {
  const of = <Kind extends SsoKind, Config extends TSchema>(kind: Kind, name: string, config: Config) =>
    Type.Object(
      {
        kind: Type.Literal(kind),
        config,
        pendingChange: Nullable(Type.Object({ config, ...ofChange }, { title: `${title}${name}Change` })),
        ...others,
      },
      { title: `${title}${name}` },
    );
  return OneOf(title, 'kind', [
    of('entra', 'Entra', WholeEntraConfig),
    of('google', 'Google', GoogleConfig),
    of('oidc', 'Oidc', WholeOidcConfig),
    of('saml', 'Saml', SamlConfig),
  ]);
};

const clientSecret = Type.Optional(
  Type.Union([ClientSecret, Type.Null()], {
    description: 'never read back; left out in a change it stays, null takes it away',
  }),
);
const SentEntraConfig = Closed({ ...EntraConfig.properties, clientSecret });
const SentGoogleConfig = Closed({ ...GoogleConfig.properties, clientSecret });
const SentOidcConfig = Closed({ ...OidcConfig.properties, clientSecret });

/** A configuration that is sent without its kind, which the connection has. */
export const SentConfig = Type.Union([SentEntraConfig, SentGoogleConfig, SentOidcConfig, SamlConfig], {
  description: 'judged by the kind of the connection',
});

/** Beside `others`, kind and configuration as they are sent, with the client secret. */
export const SentProviderWith = <Others extends TProperties>(title: string, others: Others) =>
  OneOf(title, 'kind', [
    Closed({ kind: Type.Literal('entra'), config: SentEntraConfig, ...others }, { title: `${title}Entra` }),
    Closed({ kind: Type.Literal('google'), config: SentGoogleConfig, ...others }, { title: `${title}Google` }),
    Closed({ kind: Type.Literal('oidc'), config: SentOidcConfig, ...others }, { title: `${title}Oidc` }),
    Closed({ kind: Type.Literal('saml'), config: SamlConfig, ...others }, { title: `${title}Saml` }),
  ]);

const Provider = Type.Union([
  Type.Object({ kind: Type.Literal('entra'), config: WholeEntraConfig }),
  Type.Object({ kind: Type.Literal('google'), config: GoogleConfig }),
  Type.Object({ kind: Type.Literal('oidc'), config: WholeOidcConfig }),
  Type.Object({ kind: Type.Literal('saml'), config: SamlConfig }),
]);
export const SentProvider = SentProviderWith('SentSsoProvider', {});

/** How a connection reaches its provider, as it is stored. */
export type Provider = Static<typeof Provider>;
export type SentProvider = Static<typeof SentProvider>;
export type ProviderOf<Kind extends SsoKind> = Extract<Provider, { kind: Kind }>;
export type ConfigOf<Kind extends SsoKind> = ProviderOf<Kind>['config'];
export type SamlConfig = ConfigOf<'saml'>;
