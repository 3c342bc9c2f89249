import { test as base, type Page } from '@playwright/test';
import { accepted, apiOf } from './api.ts';
import { Directory } from './directory.ts';
import { type Enrolled, enroll } from './enrollment.ts';
import type { Mailbox } from './mailbox.ts';
import { AccountMenu } from './pages/account-menu.ts';
import { AuditPage } from './pages/audit-page.ts';
import { ChangePasswordPage } from './pages/change-password-page.ts';
import { ForgotPasswordPage } from './pages/forgot-password-page.ts';
import { GlobalSettingsPage } from './pages/global-settings-page.ts';
import { MfaSettingsPage } from './pages/mfa-settings-page.ts';
import { NewUserPage } from './pages/new-user-page.ts';
import { OrganizationsPage } from './pages/organizations-page.ts';
import { SessionsPage } from './pages/sessions-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { UserEditPage } from './pages/user-edit-page.ts';
import { UsersPage } from './pages/users-page.ts';
import { VerifyPage } from './pages/verify-page.ts';
import type { Seed } from './seed.ts';
import { Sallyport, type SallyportOptions } from './server.ts';
import { readTemplate, type Template } from './template.ts';
import { createTenant, type Tenant } from './tenant.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

interface WorkerFixtures {
  /** What `@sallyport/testkit/global-setup` made, which Playwright's configuration has to name. */
  template: Template;
  /** The running product; one per worker, with a database of its own. */
  sallyport: Sallyport;
  seed: Seed;
  /** Refresh tokens of users without a password; each test takes one away. */
  ssoSessions: Map<string, string>;
  /** Makes more organisations and users. */
  directory: Directory;
}

interface TestFixtures {
  /** Another server for this test alone, with an empty data folder; not started yet. */
  newSallyport: (options?: SallyportOptions) => Sallyport;
  /** A customer and its people, made for this test alone. */
  seeded: Tenant;
  /** The app on a person's phone, with no account yet. */
  authenticator: VirtualAuthenticator;
  mailbox: Mailbox;
  /** Signs a person in without the form, in the browser of `page` unless told otherwise. */
  signIn: (person: { email: string; password: string }, page?: Page) => Promise<void>;
  /** Signs a user without a password in, as an identity provider would, in the browser of `page`. */
  signInThroughSso: () => Promise<void>;
  /** Turns two-factor authentication on for a person, who is signed in nowhere afterwards. */
  enrolled: (person: Tenant['member']) => Promise<Enrolled>;
  /** Another browser, which shares no cookies with `page`. */
  otherBrowser: () => Promise<Page>;
  accountMenu: AccountMenu;
  auditPage: AuditPage;
  globalSettingsPage: GlobalSettingsPage;
  changePasswordPage: ChangePasswordPage;
  forgotPasswordPage: ForgotPasswordPage;
  newUserPage: NewUserPage;
  organizationsPage: OrganizationsPage;
  mfaSettingsPage: MfaSettingsPage;
  sessionsPage: SessionsPage;
  signInPage: SignInPage;
  userEditPage: UserEditPage;
  usersPage: UsersPage;
  verifyPage: VerifyPage;
}

/** Playwright's `test` with Sallyport's fixtures. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  template: [async ({}, use) => use(readTemplate(process.env.SALLYPORT_TEMPLATE ?? '')), { scope: 'worker' }],
  seed: [async ({ template }, use) => use(template.seed), { scope: 'worker' }],
  ssoSessions: [async ({ template }, use) => use(new Map(Object.entries(template.ssoSessions))), { scope: 'worker' }],

  sallyport: [
    async ({ template }, use) => {
      const sallyport = new Sallyport({ copyOf: template.dataDir });
      try {
        await sallyport.start();
        await use(sallyport);
      } finally {
        await sallyport.dispose();
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  directory: [
    async ({ sallyport, seed, playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: sallyport.url });
      await use(new Directory(apiOf(request), seed.partnerAdmin));
      await request.dispose();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  newSallyport: async ({}, use) => {
    const made: Sallyport[] = [];
    await use((options) => {
      const sallyport = new Sallyport(options);
      made.push(sallyport);
      return sallyport;
    });
    await Promise.all(made.map((sallyport) => sallyport.dispose()));
  },

  baseURL: async ({ sallyport }, use) => use(sallyport.url),
  mailbox: async ({ sallyport }, use) => use(sallyport.mailbox),
  seeded: async ({ directory }, use) => use(await createTenant(directory)),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  authenticator: async ({}, use) => use(new VirtualAuthenticator()),

  signIn: async ({ page }, use) => {
    await use(async ({ email, password }, inPage = page) => {
      accepted(await apiOf(inPage.request).POST('/api/v1/auth/login', { body: { email, password } }));
    });
  },

  signInThroughSso: async ({ page, ssoSessions, sallyport: _started }, use) => {
    await use(async () => {
      const [email, value] = [...ssoSessions][0] ?? [];
      if (email === undefined || value === undefined) throw new Error('Every user without a password is taken.');
      ssoSessions.delete(email);
      await page
        .context()
        .addCookies([{ name: 'sallyport_refresh', value, domain: 'localhost', path: '/api/v1/auth', httpOnly: true }]);
      accepted(await apiOf(page.request).POST('/api/v1/auth/refresh'));
    });
  },

  enrolled: async ({ sallyport, playwright }, use) => {
    await use(async (person) => {
      const request = await playwright.request.newContext({ baseURL: sallyport.url });
      const api = apiOf(request);
      try {
        return await enroll(api, person);
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

  accountMenu: async ({ page }, use) => use(new AccountMenu(page)),
  auditPage: async ({ page }, use) => use(new AuditPage(page)),
  globalSettingsPage: async ({ page }, use) => use(new GlobalSettingsPage(page)),
  changePasswordPage: async ({ page }, use) => use(new ChangePasswordPage(page)),
  forgotPasswordPage: async ({ page }, use) => use(new ForgotPasswordPage(page)),
  newUserPage: async ({ page }, use) => use(new NewUserPage(page)),
  organizationsPage: async ({ page }, use) => use(new OrganizationsPage(page)),
  mfaSettingsPage: async ({ page }, use) => use(new MfaSettingsPage(page)),
  sessionsPage: async ({ page }, use) => use(new SessionsPage(page)),
  signInPage: async ({ page }, use) => use(new SignInPage(page)),
  userEditPage: async ({ page }, use) => use(new UserEditPage(page)),
  usersPage: async ({ page }, use) => use(new UsersPage(page)),
  verifyPage: async ({ page }, use) => use(new VerifyPage(page)),
});

test.afterEach(async ({ sallyport }, testInfo) => {
  if (testInfo.status === testInfo.expectedStatus || sallyport.log === '') return;
  await testInfo.attach('server log', { body: sallyport.log, contentType: 'text/plain' });
});
