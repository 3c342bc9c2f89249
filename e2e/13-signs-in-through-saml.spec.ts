import { createTenant, Directory, expect, type Sallyport, SignInPage, type Tenant, test } from '@sallyport/testkit';
import {
  type SamlProvider,
  samlProviderObstacle,
  samlUsers,
  startSamlProvider,
} from '@sallyport/testkit/saml-provider';

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
  tenant = await createTenant(new Directory(request, seed.partnerAdmin));

  const { email, password } = tenant.customerAdmin;
  await request.post('/api/v1/auth/login', { data: { email, password } });
  const organization = `/api/v1/organizations/${tenant.customer.id}`;
  const metadata = await request.post(`${organization}/saml-metadata`, { data: { xml: await provider.metadata() } });
  const { idpEntityId, ssoUrl, certificates } = await metadata.json();
  const created = await request.post(`${organization}/sso-connections`, {
    data: {
      name: 'Acme ID',
      kind: 'saml',
      enabled: true,
      config: {
        idpEntityId,
        ssoUrl,
        certificates: certificates.map(({ pem }: { pem: string }) => pem),
        subject: { source: 'name_id', format: 'persistent' },
        attributes: { email: 'mail', name: 'displayName' },
      },
    },
  });
  expect(created.status()).toBe(201);
  const { urls } = await created.json();
  const ours = await (await request.get(urls.metadataUrl)).text();
  const certificate = /X509Certificate>([^<]+)</.exec(ours)?.[1] ?? '';
  provider.know({ entityId: urls.entityId, acsUrl: urls.acsUrl, certificate, encrypt: true, wantSignedRequests: true });
  await request.dispose();
});
test.afterEach(() => provider?.stop());

test('a person links an account at a SAML provider and signs in with it', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: sallyport.url });
  const page = await context.newPage();
  await new SignInPage(page).signIn(tenant.member);
  await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();

  await page.goto('/account/identities');
  await page.getByRole('button', { name: 'Link Acme ID' }).click();
  await page.getByLabel('Current password').fill(tenant.member.password);
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.waitForURL((url) => url.hostname === '127.0.0.1');
  await page.locator('input[name="username"]').fill('alice');
  await page.locator('input[name="password"]').fill(samlUsers.alice.password);
  await page.locator('input[name="password"]').press('Enter');

  await expect(page.getByText('The account is linked')).toBeVisible();
  await expect(page.getByText('alice@acme.example')).toBeVisible();

  // Signed out here; still signed in there.
  await page.request.post('/api/v1/auth/logout');
  await page.goto(`/sign-in?organization=${tenant.customer.slug}`);
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();
  const me = await (await page.request.get('/api/v1/me')).json();
  expect(me).toMatchObject({ email: tenant.member.email, session: { method: 'sso' } });
  await context.close();
});

test('an account at the provider that nobody linked leads back to the sign-in page, with a number to ask by', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: sallyport.url });
  const page = await context.newPage();
  await page.goto(`/sign-in?organization=${tenant.customer.slug}`);
  await page.getByRole('button', { name: 'Sign in with Acme ID' }).click();
  await page.locator('input[name="username"]').fill('bob');
  await page.locator('input[name="password"]').fill(samlUsers.bob.password);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL(/\/sign-in\?error=sso_account_unknown&requestId=/);
  await expect(page.getByRole('alert')).toBeVisible();
  await context.close();
});
