import { expect, test } from '@sallyport/testkit/workspace';

test('a reset gives a pass to read out: who has the password alone cannot enrol, who has the pass can', async ({
  page,
  seeded,
  enrolled,
  signIn,
  signInPage,
  globalSettingsPage,
  userEditPage,
  mfaSettingsPage,
  authenticator,
}) => {
  const { customerAdmin, member } = seeded;
  await enrolled(member);
  await signIn(customerAdmin);
  await globalSettingsPage.open();
  await globalSettingsPage.reenrollmentPass.click();
  await globalSettingsPage.saveButton.click();
  await expect(page.locator('#main').getByText('The settings were saved.')).toBeVisible();

  await userEditPage.open(member.id);
  await userEditPage.resetMfa('Lost the phone');
  const lost = await userEditPage.readOutPass();
  await userEditPage.anotherPassButton.click();
  await expect(userEditPage.reenrollmentPass).not.toHaveValue(lost);
  const pass = await userEditPage.readOutPass();

  await page.context().clearCookies();
  await signInPage.open();
  await signInPage.submit(member);
  await expect(page).not.toHaveURL(/sign-in/);
  await mfaSettingsPage.open();
  await mfaSettingsPage.beginEnrollment(authenticator);
  await mfaSettingsPage.confirm(member, await authenticator.nextCode());
  await expect(page.getByText('Enter the pass. Your administrator gives you one.')).toBeVisible();
  await mfaSettingsPage.pass.fill(lost);
  await mfaSettingsPage.confirmButton.click();
  await expect(page.getByText(/This pass is wrong, or older than seven days/)).toBeVisible();
  await mfaSettingsPage.pass.fill(pass.toLowerCase().replaceAll('-', ' '));
  await mfaSettingsPage.confirmButton.click();
  await expect(mfaSettingsPage.backupCodes).toHaveCount(10);
});

test('who did not ask for the reset says so: signed out everywhere, and the administrators are told', async ({
  page,
  seeded,
  enrolled,
  signIn,
  userEditPage,
  accountMenu,
  mailbox,
  otherBrowser,
}) => {
  const { customerAdmin, member } = seeded;
  await enrolled(member);
  await signIn(customerAdmin);
  await userEditPage.open(member.id);
  await userEditPage.resetMfa('Called from a new number');
  await expect(userEditPage.mfaEnabled).not.toBeChecked();
  const mail = await mailbox.newest(member.email, /was reset/);
  expect(mail.text).toContain('Called from a new number');

  const thief = await otherBrowser();
  await signIn(member, thief);
  await page.context().clearCookies();
  await page.goto(await mailbox.link(member.email, '/not-me'));
  await page.getByRole('button', { name: 'This was not me' }).click();
  await expect(page.getByRole('heading', { name: 'Your administrators know' })).toBeVisible();
  await mailbox.newest(customerAdmin.email, /this reset was not me/);

  await thief.goto('/account');
  await expect(thief).toHaveURL(/sign-in/);
  await expect(accountMenu.avatar).toBeHidden();
});
