import { expect, test } from '@sallyport/testkit/workspace';

test('a user scans the QR code, confirms, saves the backup codes, and signs in with the app', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  authenticator,
  verifyPage,
  mailbox,
}) => {
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await expect(mfaSettingsPage.heading).toBeVisible();

  await mfaSettingsPage.enableButton.click();
  await expect(mfaSettingsPage.qrCode).toBeVisible();
  const account = authenticator.scan(await page.screenshot());
  expect(account.secret).toBe(await mfaSettingsPage.shownKey());
  expect(account.name).toBe(seeded.member.email);

  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  const codes = await mfaSettingsPage.shownBackupCodes();
  expect(new Set(codes).size).toBe(10);

  await mfaSettingsPage.copyButton.click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  for (const code of codes) expect(copied).toContain(code);

  const { fileName, text } = await mfaSettingsPage.downloadBackupCodes();
  expect(fileName).toMatch(/\.txt$/);
  for (const code of codes) expect(text).toContain(code);
  await expect(mfaSettingsPage.printButton).toBeEnabled();

  await mfaSettingsPage.finish();
  await expect(mfaSettingsPage.disableButton).toBeVisible();
  await mailbox.newest(seeded.member.email, /two-factor|MFA/i);

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
});

test('a wrong password or a wrong code enrols nothing', async ({
  page,
  seeded,
  signIn,
  mfaSettingsPage,
  authenticator,
}) => {
  await signIn(seeded.member);
  await mfaSettingsPage.open();
  await mfaSettingsPage.beginEnrollment(authenticator);

  const code = await authenticator.nextCode();
  await mfaSettingsPage.confirm({ ...seeded.member, password: 'not the password' }, code);
  await expect(
    page
      .getByText(/password/i)
      .filter({ hasText: /wrong/i })
      .first(),
  ).toBeVisible();
  await mfaSettingsPage.confirm(seeded.member, authenticator.wrongCode());
  await expect(page.getByText(/This code is wrong or was already used/)).toBeVisible();

  await mfaSettingsPage.confirm(seeded.member, code);
  await expect(mfaSettingsPage.backupCodes).toHaveCount(10);
});

test('enabling ends every other session', async ({ seeded, signIn, otherBrowser, mfaSettingsPage, authenticator }) => {
  const other = await otherBrowser();
  await signIn(seeded.member, other);
  await signIn(seeded.member);
  await mfaSettingsPage.open();
  await mfaSettingsPage.beginEnrollment(authenticator);
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  await expect(mfaSettingsPage.backupCodes).toHaveCount(10);

  await other.goto('/account/mfa');
  await expect(other).toHaveURL(/\/sign-in/);
});
