import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import { DAY_MS, HOUR_MS, Problem } from '@sallyport/core';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Config } from './config.ts';
import {
  accessFeature,
  ChallengesService,
  RememberedDevicesService,
  SessionsService,
} from './features/access/index.ts';
import { AccountService, accountFeature } from './features/account/index.ts';
import {
  AuditProofs,
  AuditRetention,
  AuditSealer,
  AuditService,
  auditFeature,
  EventsOfStrangers,
} from './features/audit/index.ts';
import { type DemoAccount, DemoService } from './features/demo/index.ts';
import { HelpDeskService, helpDeskFeature } from './features/help-desk/index.ts';
import {
  CandidateAppService,
  FactorChanges,
  FactorChecks,
  MfaService,
  mfaFeature,
  PasskeyAnswers,
  PasskeysService,
  PendingEnrollments,
  ReauthenticationService,
  RecoveryAddresses,
  ReenrollmentPasses,
  relyingPartyOf,
  SecondFactorService,
  ShownCodes,
  StepUpService,
  WaitingResets,
} from './features/mfa/index.ts';
import {
  healthRoutes,
  isWatching,
  keyRoutes,
  metricsRoutes,
  problemRoutes,
  relatedOriginRoutes,
} from './features/operations/routes.ts';
import { OrganizationsService, organizationsFeature } from './features/organizations/index.ts';
import { PersonalDataErasure, PersonalDataExport, personalDataFeature } from './features/personal-data/index.ts';
import { RecoveryService, recoveryFeature } from './features/recovery/index.ts';
import { SeedService } from './features/seed/index.ts';
import { ServiceAccountsService, serviceAccountsFeature } from './features/service-accounts/index.ts';
import { PasswordlessService, SignInService, signInFeature } from './features/sign-in/index.ts';
import {
  ConnectionsService,
  DomainsService,
  IdentitiesService,
  MailedLinks,
  SsoDirectory,
  SsoFlowService,
  StagedChanges,
  ssoFeature,
} from './features/sso/index.ts';
import { Tenants } from './features/tenants/index.ts';
import { TestModeService, testModeFeature } from './features/test-mode/index.ts';
import {
  CredentialsService,
  EmailedTokensService,
  MfaResets,
  UsersByOperator,
  UsersService,
  UsersWriter,
  usersFeature,
} from './features/users/index.ts';
import { clientErrors } from './http/client-errors.ts';
import { crossSiteRefusal } from './http/cross-site.ts';
import { draining } from './http/draining.ts';
import type { Feature } from './http/feature.ts';
import { jsonBody } from './http/json-body.ts';
import { openapi } from './http/openapi/index.ts';
import { problemHandlers, sendProblem } from './http/problems.ts';
import { requestMetrics } from './http/request-metrics.ts';
import { requestSpans } from './http/request-spans.ts';
import { securityHeaders } from './http/security-headers.ts';
import { session } from './http/session.ts';
import { spa } from './http/spa.ts';
import { TEST_MODE_HEADER, testMode } from './http/test-mode.ts';
import { timeLimits } from './http/time-limits.ts';
import { schemaController, validatorCompiler } from './http/validation.ts';
import { newRequestId } from './platform/crypto/ids.ts';
import { noTracing } from './platform/telemetry/tracing.ts';
import type { Chore } from './platform/time/chores.ts';
import type { Resources } from './resources.ts';

/** How long browsers may keep what a preflight said; Chromium takes two hours at most. */
const PREFLIGHT_SECONDS = 10 * 60;

/** Whether a backup is due is looked at so often, and one that failed is tried again after it. */
const BACKUP_CHECK_MS = 10 * 60_000;

/** Bodies are small; more is refused before it is read (SEC-50). */
const BODY_LIMIT_BYTES = 64 * 1024;

