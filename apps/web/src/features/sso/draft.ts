import type { SsoKind } from '@sallyport/core';
import type { Connection, ConnectionChanges, NewConnection } from './queries.ts';

/** A certificate of a SAML provider, with what an admin compares. */
export type Certificate = Connection['certificates'][number] & { pem: string };

type Provider = { [Kind in SsoKind]: Pick<Extract<Connection, { kind: Kind }>, 'kind' | 'config'> }[SsoKind];
type ConfigOf<Kind extends SsoKind> = Extract<Provider, { kind: Kind }>['config'];

type SentProvider = {
  [Kind in SsoKind]: Pick<Extract<NewConnection, { kind: Kind }>, 'kind' | 'config'>;
}[SsoKind];
type Common = Pick<Connection, 'enabled' | 'name' | 'domains' | 'provisioning' | 'mfaPolicy'>;
type DraftOf<Kind extends SsoKind, Fields> = Common & Fields & { kind: Kind };
/** Empty: the stored one stays. */
type Secret = { clientSecret: string };

export type OidcDraft = DraftOf<'oidc', Omit<ConfigOf<'oidc'>, 'nameClaim'> & Secret & { nameClaim: string }>;
export type SamlDraft = DraftOf<
  'saml',
  Required<
    Pick<ConfigOf<'saml'>, 'idpEntityId' | 'ssoUrl' | 'signRequests' | 'forceAuthn' | 'allowUnsolicited'> &
      Pick<ConfigOf<'saml'>, 'requestedAuthnContext'>
  > & {
    certificates: Certificate[];
    /** The fingerprints of the certificates that are new were compared. */
    compared: boolean;
    subject: 'persistent' | 'attribute' | 'email_address';
    subjectAttribute: string;
    emailAttribute: string;
    nameAttribute: string;
    requestNameIdFormat: boolean;
  }
>;

/** What the form holds, by kind, in the order of the fields on the page: the first fault gets the focus. */
export type ConnectionDraft =
  | DraftOf<'entra', ConfigOf<'entra'> & Secret>
  | DraftOf<'google', ConfigOf<'google'> & Secret>
  | OidcDraft
  | SamlDraft;

const newProviders: { [Kind in SsoKind]: { name: string; kind: Kind; config: ConfigOf<Kind> } } = {
  entra: {
    name: 'Microsoft',
    kind: 'entra',
    config: { clientId: '', tenantIds: [], allowGuests: false, allowPersonalAccounts: false },
  },
  google: { name: 'Google', kind: 'google', config: { clientId: '', hostedDomains: [] } },
  oidc: {
    name: '',
    kind: 'oidc',
    config: {
      issuer: '',
      clientId: '',
      clientAuthentication: 'client_secret_basic',
      signingAlgorithm: 'RS256',
      scopes: ['profile', 'email'],
      nameClaim: null,
    },
  },
  saml: {
    name: '',
    kind: 'saml',
    config: {
      idpEntityId: '',
      ssoUrl: '',
      certificates: [],
      subject: { source: 'name_id', format: 'persistent' },
    },
  },
};

export const emptyDraft = (kind: SsoKind): ConnectionDraft =>
  draftOf({
    enabled: false,
    domains: [],
    provisioning: 'invite_only',
    mfaPolicy: 'trust_provider',
    certificates: [],
    ...newProviders[kind],
  });

export function draftOf(connection: Common & Provider & Pick<Connection, 'certificates'>): ConnectionDraft {
  const { enabled, name, domains, provisioning, mfaPolicy, kind, config, certificates } = connection;
  const first = { enabled, name, domains };
  const last = { provisioning, mfaPolicy };
  switch (kind) {
    case 'entra': {
      const { tenantIds, clientId, ...allowed } = config;
      return { kind, ...first, tenantIds, clientId, clientSecret: '', ...allowed, ...last };
    }
    case 'google': {
      const { clientId, hostedDomains } = config;
      return { kind, ...first, clientId, clientSecret: '', hostedDomains, ...last };
    }
    case 'oidc': {
      const { issuer, clientId, nameClaim, ...protocol } = config;
      return { kind, ...first, issuer, clientId, clientSecret: '', ...protocol, nameClaim: nameClaim ?? '', ...last };
    }
    case 'saml': {
      const { subject, attributes } = config;
      return {
        kind,
        ...first,
        idpEntityId: config.idpEntityId,
        ssoUrl: config.ssoUrl,
        certificates: certificates.map((certificate, index) => ({
          ...certificate,
          pem: config.certificates[index] ?? '',
        })),
        compared: true,
        subject: subject.source === 'attribute' ? 'attribute' : subject.format,
        subjectAttribute: subject.source === 'attribute' ? subject.name : '',
        emailAttribute: attributes?.email ?? '',
        nameAttribute: attributes?.name ?? '',
        signRequests: config.signRequests ?? true,
        allowUnsolicited: config.allowUnsolicited ?? false,
        forceAuthn: config.forceAuthn ?? false,
        requestNameIdFormat: config.requestNameIdFormat !== undefined,
        requestedAuthnContext: config.requestedAuthnContext ?? [],
        ...last,
      };
    }
  }
}

