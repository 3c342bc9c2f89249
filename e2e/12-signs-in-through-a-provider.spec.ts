import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import {
  connectOidc,
  ENTRA_TENANT_A,
  type OidcIssuer,
  type OidcProviders,
  startOidcProviders,
} from '@sallyport/testkit/providers';
import {
  accepted,
  apiOf,
  expect,
  LinkAccountPage,
  product,
  Sallyport,
  SignInPage,
  test,
  UserEditPage,
  UsersPage,
} from '@sallyport/testkit/workspace';

const password = 'Quiet-Harbour-1';
const admin = { email: 'ada@acme.example', name: 'Ada', role: 'admin', access: 'read_write', password };
const ben = { email: 'ben@acme.example', name: 'Ben', role: 'member', access: 'read_only', password };
const invited = { email: 'iris@acme.example', name: 'Iris', role: 'member', access: 'read_only' };

const seedFile = {
  partners: [
    {
      slug: 'northwind',
      name: 'Northwind',
      domains: ['northwind.example'],
      customers: [{ slug: 'acme', name: 'Acme', domains: ['acme.example'], users: [admin, ben, invited] }],
    },
  ],
};

// One server and one browser for all of them, in one worker.
test.describe.configure({ mode: 'default' });
let providers: OidcProviders;
let sallyport: Sallyport;
let browser: Browser;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  providers = await startOidcProviders();
  sallyport = new Sallyport({ product, environment: providers.environment });
  await sallyport.seed(seedFile);
  await sallyport.start();
  const executablePath = chromiumExecutable();
  browser = await chromium.launch({
    args: [...providers.chromiumArguments],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
});
test.afterAll(async () => {
  await browser.close();
  await sallyport.dispose();
  await providers.stop();
});

/** A page of a browser that shares no cookies, with the provider either, with any other. */
const newPage = (): Promise<Page> => browser.newPage({ baseURL: sallyport.url, ignoreHTTPSErrors: true });

/** Adds a connection as the admin, over the API, and the client at the provider. */
async function addConnection(
  page: Page,
  issuer: OidcIssuer,
  adding: Pick<Parameters<typeof connectOidc>[2], 'name' | 'kind' | 'config'>,
): Promise<void> {
  const api = apiOf(page.request);
  accepted(await api.POST('/api/v1/auth/login', { body: { email: admin.email, password } }));
  const { organization } = accepted(await api.GET('/api/v1/me'));
  await connectOidc(api, [issuer], { organizationId: organization.id, domains: ['acme.example'], ...adding });
  await api.POST('/api/v1/auth/logout');
}

const googleOf = (email: string, sub: string) => ({
  ...{ sub, hd: 'acme.example', email, preferred_username: email, email_verified: true, name: email },
});

test('a user goes from the button to the provider and comes back signed in', async () => {
  const page = await newPage();
  const kinds = [
    {
      name: 'Entra',
      kind: 'entra' as const,
      config: { tenantIds: [ENTRA_TENANT_A] },
      issuer: providers.tenantA,
      account: {
        ...{ sub: 's1', oid: 'cccccccc-3333-4333-8333-cccccccccccc', tid: ENTRA_TENANT_A, ver: '2.0', name: 'Iris' },
        preferred_username: invited.email,
      },
    },
    {
      name: 'Google',
      kind: 'google' as const,
      config: { hostedDomains: ['acme.example'] },
      issuer: providers.google,
      account: googleOf(invited.email, 's2'),
    },
  ];
  for (const { name, kind, config, issuer, account } of kinds) {
    await addConnection(page, issuer, { name, kind, config });
    issuer.account = account;

    await page.goto('/sign-in?returnTo=%2Faccount%2Fsessions');
    await new SignInPage(page).email.fill(invited.email);
    await page.getByRole('button', { name: `Sign in with ${name}` }).click();
    await expect(page).toHaveURL(`${sallyport.url}/account/sessions`);
    await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();
    const me = accepted(await apiOf(page.request).GET('/api/v1/me'));
    expect(me).toMatchObject({ email: invited.email, hasPassword: false, session: { method: 'sso' } });
    await apiOf(page.request).POST('/api/v1/auth/logout');
  }
});

test('who the provider knows and Sallyport does not reads so on the sign-in page', async () => {
  providers.google.account = googleOf('eve@acme.example', 's3');
  const page = await newPage();
  const signInPage = new SignInPage(page);
  await signInPage.open();
  const before = await signInPage.signInButton.boundingBox();
  await signInPage.email.fill('eve@acme.example');
  const withGoogle = page.getByRole('button', { name: 'Sign in with Google' });
  await expect(withGoogle).toBeVisible();
  // Who is about to press `Sign in` when the way through Google becomes known presses that.
  expect(await signInPage.signInButton.boundingBox()).toEqual(before);
  await withGoogle.click();
  await expect(page.getByRole('alert')).toContainText('There is no account for you here yet');
});

test('a user with a password connects the account at work through a mailed link', async () => {
  const page = await newPage();
  await new SignInPage(page).signIn(admin);
  const usersPage = new UsersPage(page);
  await usersPage.navigationLink.click();
  await usersPage.edit(ben.email);
  await new UserEditPage(page).mailLinkButton.click();
  await expect(page.getByText('A link is on its way.').first()).toBeVisible();

  providers.google.account = googleOf(ben.email, 's4');
  const his = await newPage();
  const link = await sallyport.mailbox.link(ben.email, '/link-account');
  await his.goto(link);
  const linkAccountPage = new LinkAccountPage(his);
  await expect(linkAccountPage.heading).toBeVisible();
  await linkAccountPage.connect('Google');
  await expect(his.getByRole('button', { name: 'Account menu' })).toBeVisible();
  expect(accepted(await apiOf(his.request).GET('/api/v1/me'))).toMatchObject({
    ...{ email: ben.email, hasPassword: true, session: { method: 'sso' } },
  });
  await apiOf(his.request).POST('/api/v1/auth/logout');

  // From now on the button alone is enough, and the link is none any more.
  await his.goto(link);
  await expect(linkAccountPage.dead).toBeVisible();
  await his.goto('/sign-in');
  const signInPage = new SignInPage(his);
  await signInPage.email.fill(ben.email);
  await signInPage.through('Google').click();
  await expect(his.getByRole('button', { name: 'Account menu' })).toBeVisible();
});
