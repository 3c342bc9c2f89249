import type { operations } from '@sallyport/client';
import { type Api, accepted } from '../api.ts';
import type { OidcIssuer } from './oidc-provider.ts';
import type { SamlProvider } from './saml/provider.ts';
import type { KnownServiceProvider } from './saml/settings.ts';

type NewConnection = operations['createSsoConnection']['requestBody']['content']['application/json'];
type Kind = NewConnection['kind'];

/** A connection as an admin adds it; what is not given is as the service has it. */
interface Adding {
  organizationId: string;
  name: string;
  /** Of the organization; they count where they are verified. */
  domains?: string[];
  enabled?: boolean;
  provisioning?: NonNullable<NewConnection['provisioning']>;
  mfaPolicy?: NonNullable<NewConnection['mfaPolicy']>;
}

/** Adds a connection and makes us known at the providers, as an admin of both does. @throws Error when it is refused */
export async function connectOidc(
  api: Api,
  issuers: readonly OidcIssuer[],
  { config, ...adding }: Adding & { kind: Exclude<Kind, 'saml'>; config: object },
) {
  const client = { clientId: `client-${crypto.randomUUID()}`, clientSecret: 'a secret of the client & more' };
  const connection = await add(api, { ...adding, config: { ...client, ...config } });
  const method = adding.kind === 'oidc' ? 'client_secret_basic' : 'client_secret_post';
  const redirectUri = String(connection.urls.redirectUri);
  for (const issuer of issuers) issuer.addClient({ ...client, redirectUri, method });
  return connection;
}

/**
 * Adds a connection from the provider's metadata and gives the provider ours, as an admin of both does.
 *
 * @param treat how the provider answers us
 * @throws Error when it is refused
 */
export async function connectSaml(
  api: Api,
  provider: SamlProvider,
  { config, treat, ...adding }: Adding & { config?: object; treat?: Partial<KnownServiceProvider> },
) {
  const path = { id: adding.organizationId };
  const body = { xml: await provider.metadata() };
  const metadata = accepted(await api.POST('/api/v1/organizations/{id}/saml-metadata', { params: { path }, body }));
  const connection = await add(api, {
    ...adding,
    kind: 'saml',
    config: {
      idpEntityId: metadata.idpEntityId,
      ssoUrl: metadata.ssoUrl,
      certificates: metadata.certificates.map(({ pem }) => pem),
      subject: { source: 'name_id', format: 'persistent' },
      attributes: { email: 'mail', name: 'displayName' },
      ...config,
    },
  });
  const { entityId = '', acsUrl = '' } = connection.urls;
  const certificate = await certificateOf(api, connection.id);
  provider.know({ entityId, acsUrl, certificate, ...treat });
  return { ...connection, entityId, acsUrl, certificate };
}

async function add(api: Api, { organizationId, ...body }: Adding & { kind: Kind; config: object }) {
  return accepted(
    await api.POST('/api/v1/organizations/{id}/sso-connections', {
      params: { path: { id: organizationId } },
      body: { enabled: true, ...body } as NewConnection,
    }),
  );
}

/** Ours, as the provider's admin takes it from our metadata. */
async function certificateOf(api: Api, connectionId: string): Promise<string> {
  const path = { connectionId };
  const { data } = await api.GET('/api/v1/auth/sso/{connectionId}/metadata', { params: { path }, parseAs: 'text' });
  const base64 = /X509Certificate>([^<]+)</.exec(String(data))?.[1];
  if (base64 === undefined) throw new Error(`There is no certificate in ${data}`);
  return base64;
}
