import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import { Problem } from '@sallyport/core';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { accountRoutes } from './features/account/routes.ts';
import { AccountService } from './features/account/service.ts';
import { auditRoutes } from './features/audit/routes.ts';
import { AuditService } from './features/audit/service.ts';
import { EmailedTokensService } from './features/emailed-tokens/service.ts';
import { mfaRoutes } from './features/mfa/routes.ts';
import { MfaService } from './features/mfa/service.ts';
import { operationsRoutes, problemRoutes } from './features/operations/routes.ts';
import { organizationsRoutes } from './features/organizations/routes.ts';
import { OrganizationsService } from './features/organizations/service.ts';
import { ReauthenticationService } from './features/reauthentication/service.ts';
import { SecondFactorService } from './features/second-factor/service.ts';
import { SeedService } from './features/seed/service.ts';
import { sessionsRoutes } from './features/sessions/routes.ts';
import { SessionsService } from './features/sessions/service.ts';
import { signInRoutes } from './features/sign-in/routes.ts';
import { SignInService } from './features/sign-in/service.ts';
import { connectionsRoutes } from './features/sso/connections/routes.ts';
import { ConnectionsService } from './features/sso/connections/service.ts';
import { domainsRoutes } from './features/sso/domains/routes.ts';
import { DomainsService } from './features/sso/domains/service.ts';
import { ssoFlowRoutes } from './features/sso/flow/routes.ts';
import { SsoFlowService } from './features/sso/flow/service.ts';
import { identitiesRoutes } from './features/sso/identities/routes.ts';
import { IdentitiesService } from './features/sso/identities/service.ts';
import { SsoDirectory } from './features/sso/service.ts';
import { usersRoutes } from './features/users/routes.ts';
import { UsersService } from './features/users/service.ts';
import { crossSiteRefusal } from './http/cross-site.ts';
import { jsonBody } from './http/json-body.ts';
import { openapi } from './http/openapi.ts';
import { problemHandlers, sendProblem } from './http/problems.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { securityHeaders } from './http/security-headers.ts';
import { session } from './http/session.ts';
import { spa } from './http/spa.ts';
import { validatorCompiler } from './http/validation.ts';
import { newId } from './platform/crypto/ids.ts';
import type { Resources } from './resources.ts';

/** Bodies are small; more is refused before it is read (SEC-50). */
const BODY_LIMIT_BYTES = 64 * 1024;

/** The services, wired together; the operator's command line uses them without HTTP. */
export function buildServices(config: Pick<Config, 'publicUrl'>, resources: Resources) {
  const base = { ...resources, publicUrl: config.publicUrl };
  const audit = new AuditService(base);
  const emailedTokens = new EmailedTokensService(base);
  const sessions = new SessionsService({ ...base, audit });
  const secondFactor = new SecondFactorService(base);
  const reauthentication = new ReauthenticationService({ ...base, audit, secondFactor });
  const mfa = new MfaService({ ...base, audit, sessions, secondFactor, reauthentication });
  const account = new AccountService({ ...base, audit, sessions, reauthentication, emailedTokens });
  const sso = new SsoDirectory(base);
  const signIn = new SignInService({ ...base, audit, sessions, secondFactor, sso });
  const organizations = new OrganizationsService({
    ...base,
    audit,
    sessions,
    workingSso: (tx, organizationId, caller) => sso.isWorking(tx, organizationId, caller),
  });
  const domains = new DomainsService({ ...base, audit, organizations });
  const connections = new ConnectionsService({ ...base, audit, organizations });
  const users = new UsersService({ ...base, audit, sessions, mfa, emailedTokens, organizations });
  const identities = new IdentitiesService({ ...base, audit, emailedTokens, users });
  const ssoFlow = new SsoFlowService({ ...base, audit, sessions, signIn, reauthentication, connections, identities });
  const seed = new SeedService({ ...base, audit, sessions, mfa, emailedTokens });
  return {
    audit,
    emailedTokens,
    sessions,
    mfa,
    account,
    signIn,
    organizations,
    domains,
    connections,
    identities,
    ssoFlow,
    users,
    seed,
  };
}

export type Services = ReturnType<typeof buildServices>;

interface BuildOptions {
  logger: FastifyBaseLogger;
  /** Folder of the built SPA, if it is served. */
  webRoot: string | null;
}

/** The composition root: every plugin and route, on the resources that are given. */
export async function buildApp(
  config: Pick<Config, 'publicUrl' | 'corsOrigins' | 'trustProxy'>,
  resources: Resources,
  services: Services,
  { logger, webRoot }: BuildOptions,
): Promise<FastifyInstance> {
  const hops = config.trustProxy;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: typeof hops === 'number' ? (_address, hop) => hop < hops : hops,
    requestIdHeader: false,
    genReqId: newId,
    routerOptions: { ignoreTrailingSlash: false },
    return503OnClosing: true,
    // A URL that cannot be decoded reaches no route and no other handler.
    frameworkErrors: (_error, request, reply) => sendProblem(request, reply, new Problem('not_found')),
  });
  app.setValidatorCompiler(validatorCompiler);

  const { clock, metrics, signingKeys } = resources;

  await app.register(problemHandlers);
  await app.register(securityHeaders, { publicUrl: config.publicUrl });
  await app.register(cors, {
    origin: [...config.corsOrigins],
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['ETag', 'Retry-After'],
  });
  await app.register(crossSiteRefusal, { allowed: [config.publicUrl.origin, ...config.corsOrigins] });
  await app.register(cookie);
  await app.register(jsonBody);
  await app.register(session, {
    publicUrl: config.publicUrl,
    clock,
    signingKeys,
    authenticate: (sessionId, origin) => services.sessions.authenticate(sessionId, origin),
  });
  await app.register(openapi);
  await app.register(requestMetrics, { metrics });

  await app.register(operationsRoutes({ metrics, signingKeys, assertReady: resources.assertReady }));
  await app.register(
    async (api) => {
      await api.register(problemRoutes);
      await api.register(signInRoutes(services.signIn));
      await api.register(sessionsRoutes(services.sessions));
      await api.register(accountRoutes(services.account));
      await api.register(mfaRoutes(services.mfa));
      await api.register(usersRoutes(services.users));
      await api.register(organizationsRoutes(services.organizations));
      await api.register(domainsRoutes(services.domains));
      await api.register(connectionsRoutes(services.connections, services.ssoFlow));
      await api.register(identitiesRoutes(services.identities, services.ssoFlow));
      await api.register(ssoFlowRoutes(services.ssoFlow));
      await api.register(auditRoutes(services.audit));
    },
    { prefix: '/api/v1' },
  );
  await app.register(spa, { root: webRoot });
  return app;
}
