import { chromium, type Page } from '@playwright/test';
import { accepted, apiOf, expect, SignInPage, test } from '@sallyport/testkit';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import {
  connectOidc,
  ENTRA_TENANT_A,
  type OidcIssuer,
  type OidcProviders,
  startOidcProviders,
} from '@sallyport/testkit/providers';

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
        kind: 'entra' as const,
        config: { tenantIds: [ENTRA_TENANT_A] },
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
        kind: 'google' as const,
        config: { hostedDomains: ['acme.example'] },
        issuer: providers.google,
        account: { sub: 's2', hd: 'acme.example', email: invited.email, email_verified: true, name: 'Iris' },
      },
    ];
    for (const { name, kind, config, issuer, account } of kinds) {
      await addConnection(page, issuer, { name, kind, config });
      issuer.account = { ...account, preferred_username: invited.email };

      await page.goto('/sign-in?returnTo=%2Faccount%2Fsessions');
      await new SignInPage(page).email.fill(invited.email);
      await page.getByRole('button', { name: `Sign in with ${name}` }).click();
      await expect(page).toHaveURL(`${sallyport.url}/account/sessions`);
      await expect(page.getByRole('button', { name: 'Account menu' })).toBeVisible();
      const me = accepted(await apiOf(page.request).GET('/api/v1/me'));
      expect(me).toMatchObject({ email: invited.email, hasPassword: false, session: { method: 'sso' } });
      await apiOf(page.request).POST('/api/v1/auth/logout');
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
