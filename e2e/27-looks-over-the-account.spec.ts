import {
  AccountMenu,
  expect,
  SecurityPage,
  SignInPage,
  test,
  UserEditPage,
  VerifyPage,
} from '@sallyport/testkit/workspace';

test('a user ends a sign-in that was not its own, and an admin sees what the user has', async ({
  enrolled,
  mailbox,
  otherBrowser,
  page,
  seeded,
}) => {
  const { customerAdmin, member } = seeded;
  const { authenticator } = await enrolled(member);
  const thief = await otherBrowser();
  for (const browser of [thief, page]) {
    await new SignInPage(browser).signIn(member);
    await new VerifyPage(browser).verify(await authenticator.nextCode());
    await expect(new AccountMenu(browser).avatar).toBeVisible();
  }

  await new AccountMenu(page).choose('Security');
  const security = new SecurityPage(page);
  await expect(security.heading).toBeVisible();
  await security.notMe(/ signed in/);
  await expect(page.getByText(/your administrators were told/)).toBeVisible();
  await expect(security.events.first()).toContainText('that was not me');
  await thief.reload();
  await expect(new SignInPage(thief).signInButton).toBeVisible();
  const mail = await mailbox.newest(customerAdmin.email, /that was not me/);
  expect(mail.text).toContain(member.email);
  await security.changePasswordLink.click();
  await expect(page.getByRole('heading', { name: 'Change password' })).toBeVisible();

  const admin = await otherBrowser();
  await new SignInPage(admin).signIn(customerAdmin);
  await expect(new AccountMenu(admin).avatar).toBeVisible();
  const userEditPage = new UserEditPage(admin);
  await userEditPage.open(member.id);
  await expect(userEditPage.helpDesk).toContainText('Authenticator app, last used');
  await expect(userEditPage.helpDesk).toContainText('10 of 10');
  await expect(userEditPage.helpDesk).toContainText('On 1 device');
});
