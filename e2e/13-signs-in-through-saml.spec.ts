import {
  connectSaml,
  type SamlProvider,
  samlProviderObstacle,
  samlUsers,
  startSamlProvider,
} from '@sallyport/testkit/saml-provider';
import {
  accepted,
  apiOf,
  createTenant,
  Directory,
  expect,
  LinkedAccountsPage,
  type Sallyport,
  SignInPage,
  type Tenant,
  test,
} from '@sallyport/testkit/workspace';

const obstacle = samlProviderObstacle();
test.skip(obstacle !== null, obstacle ?? '');
// A server of its own, a provider and a new key take their time.
test.slow();

let provider: SamlProvider;
let sallyport: Sallyport;
let tenant: Tenant;

test.beforeEach(async ({ newSallyport, template, seed, playwright }) => {
  // At 127.0.0.1 where we are at localhost: another site, so that Lax cookies stay behind.
  provider = await startSamlProvider();
  sallyport = newSallyport({ copyOf: template.dataDir, environment: { SALLYPORT_SSO_ALLOW_LOOPBACK: '1' } });
  await sallyport.start();
  const request = await playwright.request.newContext({ baseURL: sallyport.url });
  const api = apiOf(request);
  tenant = await createTenant(new Directory(api, seed.partnerAdmin));

  const { email, password } = tenant.customerAdmin;
  accepted(await api.POST('/api/v1/auth/login', { body: { email, password } }));
  const treat = { encrypt: true, wantSignedRequests: true };
  await connectSaml(api, provider, { organizationId: tenant.customer.id, name: 'Acme ID', treat });
  await request.dispose();
});
test.afterEach(() => provider?.stop());

test('a person links an account at a SAML provider and signs in with it', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: sallyport.url });
  const page = await context.newPage();
  await new SignInPage(page).signIn(tenant.member);
  await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();

  const linkedAccounts = new LinkedAccountsPage(page);
  await linkedAccounts.open();
  await expect(linkedAccounts.none).toBeVisible();
  await linkedAccounts.link('Acme ID', tenant.member);

  await page.waitForURL((url) => url.hostname === '127.0.0.1');
  await page.locator('input[name="username"]').fill('alice');
  await page.locator('input[name="password"]').fill(samlUsers.alice.password);
  await page.locator('input[name="password"]').press('Enter');

  await expect(page.getByText('The account is linked')).toBeVisible();
  await expect(page.getByText('alice@acme.example')).toBeVisible();

  // Signed out here; still signed in there.
  const api = apiOf(page.request);
  await api.POST('/api/v1/auth/logout');
  await page.goto(`/sign-in?organization=${tenant.customer.slug}`);
  await new SignInPage(page).through('Acme ID').click();
  await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();
  const me = accepted(await api.GET('/api/v1/me'));
  expect(me).toMatchObject({ email: tenant.member.email, session: { method: 'sso' } });

  await linkedAccounts.open();
  await linkedAccounts.unlink('Acme ID');
  await expect(linkedAccounts.none).toBeVisible();
  await context.close();
});

test('an account at the provider that nobody linked leads back to the sign-in page, with a number to ask by', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: sallyport.url });
  const page = await context.newPage();
  await page.goto(`/sign-in?organization=${tenant.customer.slug}`);
  await new SignInPage(page).through('Acme ID').click();
  await page.locator('input[name="username"]').fill('bob');
  await page.locator('input[name="password"]').fill(samlUsers.bob.password);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/sign-in\?error=sso_account_unknown&requestId=/);
  await expect(page.getByRole('alert')).toBeVisible();
  await context.close();
});
