import { expect, ServiceAccountsPage, test } from '@sallyport/testkit/workspace';

/** A script on another machine: it has the key, and no cookie. */
const asScript = async (
  url: string,
  key: string,
  path: string,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('an admin lets a script in, sees that it came, and revokes it', async ({
  page,
  server,
  seeded,
  signIn,
  serviceAccountsPage,
  auditPage,
}) => {
  const { member } = seeded;
  await signIn(seeded.customerAdmin);
  await serviceAccountsPage.open();
  await expect(page.getByText('No service accounts yet')).toBeVisible();

  const key = await serviceAccountsPage.create({ name: 'Nightly import', role: 'Administrator', access: 'Read only' });
  expect(key).toMatch(/^sallyport_sa_[0-9a-f]{72}$/);
  const row = serviceAccountsPage.row('Nightly import');
  await expect(row).toContainText('Active');
  await expect(row).toContainText('Never');
  await expect(page.getByText(key)).toHaveCount(0);

  const found = await asScript(server.url, key, `/users?q=${encodeURIComponent(member.email)}`);
  expect(found).toMatchObject({ status: 200, body: { items: [{ email: member.email }] } });
  const refused = await asScript(server.url, key, '/me/mfa');
  expect(refused).toMatchObject({ status: 403, body: { code: 'not_for_service_accounts' } });

  await page.reload();
  await expect(row).toContainText('now');
  await expect(serviceAccountsPage.key).toHaveCount(0);

  await serviceAccountsPage.revoke('Nightly import');
  await expect(row).toHaveCount(0);
  await expect(page.getByText('No service accounts yet')).toBeVisible();
  expect(await asScript(server.url, key, '/users')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });

  await auditPage.open();
  await expect(auditPage.about(seeded.customerAdmin.email, 'made the service account Nightly import')).toBeVisible();
  await expect(auditPage.about(seeded.customerAdmin.email, 'revoked the service account Nightly import')).toBeVisible();
  await expect(auditPage.about('A key that is over was used: service account: Nightly import')).toBeVisible();
});

test('an admin who may only read sees the service accounts, and changes none', async ({
  page,
  seeded,
  signIn,
  serviceAccountsPage,
  otherBrowser,
}) => {
  const writing = await otherBrowser();
  await signIn(seeded.customerAdmin, writing);
  const theirs = new ServiceAccountsPage(writing);
  await theirs.open();
  await theirs.create({ name: 'Report', validFor: 'Until it is revoked' });

  await signIn(seeded.readOnlyAdmin);
  await serviceAccountsPage.open();
  await expect(serviceAccountsPage.row('Report')).toBeVisible();
  await expect(serviceAccountsPage.createButton).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Revoke/ })).toHaveCount(0);
});
