import { type BrowserContext, test as base, type Page, type Route } from '@playwright/test';
import { apiOf } from './api-of-context.ts';
import { Directory } from './directory.ts';
import { type Enrolled, enroll } from './enrollment.ts';
import type { Mailbox } from './mailbox.ts';
import { AccountMenu } from './pages/account-menu.ts';
import { AuditPage } from './pages/audit-page.ts';
import { ChangePasswordPage } from './pages/change-password-page.ts';
import { ForgotPasswordPage } from './pages/forgot-password-page.ts';
import { GlobalSettingsPage } from './pages/global-settings-page.ts';
import { LinkedAccountsPage } from './pages/linked-accounts-page.ts';
import { MfaSettingsPage } from './pages/mfa-settings-page.ts';
import { NewUserPage } from './pages/new-user-page.ts';
import { OrganizationsPage } from './pages/organizations-page.ts';
import { SecurityPage } from './pages/security-page.ts';
import { ServiceAccountsPage } from './pages/service-accounts-page.ts';
import { SessionsPage } from './pages/sessions-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { SsoSettingsPage } from './pages/sso-settings-page.ts';
import { UserEditPage } from './pages/user-edit-page.ts';
import { UsersPage } from './pages/users-page.ts';
import { VerifyPage } from './pages/verify-page.ts';
import { type Server, useServer } from './running.ts';
import type { ServiceClock } from './service-clock.ts';
import { type Credentials, signIn } from './sign-in.ts';
import type { SallyportOptions } from './target.ts';
import { createTenant, eraseTenant, seedTenant, type Tenant } from './tenant.ts';
import type { TestMode } from './test-mode.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

/** What goes wrong with a request, as the header of the test mode has it. */
export type Fault = 'overload' | 'expired' | 'slow' | `slow;seconds=${number}`;

interface WorkerFixtures {
  /** The server that is tested: the one that runs, or one of this worker's own. */
  server: Server;
  /** Makes more organisations and users. */
  directory: Directory;
  /** What the server does for tests alone. */
  testMode: TestMode;
}

interface TestFixtures {
  /** A customer and its people, made for this test alone, and gone after it where the server stays. */
  seeded: Tenant;
  /** The app on a person's phone, with no account yet. */
  authenticator: VirtualAuthenticator;
  /** Everybody's mail. */
  mailbox: Mailbox;
  /** Signs a person in without the form, in the browser of `page` unless told otherwise. */
  signIn: (person: Credentials, page?: Page) => Promise<void>;
  /** A page of another browser in which a person is signed in already, without the form: several may be there at once. */
  signedInAs: (person: Credentials) => Promise<Page>;
  /** Turns two-factor authentication on for a person, who is signed in nowhere afterwards. */
  enrolled: (person: Tenant['member']) => Promise<Enrolled>;
  /** The time of a server in test mode, which returns to the system's after the test. */
  clock: ServiceClock;
  /** A code that the person's authenticator did not spend, of a server in test mode; its clock moves where it must. */
  nextCode: (person: { email: string }) => Promise<string>;
  /**
   * Lets what `page` asks a server in test mode fail: `overload`, `expired`, `slow`, or `slow;seconds=10`.
   *
   * @param url which requests, as `page.route` takes it; else all of the API
   * @returns what ends it
   */
  fault: (fault: Fault, url?: string | RegExp) => Promise<() => Promise<void>>;
  /** Another browser, which shares no cookies with `page`. */
  otherBrowser: () => Promise<Page>;
  /** Attaches what the server wrote meanwhile to a test that fails. */
  serverLog: undefined;
  accountMenu: AccountMenu;
  auditPage: AuditPage;
  globalSettingsPage: GlobalSettingsPage;
  changePasswordPage: ChangePasswordPage;
  forgotPasswordPage: ForgotPasswordPage;
  linkedAccountsPage: LinkedAccountsPage;
  newUserPage: NewUserPage;
  organizationsPage: OrganizationsPage;
  mfaSettingsPage: MfaSettingsPage;
  serviceAccountsPage: ServiceAccountsPage;
  securityPage: SecurityPage;
  sessionsPage: SessionsPage;
  signInPage: SignInPage;
  ssoSettingsPage: SsoSettingsPage;
  userEditPage: UserEditPage;
  usersPage: UsersPage;
  verifyPage: VerifyPage;
}

