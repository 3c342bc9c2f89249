import type { Connection, ConnectionBody, SsoKind } from './queries.ts';

/** A certificate of a SAML provider, with what an admin compares. */
export type Certificate = Connection['certificates'][number] & { pem: string };

export type SubjectSource = 'persistent' | 'attribute' | 'email_address';

/** What the form holds, for every kind, in the order of the fields on the page: the first fault gets the focus. */
export interface ConnectionDraft {
  enabled: boolean;
  name: string;
  domains: string[];
  tenantIds: string[];
  issuer: string;
  clientId: string;
  /** Empty: the stored one stays. */
  clientSecret: string;
  hostedDomains: string[];
  allowGuests: boolean;
  allowPersonalAccounts: boolean;
  clientAuthentication: string;
  signingAlgorithm: string;
  scopes: string[];
  nameClaim: string;
  idpEntityId: string;
  ssoUrl: string;
  certificates: Certificate[];
  /** The fingerprints of the certificates that are new were compared. */
  compared: boolean;
  subject: SubjectSource;
  subjectAttribute: string;
  emailAttribute: string;
  nameAttribute: string;
  signRequests: boolean;
  forceAuthn: boolean;
  allowUnsolicited: boolean;
  requestNameIdFormat: boolean;
  requestedAuthnContext: string[];
  provisioning: Connection['provisioning'];
  mfaPolicy: Connection['mfaPolicy'];
}

const defaultNames: Record<SsoKind, string> = { entra: 'Microsoft', google: 'Google', oidc: '', saml: '' };

export function emptyDraft(kind: SsoKind): ConnectionDraft {
  return {
    enabled: false,
    name: defaultNames[kind],
    domains: [],
    ...configDraft({}),
    provisioning: 'invite_only',
    mfaPolicy: 'trust_provider',
  };
}

export function draftOf(connection: Connection): ConnectionDraft {
  const { enabled, name, domains, provisioning, mfaPolicy, config, certificates } = connection;
  const pems = texts(config.certificates);
  return {
    enabled,
    name,
    domains,
    ...configDraft(config),
    certificates: certificates.map((certificate, index) => ({ ...certificate, pem: pems[index] ?? '' })),
    compared: true,
    provisioning,
    mfaPolicy,
  };
}

const text = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The fields of every kind from the configuration of one; what it does not have gets the service's default. */
function configDraft(config: Record<string, unknown>) {
  const subject = record(config.subject);
  const attributes = record(config.attributes);
  return {
    tenantIds: texts(config.tenantIds),
    issuer: text(config.issuer),
    clientId: text(config.clientId),
    clientSecret: '',
    hostedDomains: texts(config.hostedDomains),
    allowGuests: config.allowGuests === true,
    allowPersonalAccounts: config.allowPersonalAccounts === true,
    clientAuthentication: text(config.clientAuthentication, 'client_secret_basic'),
    signingAlgorithm: text(config.signingAlgorithm, 'RS256'),
    scopes: config.scopes === undefined ? ['profile', 'email'] : texts(config.scopes),
    nameClaim: text(config.nameClaim),
    idpEntityId: text(config.idpEntityId),
    ssoUrl: text(config.ssoUrl),
    certificates: [],
    compared: false,
    subject: subjectOf(subject),
    subjectAttribute: text(subject.name),
    emailAttribute: text(attributes.email),
    nameAttribute: text(attributes.name),
    signRequests: config.signRequests !== false,
    forceAuthn: config.forceAuthn === true,
    allowUnsolicited: config.allowUnsolicited === true,
    requestNameIdFormat: config.requestNameIdFormat !== undefined,
    requestedAuthnContext: texts(config.requestedAuthnContext),
  };
}

function subjectOf(subject: Record<string, unknown>): SubjectSource {
  if (subject.source === 'attribute') return 'attribute';
  return subject.format === 'email_address' ? 'email_address' : 'persistent';
}

/** The body that creates a connection. */
export function bodyOf(kind: SsoKind, draft: ConnectionDraft): ConnectionBody {
  const { name, enabled, domains, provisioning, mfaPolicy } = draft;
  return { name: name.trim(), enabled, domains, provisioning, mfaPolicy, config: configOf(kind, draft) };
}

/** The body of a PATCH: only what differs from the version that was read. */
export function changesOf(kind: SsoKind, base: ConnectionDraft, draft: ConnectionDraft): Partial<ConnectionBody> {
  const before: object = bodyOf(kind, base);
  const after = Object.entries(bodyOf(kind, draft));
  return Object.fromEntries(after.filter(([name, value]) => !same(value, Reflect.get(before, name))));
}

function configOf(kind: SsoKind, draft: ConnectionDraft): Record<string, unknown> {
  const clientId = draft.clientId.trim();
  const secret = draft.clientSecret === '' ? {} : { clientSecret: draft.clientSecret.trim() };
  switch (kind) {
    case 'entra': {
      const { tenantIds, allowGuests, allowPersonalAccounts } = draft;
      return { clientId, ...secret, tenantIds, allowGuests, allowPersonalAccounts };
    }
    case 'google':
      return { clientId, ...secret, hostedDomains: draft.hostedDomains };
    case 'oidc': {
      const { clientAuthentication, signingAlgorithm, scopes } = draft;
      return {
        issuer: draft.issuer.trim(),
        clientId,
        ...(clientAuthentication === 'none' ? { clientSecret: null } : secret),
        clientAuthentication,
        signingAlgorithm,
        scopes,
        ...optional('nameClaim', draft.nameClaim),
      };
    }
    case 'saml':
      return samlConfigOf(draft);
  }
}

function samlConfigOf(draft: ConnectionDraft): Record<string, unknown> {
  const { subject, signRequests, forceAuthn, allowUnsolicited, requestedAuthnContext } = draft;
  const attributes = { ...optional('email', draft.emailAttribute), ...optional('name', draft.nameAttribute) };
  const byNameId = subject !== 'attribute';
  return {
    idpEntityId: draft.idpEntityId.trim(),
    ssoUrl: draft.ssoUrl.trim(),
    certificates: draft.certificates.map(({ pem }) => pem),
    subject: byNameId
      ? { source: 'name_id', format: subject }
      : { source: 'attribute', name: draft.subjectAttribute.trim() },
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    signRequests,
    forceAuthn,
    allowUnsolicited,
    ...(byNameId && draft.requestNameIdFormat ? { requestNameIdFormat: subject } : {}),
    ...(requestedAuthnContext.length > 0 ? { requestedAuthnContext } : {}),
  };
}

function optional(name: string, value: string): Record<string, string> {
  return value.trim() === '' ? {} : { [name]: value.trim() };
}

/** Brings a draft onto a newer version: fields that were edited keep the edit, the others take the newer value. */
export function rebase(base: ConnectionDraft, draft: ConnectionDraft, newer: ConnectionDraft): ConnectionDraft {
  const edited = Object.entries(draft).filter(([name, value]) => !same(value, Reflect.get(base, name)));
  return { ...newer, ...Object.fromEntries(edited) };
}

/** Equal as JSON: drafts hold nothing else, and are always written in one order. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
