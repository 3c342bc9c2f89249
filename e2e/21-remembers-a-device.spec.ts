import {
  AccountMenu,
  accepted,
  apiOf,
  ChangePasswordPage,
  ConfirmIdentityDialog,
  enroll,
  expect,
  GlobalSettingsPage,
  SessionsPage,
  SignInPage,
  test,
  UserEditPage,
  VerifyPage,
} from '@sallyport/testkit/workspace';

const password = 'Quiet-Harbour-1';
const newPassword = 'Loud-Harbour-2';
const admin = { role: 'admin', access: 'read_write', password };
const pat = { email: 'pat@northwind.example', name: 'Pat' };
const ada = { email: 'ada@acme.example', name: 'Ada' };
const mia = { email: 'mia@acme.example', name: 'Mia' };

const seedFile = {
  partners: [
    {
      slug: 'northwind',
      name: 'Northwind',
      users: [{ ...pat, ...admin }],
      customers: [
        {
          slug: 'acme',
          name: 'Acme',
          users: [
            { ...ada, ...admin },
            { ...mia, ...admin, role: 'member' },
          ],
        },
      ],
    },
  ],
};

test('a user has a device remembered, sees it, and forgets it from another', async ({ newSallyport, browser }) => {
  test.setTimeout(180_000);
  const sallyport = newSallyport();
  await sallyport.seed(seedFile);
  await sallyport.start();
  const newPage = () => browser.newPage({ baseURL: sallyport.url });

  // The partner allows it, and its customer follows.
  const partner = await newPage();
  accepted(await apiOf(partner.request).POST('/api/v1/auth/login', { body: { email: pat.email, password } }));
  const settings = new GlobalSettingsPage(partner);
  await settings.open();
  await settings.rememberedDeviceDays.fill('30');
  await settings.saveButton.click();
  await expect(partner.getByText('The settings were saved.').first()).toBeVisible();

  const page = await newPage();
  const { authenticator } = await enroll(apiOf(page.request), { email: mia.email, password });
  await page.context().clearCookies();
  const signInPage = new SignInPage(page);
  const verifyPage = new VerifyPage(page);
  const accountMenu = new AccountMenu(page);
  await signInPage.signIn({ email: mia.email, password });
  await expect(verifyPage.rememberDevice).not.toBeChecked();
  await expect(page.getByText('For 30 days your password is enough here')).toBeVisible();
  await verifyPage.rememberDevice.focus();
  await page.keyboard.press('Space');
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();

  // From then on the password is enough here, and nowhere else.
  await accountMenu.choose('Sign out');
  await signInPage.submit({ email: mia.email, password });
  await expect(accountMenu.avatar).toBeVisible();
  const sessionsPage = new SessionsPage(page);
  await accountMenu.choose('Sessions');
  await expect(sessionsPage.remembered).toHaveCount(1);
  await expect(sessionsPage.remembered).toContainText('This device');

  const other = await newPage();
  await new SignInPage(other).signIn({ email: mia.email, password });
  await expect(new VerifyPage(other).useBackupCode).toBeVisible();
  await new VerifyPage(other).verify(await authenticator.nextCode());
  await expect(new AccountMenu(other).avatar).toBeVisible();
  const otherSessions = new SessionsPage(other);
  await otherSessions.open();
  await expect(otherSessions.remembered).not.toContainText('This device');
  await otherSessions.forget();
  await expect(otherSessions.remembered).toHaveCount(0);

  // It is signed out, and asked again.
  await page.reload();
  await expect(signInPage.signInButton).toBeVisible();
  await signInPage.submit({ email: mia.email, password });
  await expect(verifyPage.code).toBeVisible();

  // Remembered anew, until the password changes.
  await verifyPage.rememberDevice.check();
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
  await accountMenu.choose('Change password');
  await new ChangePasswordPage(page).change(password, newPassword, await authenticator.nextCode());
  await expect(page.getByText('Your password was changed').first()).toBeVisible();
  await accountMenu.choose('Sign out');
  await signInPage.submit({ email: mia.email, password: newPassword });
  await expect(verifyPage.code).toBeVisible();
});

test('SEC-43: an admin at a remembered device shows the second factor before it changes the access of others', async ({
  newSallyport,
  browser,
}) => {
  test.setTimeout(180_000);
  const [partner] = seedFile.partners;
  const sallyport = newSallyport();
  await sallyport.seed({ partners: [{ ...partner, settings: { rememberedDeviceDays: 7 } }] });
  await sallyport.start();
  const page = await browser.newPage({ baseURL: sallyport.url });
  const api = apiOf(page.request);
  const { authenticator } = await enroll(api, { email: ada.email, password });
  await page.context().clearCookies();
  const signInPage = new SignInPage(page);
  const verifyPage = new VerifyPage(page);
  const accountMenu = new AccountMenu(page);
  await signInPage.signIn({ email: ada.email, password });
  await verifyPage.rememberDevice.check();
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('Sign out');
  await signInPage.submit({ email: ada.email, password });
  await expect(accountMenu.avatar).toBeVisible();

  const [user] = accepted(await api.GET('/api/v1/users', { params: { query: { q: mia.email } } })).items;
  const userEditPage = new UserEditPage(page);
  await userEditPage.open(user?.id ?? '');
  await page.getByLabel('Name', { exact: true }).fill('Mia Moore');
  await userEditPage.updateButton.click();
  const confirm = new ConfirmIdentityDialog(page);
  await expect(confirm.code).toBeVisible();
  await confirm.confirm(password, await authenticator.nextCode());
  await expect(page.getByText('Mia Moore was updated.').first()).toBeVisible();
});
