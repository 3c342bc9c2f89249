import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { throwAwayCertificates } from './certificates.ts';
import { OidcIssuer } from './oidc-provider.ts';
import { visitor } from './visitor.ts';

export const ENTRA_TENANT_A = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa';
export const ENTRA_TENANT_B = 'bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb';
/** The directory that Microsoft keeps personal accounts in. */
export const ENTRA_PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';

const ENTRA_HOST = 'login.microsoftonline.com';
const GOOGLE_HOST = 'accounts.google.com';
const GENERIC_HOST = 'id.example.org';
/** Answers nothing that makes sense, or nothing at all. */
const BROKEN_HOST = 'broken.example.org';

export type Brokenness = 'silent' | 'html' | 'redirect' | 'huge' | 'error' | 'wrong-issuer';

const entraClaims = {
  openid: ['sub', 'tid', 'oid', 'ver', 'acct', 'idp', 'amr'],
  profile: ['name', 'preferred_username'],
  email: ['email', 'xms_edov'],
};

const standardClaims = {
  openid: ['sub', 'hd', 'amr', 'acr'],
  profile: ['name'],
  email: ['email', 'email_verified'],
};

/**
 * Real OIDC providers in one https process, under the host names of the real ones: two Entra tenants, the directory of
 * personal accounts, Google, and one of no brand. Find them with `mapHosts` or `hosts-hook.js`.
 */
export async function startOidcProviders() {
  const entra = (tenant: string) =>
    OidcIssuer.create({ issuer: `https://${ENTRA_HOST}/${tenant}/v2.0`, claims: entraClaims, saysIssuer: false });
  const [tenantA, tenantB, personal, google, generic] = await Promise.all([
    entra(ENTRA_TENANT_A),
    entra(ENTRA_TENANT_B),
    entra(ENTRA_PERSONAL),
    OidcIssuer.create({ issuer: `https://${GOOGLE_HOST}`, claims: standardClaims, saysIssuer: true }),
    OidcIssuer.create({ issuer: `https://${GENERIC_HOST}/realms/acme`, claims: standardClaims, saysIssuer: true }),
  ]);
  const issuers: OidcIssuer[] = [tenantA, tenantB, personal, google, generic];
  const hosts = [ENTRA_HOST, GOOGLE_HOST, GENERIC_HOST, BROKEN_HOST];
  const { ca, certificate, privateKey } = await throwAwayCertificates(hosts);
  const state = {
    /** Which directory the account that comes through `organizations` or `common` is of. */
    chosenTenant: tenantA,
    brokenness: 'html' as Brokenness,
    /** Requests that came, newest last. */
    requests: [] as string[],
  };

  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    state.requests.push(`${request.method} https://${request.headers.host}${request.url}`);
    route(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Behind a port of its own it stands for the host at 443.
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    request.headers.host = host;
    request.headers['x-forwarded-proto'] = 'https';
    const path = request.url ?? '/';
    if (host === BROKEN_HOST) return answerBroken(response);
    const shared = /^\/(organizations|common)\/v2\.0/.exec(path);
    if (host === ENTRA_HOST && shared) return answerShared(request, response, shared[0]);
    const issuer = issuers.find(
      ({ shape, mount }) => new URL(shape.issuer).host === host && (mount === '' || path.startsWith(`${mount}/`)),
    );
    if (issuer) return issuer.handle(request, response);
    response.statusCode = 404;
    response.end();
  }

  /** The authority for several directories: its issuer is a template, and the account decides on the directory. */
  async function answerShared(request: IncomingMessage, response: ServerResponse, prefix: string): Promise<void> {
    if (request.url === `${prefix}/.well-known/openid-configuration`) {
      const at = state.chosenTenant.shape.issuer;
      const document = {
        issuer: `https://${ENTRA_HOST}/{tenantid}/v2.0`,
        authorization_endpoint: `${at}/auth`,
        token_endpoint: `${at}/token`,
        jwks_uri: `${at}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256'],
      };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(document));
      return;
    }
    response.statusCode = 404;
    response.end();
  }

  function answerBroken(response: ServerResponse): void {
    switch (state.brokenness) {
      case 'silent':
        return;
      case 'redirect':
        response.writeHead(302, { location: `https://${GENERIC_HOST}/realms/acme/.well-known/openid-configuration` });
        break;
      case 'error':
        response.writeHead(500);
        break;
      case 'huge':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(`{"issuer":"${'x'.repeat(2 * 1024 * 1024)}`);
        break;
      case 'wrong-issuer':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write(JSON.stringify({ issuer: `https://${GENERIC_HOST}/realms/acme` }));
        break;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.write('<h1>It works!</h1>');
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    tenantA,
    tenantB,
    personal,
    google,
    generic,
    genericIssuer: generic.shape.issuer,
    brokenIssuer: `https://${BROKEN_HOST}`,
    state,
    /** For `mapHosts`, in this process. */
    hostMap: { hosts, port, ca },
    /** For a service in another process, so that it finds the providers. */
    environment: {
      NODE_OPTIONS: `--import ${new URL('./hosts-hook.js', import.meta.url).href}`,
      SALLYPORT_TEST_HOSTS: JSON.stringify({ hosts, port, ca }),
      SALLYPORT_SSO_ALLOW_LOOPBACK: '1',
    },
    /** For Chromium, with `ignoreHTTPSErrors` in its context. */
    chromiumArguments: [`--host-resolver-rules=${hosts.map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(',')}`],
    /** Follows a browser that goes to `url` until it leaves the providers again; where it is sent then. */
    visit: (url: string) => visitor({ hosts, port, ca }, url),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type OidcProviders = Awaited<ReturnType<typeof startOidcProviders>>;
