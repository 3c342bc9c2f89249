import { chromium, type Page } from '@playwright/test';
import { expect, SignInPage, test } from '@sallyport/testkit';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import { ENTRA_TENANT_A, type OidcProviders, startOidcProviders } from '@sallyport/testkit/providers';

const password = 'Quiet-Harbour-1';
const admin = { email: 'ada@acme.example', name: 'Ada', role: 'admin', access: 'read_write', password };
const invited = { email: 'iris@acme.example', name: 'Iris', role: 'member', access: 'read_only' };

const seedFile = {
  partners: [
    {
      slug: 'northwind',
      name: 'Northwind',
      domains: ['northwind.example'],
      customers: [{ slug: 'acme', name: 'Acme', domains: ['acme.example'], users: [admin, invited] }],
    },
  ],
};

let providers: OidcProviders;
test.beforeAll(async () => {
  providers = await startOidcProviders();
});
test.afterAll(() => providers.stop());

/** Adds a connection as the admin, over the API, and the client at the provider. */
async function addConnection(url: string, page: Page, input: Record<string, unknown>): Promise<string> {
  const { request } = page;
  expect((await request.post(`${url}/api/v1/auth/login`, { data: { email: admin.email, password } })).ok()).toBe(true);
  const { organization } = await (await request.get(`${url}/api/v1/me`)).json();
  const created = await request.post(`${url}/api/v1/organizations/${organization.id}/sso-connections`, { data: input });
  expect(created.status(), await created.text()).toBe(201);
  await request.post(`${url}/api/v1/auth/logout`);
  return (await created.json()).urls.redirectUri;
}

test('a user goes from the button to the provider and comes back signed in', async ({ newSallyport }) => {
  // A server and a browser of its own, and three ways through a provider.
  test.setTimeout(240_000);
  const sallyport = newSallyport({ environment: providers.environment });
  await sallyport.seed(seedFile);
  await sallyport.start();
  const executablePath = chromiumExecutable();
  const browser = await chromium.launch({
    args: [...providers.chromiumArguments],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const context = await browser.newContext({ baseURL: sallyport.url, ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const kinds = [
      {
        name: 'Entra',
        kind: 'entra',
        config: { clientId: 'acme-entra', clientSecret: 'secret', tenantIds: [ENTRA_TENANT_A] },
        issuer: providers.tenantA,
        account: {
          sub: 's1',
          oid: 'cccccccc-3333-4333-8333-cccccccccccc',
          tid: ENTRA_TENANT_A,
          ver: '2.0',
          name: 'Iris',
        },
      },
      {
        name: 'Google',
        kind: 'google',
        config: { clientId: 'acme-google', clientSecret: 'secret', hostedDomains: ['acme.example'] },
        issuer: providers.google,
        account: { sub: 's2', hd: 'acme.example', email: invited.email, email_verified: true, name: 'Iris' },
      },
    ];
    for (const { name, kind, config, issuer, account } of kinds) {
      const input = { name, kind, enabled: true, domains: ['acme.example'], config };
      const redirectUri = await addConnection(sallyport.url, page, input);
      issuer.addClient({ clientId: config.clientId, clientSecret: config.clientSecret, redirectUri });
      issuer.account = { ...account, preferred_username: invited.email };

      await page.goto('/sign-in?returnTo=%2Faccount%2Fsessions');
      await new SignInPage(page).email.fill(invited.email);
      await page.getByRole('button', { name: `Sign in with ${name}` }).click();
      await expect(page).toHaveURL(`${sallyport.url}/account/sessions`);
      await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();
      const me = await (await page.request.get('/api/v1/me')).json();
      expect(me).toMatchObject({ email: invited.email, hasPassword: false, session: { method: 'sso' } });
      await page.request.post('/api/v1/auth/logout');
    }

    // Who the provider knows and Sallyport does not reads so on the sign-in page.
    providers.google.account = { sub: 's3', hd: 'acme.example', email: 'eve@acme.example', email_verified: true };
    // In a browser of her own: the provider would go on with who is signed in there.
    const hers = await browser.newPage({ baseURL: sallyport.url, ignoreHTTPSErrors: true });
    const signInPage = new SignInPage(hers);
    await signInPage.open();
    await signInPage.email.fill('eve@acme.example');
    await hers.getByRole('button', { name: 'Sign in with Google' }).click();
    await expect(hers.getByRole('alert')).toContainText('There is no account for you here yet');
  } finally {
    await browser.close();
  }
});
