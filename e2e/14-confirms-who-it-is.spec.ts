import { chromium } from '@playwright/test';
import { chromiumExecutable } from '@sallyport/testkit/browser';
import { connectOidc, ENTRA_TENANT_A, startOidcProviders } from '@sallyport/testkit/providers';
import {
  accepted,
  ageSessions,
  apiOf,
  ConfirmIdentityDialog,
  enroll,
  expect,
  type Sallyport,
  test,
  UserEditPage,
} from '@sallyport/testkit/workspace';

const password = 'Quiet-Harbour-1';
const rights = { role: 'admin', access: 'read_write' };
const ada = { email: 'ada@acme.example', name: 'Ada', password };
const ida = { email: 'ida@acme.example', name: 'Ida' };
const mia = { email: 'mia@acme.example', name: 'Mia', role: 'member', access: 'read_only', password };

const seedFile = {
  partners: [
    {
      slug: 'northwind',
      name: 'Northwind',
      domains: ['northwind.example'],
      customers: [
        {
          ...{ slug: 'acme', name: 'Acme', domains: ['acme.example'] },
          users: [{ ...ada, ...rights }, { ...ida, ...rights }, mia],
        },
      ],
    },
  ],
};

/** Longer than a proof lasts, shorter than a session. */
async function twentyMinutesLater(sallyport: Sallyport): Promise<void> {
  await sallyport.stop();
  await ageSessions(sallyport.dataDir, 20);
  await sallyport.start();
}

test('SEC-43: an admin confirms in place who it is, and what it typed is saved', async ({ newSallyport, browser }) => {
  test.setTimeout(180_000);
  const sallyport = newSallyport();
  await sallyport.seed(seedFile);
  await sallyport.start();
  const page = await browser.newPage({ baseURL: sallyport.url });
  const api = apiOf(page.request);
  const { authenticator } = await enroll(api, { ...ada });
  const [user] = accepted(await api.GET('/api/v1/users', { params: { query: { q: mia.email } } })).items;
  const userEditPage = new UserEditPage(page);
  await userEditPage.open(user?.id ?? '');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Mia Moore');
  await twentyMinutesLater(sallyport);

  const confirm = new ConfirmIdentityDialog(page);
  await userEditPage.updateButton.click();
  await expect(confirm.password).toBeFocused();
  await confirm.cancelButton.click();
  await expect(confirm.dialog).toBeHidden();
  await expect(name).toHaveValue('Mia Moore');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(userEditPage.updateButton).toBeFocused();

  await userEditPage.updateButton.click();
  await confirm.confirm('not the password', await authenticator.nextCode());
  await expect(confirm.dialog).toContainText('The current password is wrong.');
  await confirm.confirm(password);
  await expect(confirm.dialog).toBeHidden();
  await expect(page.getByText('Mia Moore was updated.').first()).toBeVisible();
  expect(accepted(await api.GET('/api/v1/users', { params: { query: { q: 'Moore' } } })).items).toHaveLength(1);

  // Not asked again within fifteen minutes.
  await name.fill('Mia Miller');
  await userEditPage.updateButton.click();
  await expect(page.getByText('Mia Miller was updated.').first()).toBeVisible();

  // Asked over another dialog, which waits with what was typed.
  await twentyMinutesLater(sallyport);
  await userEditPage.eraseButton.click();
  await userEditPage.confirmErasure(mia.email);
  await confirm.cancelButton.click();
  await expect(confirm.dialog).toBeHidden();
  await expect(userEditPage.eraseDialog.getByRole('alert')).toHaveCount(0);
  await userEditPage.confirmErasure(mia.email);
  await confirm.confirm(password, await authenticator.nextCode());
  await expect(page.getByText('Mia Miller was erased.').first()).toBeVisible();
  await page.close();
});

test('SEC-43: an admin without a password confirms it at the provider and comes back', async ({ newSallyport }) => {
  test.setTimeout(180_000);
  const providers = await startOidcProviders();
  const executablePath = chromiumExecutable();
  const browser = await chromium.launch({
    args: [...providers.chromiumArguments],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const sallyport = newSallyport({ environment: providers.environment });
    await sallyport.seed(seedFile);
    await sallyport.start();
    const page = await browser.newPage({ baseURL: sallyport.url, ignoreHTTPSErrors: true });
    const api = apiOf(page.request);
    accepted(await api.POST('/api/v1/auth/login', { body: { email: ada.email, password } }));
    const { organization } = accepted(await api.GET('/api/v1/me'));
    const { id } = await connectOidc(api, [providers.tenantA], {
      ...{ organizationId: organization.id, domains: ['acme.example'], name: 'Entra', kind: 'entra' },
      config: { tenantIds: [ENTRA_TENANT_A] },
    });
    const [user] = accepted(await api.GET('/api/v1/users', { params: { query: { q: mia.email } } })).items;
    await api.POST('/api/v1/auth/logout');
    providers.tenantA.account = {
      ...{ sub: 's1', oid: 'cccccccc-3333-4333-8333-cccccccccccc', tid: ENTRA_TENANT_A, ver: '2.0', name: 'Ida' },
      preferred_username: ida.email,
    };
    const path = `/users/${user?.id}/edit`;
    await page.goto(`/api/v1/auth/sso/${id}/start?returnTo=${encodeURIComponent(path)}`);
    const userEditPage = new UserEditPage(page);
    await expect(userEditPage.updateButton).toBeVisible();
    await twentyMinutesLater(sallyport);

    const confirm = new ConfirmIdentityDialog(page);
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('Mia Moore');
    await userEditPage.updateButton.click();
    await expect(confirm.password).toBeHidden();
    await confirm.providerButton.click();
    await expect(confirm.dialog).toBeHidden();
    await expect(page).toHaveURL(`${sallyport.url}${path}`);
    await name.fill('Mia Moore');
    await userEditPage.updateButton.click();
    await expect(page.getByText('Mia Moore was updated.').first()).toBeVisible();
  } finally {
    await browser.close();
    await providers.stop();
  }
});
