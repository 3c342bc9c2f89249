import { type Static, type TProperties, Type } from 'typebox';

const Closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });

/** SAML Core 8.3: entity identifiers are URIs of at most 1024 characters. */
const EntityId = Type.String({ minLength: 1, maxLength: 1024, pattern: '^\\S+$' });
const WebAddress = Type.String({ maxLength: 2048, pattern: '^https?://[^\\s#]+$' });
const AttributeName = Type.String({ minLength: 1, maxLength: 256, pattern: '\\S' });

/** In short the two NameID formats that can identify somebody for good (SAML Core 8.3.2 and 8.3.7). */
export const NameIdFormat = Type.Enum(['persistent', 'email_address']);

/**
 * What identifies the user at the provider. `email_address` is for connections whose domains are verified: the caller
 * checks the domain. An attribute has to be immutable and never given to somebody else, such as Entra's object id.
 */
const SamlSubject = Type.Union([
  Closed({ source: Type.Literal('name_id'), format: NameIdFormat }),
  Closed({ source: Type.Literal('attribute'), name: AttributeName }),
]);

/**
 * A SAML connection as it is stored, without secrets; `importIdpMetadata` gives the first three. What a schema cannot
 * say (https, certificates that can be read) is said by `configFaults`.
 */
export const SamlConfig = Closed({
  idpEntityId: EntityId,
  /** SingleSignOnService with the HTTP-Redirect binding. */
  ssoUrl: WebAddress,
  /** PEM; each may have signed the assertion, so that the provider can roll over from one to the next. */
  certificates: Type.Array(Type.String({ minLength: 1, maxLength: 10_000 }), { minItems: 1, maxItems: 10 }),
  subject: SamlSubject,
  /** Names of the attributes with the address and the full name; unset means that they are not read. */
  attributes: Type.Optional(Closed({ email: Type.Optional(AttributeName), name: Type.Optional(AttributeName) })),
  /** Whether a sign-in may begin at the provider; off unless set. */
  allowUnsolicited: Type.Optional(Type.Boolean()),
  /** Whether AuthnRequests are signed; on unless switched off. */
  signRequests: Type.Optional(Type.Boolean()),
  /** Asks for the subject's format with a NameIDPolicy; none is sent unless set. */
  requestNameIdFormat: Type.Optional(NameIdFormat),
  /** AuthnContextClassRefs asked for, one of which has to come; none is asked for unless set. */
  requestedAuthnContext: Type.Optional(Type.Array(EntityId, { minItems: 1, maxItems: 10 })),
  /** Asks the provider to prove the user anew instead of using its own session; within the last ten minutes. */
  forceAuthn: Type.Optional(Type.Boolean()),
});

export type SamlConfig = Static<typeof SamlConfig>;
export type NameIdFormat = Static<typeof NameIdFormat>;