/** Playwright's `test` with Sallyport's fixtures. */
export const test = base.extend<TestFixtures, SallyportOptions & WorkerFixtures>({
  sallyport: [undefined, { scope: 'worker', option: true }],

  server: [async ({ sallyport }, use) => useServer(sallyport, use), { scope: 'worker', timeout: 180_000 }],

  directory: [
    async ({ server, playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: server.url });
      const directory = new Directory(apiOf(request), server.admin);
      await use(directory);
      await directory.close();
      await request.dispose();
    },
    { scope: 'worker' },
  ],

  testMode: [async ({ server }, use) => use(server.testMode), { scope: 'worker' }],

  clock: async ({ testMode }, use) => {
    await use(testMode.clock);
    await testMode.clock.reset();
  },

  nextCode: async ({ clock: _returns, testMode }, use) => use(({ email }) => testMode.nextCode(email)),

  fault: async ({ page, testMode: _needed }, use) => {
    await use(async (fault, url = '**/api/v1/**') => {
      const fail = (route: Route): Promise<void> =>
        route.continue({ headers: { ...route.request().headers(), 'sallyport-test-fault': fault } });
      await page.route(url, fail);
      return () => page.unroute(url, fail);
    });
  },

  baseURL: async ({ server }, use) => use(server.url),
  mailbox: async ({ server }, use) => use(server.mailbox),

  seeded: async ({ directory, server }, use) => {
    if (server.isInTestMode) {
      const tenant = await seedTenant(server.testMode, await directory.partner());
      await use(tenant);
      await server.testMode.removeTenant(tenant.customer.slug);
      return;
    }
    const tenant = await createTenant(directory);
    await use(tenant);
    if (server.stays) await eraseTenant(directory, tenant);
  },

  authenticator: async ({ server }, use) => use(new VirtualAuthenticator(server.nowMs)),

  signIn: async ({ page }, use) => {
    await use(async (person, inPage = page) => signIn(apiOf(inPage.request), person));
  },

  signedInAs: async ({ browser, server, playwright }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person) => {
      const request = await playwright.request.newContext({ baseURL: server.url });
      await signIn(apiOf(request), person);
      const context = await browser.newContext({ baseURL: server.url, storageState: await request.storageState() });
      contexts.push(context);
      await request.dispose();
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  enrolled: async ({ server, playwright }, use) => {
    await use(async (person) => {
      const request = await playwright.request.newContext({ baseURL: server.url });
      const api = apiOf(request);
      try {
        return await enroll(api, person, server.nowMs);
      } finally {
        await api.POST('/api/v1/auth/logout');
        await request.dispose();
      }
    });
  },

  otherBrowser: async ({ browser, baseURL }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async () => {
      const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  serverLog: [
    async ({ server }, use, testInfo) => {
      const before = server.log.length;
      await use(undefined);
      const body = server.log.slice(before);
      if (testInfo.status === testInfo.expectedStatus || body === '') return;
      await testInfo.attach('server log', { body, contentType: 'text/plain' });
    },
    { auto: true },
  ],

  accountMenu: async ({ page }, use) => use(new AccountMenu(page)),
  auditPage: async ({ page }, use) => use(new AuditPage(page)),
  globalSettingsPage: async ({ page }, use) => use(new GlobalSettingsPage(page)),
  changePasswordPage: async ({ page }, use) => use(new ChangePasswordPage(page)),
  forgotPasswordPage: async ({ page }, use) => use(new ForgotPasswordPage(page)),
  linkedAccountsPage: async ({ page }, use) => use(new LinkedAccountsPage(page)),
  newUserPage: async ({ page }, use) => use(new NewUserPage(page)),
  organizationsPage: async ({ page }, use) => use(new OrganizationsPage(page)),
  mfaSettingsPage: async ({ page }, use) => use(new MfaSettingsPage(page)),
  serviceAccountsPage: async ({ page }, use) => use(new ServiceAccountsPage(page)),
  securityPage: async ({ page }, use) => use(new SecurityPage(page)),
  sessionsPage: async ({ page }, use) => use(new SessionsPage(page)),
  signInPage: async ({ page }, use) => use(new SignInPage(page)),
  ssoSettingsPage: async ({ page }, use) => use(new SsoSettingsPage(page)),
  userEditPage: async ({ page }, use) => use(new UserEditPage(page)),
  usersPage: async ({ page }, use) => use(new UsersPage(page)),
  verifyPage: async ({ page }, use) => use(new VerifyPage(page)),
});