/** The services, wired together; the operator's command line uses them without HTTP. */
export function buildServices(config: Pick<Config, 'publicUrl' | 'corsOrigins'>, resources: Resources) {
  const base = { ...resources, publicUrl: config.publicUrl };
  const audit = new AuditService(base);
  const auditProofs = new AuditProofs({ ...base, audit });
  const sealer = new AuditSealer(base);
  const strangers = new EventsOfStrangers({ ...base, audit });
  const emailedTokens = new EmailedTokensService(base);
  const sessions = new SessionsService({ ...base, audit });
  const devices = new RememberedDevicesService({ ...base, audit, sessions });
  const challenges = new ChallengesService(base);
  const passwords = new CredentialsService(base);
  const relyingParty = relyingPartyOf(config);
  const answers = new PasskeyAnswers({ ...base, audit, relyingParty });
  const secondFactor = new SecondFactorService({ ...base, audit, passkeys: answers });
  const reauthentication = new ReauthenticationService({
    ...base,
    audit,
    challenges,
    secondFactor,
    passwords,
    sessions,
  });
  const passes = new ReenrollmentPasses(base);
  const waiting = new WaitingResets(base);
  const recoveryAddresses = new RecoveryAddresses(base);
  const changes = new FactorChanges({ ...base, audit, devices, passes, sessions });
  const pending = new PendingEnrollments({ ...base, audit });
  const mfa = new MfaService({
    ...base,
    audit,
    changes,
    devices,
    passes,
    pending,
    secondFactor,
    reauthentication,
    waiting,
  });
  const passkeys = new PasskeysService({
    ...base,
    audit,
    answers,
    changes,
    passes,
    reauthentication,
    relyingParty,
    secondFactor,
  });
  const candidateApp = new CandidateAppService({ ...base, audit, changes, pending, reauthentication, secondFactor });
  const checks = new FactorChecks({ ...base, audit, changes, reauthentication, secondFactor });
  const stepUp = new StepUpService({ ...base, audit, reauthentication, sessions });
  const writer = new UsersWriter({ ...base, emailedTokens, mfa, sessions });
  const mailedLinks = new MailedLinks({ ...base, audit, emailedTokens, passwords, secondFactor, writer });
  const sso = new SsoDirectory({ ...base, sessions, mailedLinks });
  const organizations = new OrganizationsService({
    ...base,
    audit,
    devices,
    sessions,
    sso,
    writer,
  });
  const mfaResets = new MfaResets({
    ...base,
    audit,
    emailedTokens,
    mfa,
    organizations,
    passes,
    recoveryAddresses,
    waiting,
    writer,
  });
  const recovery = new RecoveryService({
    ...base,
    audit,
    challenges,
    emailedTokens,
    passwords,
    reauthentication,
    recoveryAddresses,
    resets: mfaResets,
    writer,
  });
  const account = new AccountService({
    ...base,
    audit,
    sessions,
    mfa,
    reauthentication,
    emailedTokens,
    organizations,
    passwords,
    resets: mfaResets,
    writer,
  });
  const signIn = new SignInService({
    ...base,
    audit,
    strangers,
    sessions,
    devices,
    changes,
    challenges,
    passwords,
    organizations,
    secondFactor,
    passkeys: answers,
    sso,
  });
  const passwordless = new PasswordlessService({
    ...base,
    audit,
    strangers,
    sessions,
    challenges,
    organizations,
    passkeys: answers,
  });
  const domains = new DomainsService({ ...base, audit, organizations, writer });
  const stagedChanges = new StagedChanges({ ...base, audit, organizations, sessions, writer });
  const connections = new ConnectionsService({
    ...base,
    audit,
    domains,
    organizations,
    sessions,
    stagedChanges,
    writer,
  });
  const users = new UsersService({
    ...base,
    audit,
    organizations,
    passes,
    resets: mfaResets,
    sso,
    waiting,
    writer,
  });
  const helpDesk = new HelpDeskService({ ...base, mfa, sessions, users });
  const usersByOperator = new UsersByOperator({ ...base, audit, sessions, writer });
  const identities = new IdentitiesService({ ...base, audit, mailedLinks, users, sessions, writer });
  const ssoFlow = new SsoFlowService({
    ...base,
    audit,
    strangers,
    sessions,
    challenges,
    reauthentication,
    connections,
    identities,
    mailedLinks,
    passwords,
    stagedChanges,
    writer,
  });
  const personalDataExport = new PersonalDataExport({ ...base, audit, sessions, passwords, recoveryAddresses, users });
  const personalDataErasure = new PersonalDataErasure({ ...base, audit, sessions, passwords, users, writer });
  const serviceAccounts = new ServiceAccountsService({ ...base, audit, strangers, organizations });
  const seed = new SeedService({ ...base, audit, writer });
  const tenants = new Tenants({ ...base, audit, organizations, seed, sessions, writer });
  const demo = new DemoService({ seed, tenants });
  const codes = new ShownCodes(base);
  const testMode =
    resources.testMode && new TestModeService({ ...base, testMode: resources.testMode, codes, passwords, tenants });
  return {
    audit,
    auditProofs,
    sealer,
    auditRetention: new AuditRetention({ ...base, audit }),
    strangers,
    emailedTokens,
    sessions,
    devices,
    secondFactor,
    mfa,
    candidateApp,
    checks,
    stepUp,
    passkeys,
    account,
    signIn,
    passwordless,
    organizations,
    domains,
    connections,
    identities,
    ssoFlow,
    helpDesk,
    users,
    mfaResets,
    recovery,
    recoveryAddresses,
    usersByOperator,
    personalDataExport,
    personalDataErasure,
    serviceAccounts,
    writer,
    seed,
    demo,
    testMode,
  };
}

export type Services = ReturnType<typeof buildServices>;

/** Every capability of the product; the server registers routes and chores from this list, and from nowhere else. */
export const featuresOf = (services: Services): Feature[] => [
  signInFeature(services),
  accessFeature(services.sessions, services.devices),
  accountFeature(services),
  mfaFeature(services),
  usersFeature(services),
  recoveryFeature(services),
  helpDeskFeature(services.helpDesk),
  personalDataFeature(services),
  organizationsFeature(services.organizations),
  ssoFeature(services),
  serviceAccountsFeature(services.serviceAccounts),
  auditFeature(services),
  ...(services.testMode === null ? [] : [testModeFeature(services.testMode)]),
];