/** The body that creates a connection. */
export function bodyOf(draft: ConnectionDraft): NewConnection {
  const { enabled, domains, provisioning, mfaPolicy } = draft;
  return { name: draft.name.trim(), enabled, domains, provisioning, mfaPolicy, ...providerOf(draft) };
}

/** The body of a PATCH: only what differs from the version that was read. */
export function changesOf(base: ConnectionDraft, draft: ConnectionDraft): ConnectionChanges {
  const before: object = bodyOf(base);
  const after = Object.entries(bodyOf(draft));
  return Object.fromEntries(after.filter(([name, value]) => !same(value, Reflect.get(before, name))));
}

function providerOf(draft: ConnectionDraft): SentProvider {
  switch (draft.kind) {
    case 'entra': {
      const { kind, tenantIds, allowGuests, allowPersonalAccounts } = draft;
      return { kind, config: { ...clientOf(draft), tenantIds, allowGuests, allowPersonalAccounts } };
    }
    case 'google':
      return { kind: draft.kind, config: { ...clientOf(draft), hostedDomains: draft.hostedDomains } };
    case 'oidc': {
      const { kind, clientAuthentication, signingAlgorithm, scopes } = draft;
      const protocol = { clientAuthentication, signingAlgorithm, scopes, nameClaim: draft.nameClaim.trim() || null };
      const client = clientAuthentication === 'none' ? { ...clientOf(draft), clientSecret: null } : clientOf(draft);
      return { kind, config: { issuer: draft.issuer.trim(), ...client, ...protocol } };
    }
    case 'saml':
      return { kind: draft.kind, config: samlConfigOf(draft) };
  }
}

const clientOf = ({ clientId, clientSecret }: { clientId: string } & Secret) => ({
  clientId: clientId.trim(),
  ...(clientSecret === '' ? {} : { clientSecret: clientSecret.trim() }),
});

function samlConfigOf(draft: SamlDraft): ConfigOf<'saml'> {
  const { subject, signRequests, forceAuthn, allowUnsolicited, requestedAuthnContext } = draft;
  const attributes = { ...optional('email', draft.emailAttribute), ...optional('name', draft.nameAttribute) };
  return {
    idpEntityId: draft.idpEntityId.trim(),
    ssoUrl: draft.ssoUrl.trim(),
    certificates: draft.certificates.map(({ pem }) => pem),
    subject:
      subject === 'attribute'
        ? { source: 'attribute', name: draft.subjectAttribute.trim() }
        : { source: 'name_id', format: subject },
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    signRequests,
    forceAuthn,
    allowUnsolicited,
    ...(subject !== 'attribute' && draft.requestNameIdFormat ? { requestNameIdFormat: subject } : {}),
    ...(requestedAuthnContext.length > 0 ? { requestedAuthnContext } : {}),
  };
}

const optional = (name: string, value: string): Record<string, string> =>
  value.trim() === '' ? {} : { [name]: value.trim() };

/** Brings a draft onto a newer version: fields that were edited keep the edit, the others take the newer value. */
export function rebase(base: ConnectionDraft, draft: ConnectionDraft, newer: ConnectionDraft): ConnectionDraft {
  const edited = Object.entries(draft).filter(([name, value]) => !same(value, Reflect.get(base, name)));
  return { ...newer, ...Object.fromEntries(edited) };
}

/** Equal as JSON: drafts hold nothing else, and are always written in one order. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
