import {
  AccountMenu,
  accepted,
  apiOf,
  ChoosePasswordPage,
  expect,
  newPassword,
  SignInPage,
  test,
  unique,
} from '@sallyport/testkit/workspace';

test('a Partner Admin creates a customer', async ({ page, seeded, signIn, organizationsPage }) => {
  const name = `Rocket Works ${unique()}`;
  await signIn(seeded.partnerAdmin);
  await organizationsPage.open();
  await organizationsPage.create(name, `rocket-${unique()}`);
  await page.goto('/organizations');
  await expect(page.getByText(name)).toBeVisible();
});

test('an admin invites a user, who sets a password and signs in', async ({
  seeded,
  signIn,
  newUserPage,
  usersPage,
  mailbox,
  otherBrowser,
}) => {
  const email = `ines-${unique()}@people.example`;
  await signIn(seeded.customerAdmin);
  await usersPage.open();
  await newUserPage.open();
  await newUserPage.invite({ name: 'Ines', email });
  await usersPage.open();
  await usersPage.search.fill(email);
  await expect(usersPage.row(email)).toContainText(/invited/i);

  const invited = await otherBrowser();
  const password = newPassword();
  await invited.goto(await mailbox.link(email, '/accept-invitation'));
  await new ChoosePasswordPage(invited).choose(password);
  await new SignInPage(invited).signIn({ email, password });
  await expect(new AccountMenu(invited).avatar).toBeVisible();
});

test('an admin disables a user, who cannot sign in any more', async ({
  page,
  seeded,
  signIn,
  userEditPage,
  otherBrowser,
}) => {
  const user = await otherBrowser();
  await signIn(seeded.member, user);

  await signIn(seeded.customerAdmin);
  await userEditPage.open(seeded.member.id);
  await userEditPage.choose('Status', 'Disabled');
  await userEditPage.updateButton.click();
  const params = { path: { id: seeded.member.id } };
  await expect
    .poll(async () => accepted(await apiOf(page.request).GET('/api/v1/users/{id}', { params })).status)
    .toBe('disabled');

  await user.goto('/account/mfa');
  await expect(user).toHaveURL(/\/sign-in/);
  await new SignInPage(user).signIn(seeded.member);
  await expect(user.getByRole('alert')).toBeVisible();
});

test('a password reset by mail does not skip two-factor authentication', async ({
  page,
  seeded,
  enrolled,
  mailbox,
  signInPage,
  verifyPage,
  accountMenu,
  forgotPasswordPage,
}) => {
  const { authenticator } = await enrolled(seeded.member);
  await signInPage.open();
  await forgotPasswordPage.request(seeded.member.email);

  const password = newPassword();
  await page.goto(await mailbox.link(seeded.member.email, '/reset-password'));
  await new ChoosePasswordPage(page).choose(password);
  await signInPage.signIn({ email: seeded.member.email, password });
  await expect(verifyPage.code).toBeVisible();
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
});

test('a user changes the password', async ({ seeded, page, signInPage, accountMenu, changePasswordPage }) => {
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('Change password');
  const password = newPassword();
  await changePasswordPage.change(seeded.member.password, password);
  await expect(page.getByText('Your password was changed')).toBeVisible();

  await accountMenu.choose('Sign out');
  await signInPage.submit({ ...seeded.member, password });
  await expect(accountMenu.avatar).toBeVisible();
});