/** The chores of all features, and those of the counters that they share. */
export const choresOf = (features: readonly Feature[], { attempts, backups, clock, database }: Resources): Chore[] => [
  ...features.flatMap(({ chores }) => chores),
  {
    name: 'old attempt counts',
    everyMs: HOUR_MS,
    run: () => attempts.purge(database.client, new Date(clock.now().getTime() - DAY_MS)),
  },
  ...(backups === null
    ? []
    : [{ name: 'backup', everyMs: BACKUP_CHECK_MS, isDue: () => backups.isDue(), run: () => backups.run() }]),
];

interface BuildOptions {
  logger: FastifyBaseLogger;
  /** Folder of the built SPA, if it is served. */
  webRoot: string | null;
  /** How long `readyz` may take; a second unless told. */
  readyMs?: number;
  /** When it is aborted, every answer ends its connection. */
  leaving?: AbortSignal;
  /** Named on the page of the API, without their passwords. */
  demoAccounts?: readonly DemoAccount[];
}

const quietAboutWatching = () => new LogController({ disableRequestLogging: ({ url }) => isWatching(url) });

/** The composition root: every plugin and route, on the resources that are given. */
export async function buildApp(
  config: Pick<Config, 'publicUrl' | 'corsOrigins' | 'trustProxy' | 'requestTimeoutMs' | 'keepAliveMs' | 'management'>,
  resources: Resources,
  services: Services,
  features: readonly Feature[],
  { logger, webRoot, readyMs, leaving, demoAccounts = [] }: BuildOptions,
): Promise<FastifyInstance> {
  const hops = config.trustProxy;
  const isTested = resources.testMode !== null;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    logController: quietAboutWatching(),
    bodyLimit: BODY_LIMIT_BYTES,
    ...timeLimits(config),
    clientErrorHandler: clientErrors(isTested ? [`${TEST_MODE_HEADER.name}: ${TEST_MODE_HEADER.value}`] : []),
    schemaController,
    trustProxy: typeof hops === 'number' ? (_address, hop) => hop < hops : [...hops],
    requestIdHeader: false,
    genReqId: newRequestId,
    routerOptions: { ignoreTrailingSlash: false },
    return503OnClosing: true,
    // A URL that cannot be decoded reaches no route and no other handler.
    frameworkErrors: (_error, request, reply) => {
      if (isTested) reply.header(TEST_MODE_HEADER.name, TEST_MODE_HEADER.value);
      return sendProblem(request, reply, new Problem('not_found'));
    },
  });
  app.setValidatorCompiler(validatorCompiler);

  const { about, assertReady, clock, metrics, signingKeys, tracing } = resources;

  if (tracing !== noTracing) await app.register(requestSpans, { tracing, isWatching });
  await app.register(draining, { leaving });
  await app.register(problemHandlers);
  if (resources.testMode !== null) await app.register(testMode, { clock });
  await app.register(securityHeaders, { publicUrl: config.publicUrl });
  await app.register(cors, {
    origin: [...config.corsOrigins],
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['Date', 'ETag', 'Retry-After'],
    maxAge: PREFLIGHT_SECONDS,
  });
  await app.register(crossSiteRefusal, { allowed: [config.publicUrl.origin, ...config.corsOrigins] });
  await app.register(cookie);
  await app.register(jsonBody);
  await app.register(session, {
    publicUrl: config.publicUrl,
    clock,
    signingKeys,
    authenticate: (sessionId, origin) => services.sessions.authenticate(sessionId, origin),
    authenticateKey: (key, origin) => services.serviceAccounts.authenticate(key, origin),
  });
  await app.register(openapi, { demoAccounts });
  await app.register(requestMetrics, { metrics });

  await app.register(healthRoutes({ about, assertReady, openTo: 'this machine', readyMs }));
  if (config.management === null) await app.register(metricsRoutes(metrics, 'this machine'));
  await app.register(keyRoutes(signingKeys));
  await app.register(relatedOriginRoutes(relyingPartyOf(config).origins));
  await app.register(
    async (api) => {
      await api.register(problemRoutes);
      for (const { routes } of features) for (const plugin of routes) await api.register(plugin);
    },
    { prefix: '/api/v1' },
  );
  await app.register(spa, { root: webRoot, testMode: isTested });
  return app;
}

/** Health and metrics alone, on a listener that the operator keeps to those who watch. */
export async function buildManagementApp(
  resources: Pick<Resources, 'about' | 'assertReady' | 'clock' | 'metrics' | 'testMode'>,
  logger: FastifyBaseLogger,
): Promise<FastifyInstance> {
  const { about, assertReady, clock, metrics } = resources;
  const app: FastifyInstance = Fastify({ loggerInstance: logger, logController: quietAboutWatching() });
  await app.register(problemHandlers);
  if (resources.testMode !== null) await app.register(testMode, { clock });
  await app.register(healthRoutes({ about, assertReady, openTo: 'everybody' }));
  await app.register(metricsRoutes(metrics, 'everybody'));
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not_found')));
  return app;
}
