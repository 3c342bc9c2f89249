import { AccountMenu, expect, SecurityKey, SignInPage, test, VerifyPage } from '@sallyport/testkit/workspace';

test('a user adds a passkey as only second factor, signs in with it, and removes it', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  mailbox,
}) => {
  const key = await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Blue key');
  const codes = await mfaSettingsPage.shownBackupCodes();
  expect(new Set(codes).size).toBe(10);
  await mfaSettingsPage.finish();
  await expect(mfaSettingsPage.factor('Blue key')).toContainText(/Last used:\s*Never/);
  await mailbox.newest(seeded.member.email, /two-factor/i);
  expect(await key.count()).toBe(1);

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.usePasskey.click();
  await expect(accountMenu.avatar).toBeVisible();

  await accountMenu.choose('MFA Settings');
  const blue = mfaSettingsPage.factor('Blue key');
  await expect(blue).not.toContainText('Never');
  await blue.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Key on my ring');
  await page.getByRole('button', { name: 'Save the name' }).click();
  const ring = mfaSettingsPage.factor('Key on my ring');

  await ring.getByRole('button', { name: 'Remove' }).click();
  await mfaSettingsPage.password.fill(seeded.member.password);
  await mfaSettingsPage.usePasskeyInstead.click();
  await expect(mfaSettingsPage.enableButton).toBeVisible();
  await mailbox.newest(seeded.member.email, /two-factor authentication is off/i);
  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await expect(accountMenu.avatar).toBeVisible();
});

test('where the passkey is not at hand, code and backup code do', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  otherBrowser,
}) => {
  const { authenticator, backupCodes } = await enrolled(seeded.member);
  const key = await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await expect(mfaSettingsPage.factor('Laptop')).toBeVisible();
  await expect(mfaSettingsPage.factor('Authenticator app')).toBeVisible();

  // The same key a second time.
  await mfaSettingsPage.addPasskey(seeded.member, 'Again');
  await expect(page.getByText('has a passkey of your account already')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await accountMenu.choose('Sign out');
  await key.unplug();
  await SecurityKey.pluggedInto(page);
  await signInPage.submit(seeded.member);
  await verifyPage.usePasskey.click();
  await expect(page.getByText('The passkey was not used')).toBeVisible();
  await page.getByRole('link', { name: 'Use the authenticator app instead' }).click();
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();

  // A browser that knows nothing of passkeys.
  const other = await otherBrowser();
  await other.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
  await new SignInPage(other).signIn(seeded.member);
  const second = new VerifyPage(other);
  await expect(second.code).toBeVisible();
  await expect(second.usePasskey).toBeHidden();
  await second.verifyWithBackupCode(backupCodes[0] ?? '');
  await expect(new AccountMenu(other).avatar).toBeVisible();
  await other.goto('/account/mfa');
  await expect(other.getByText('Passkeys cannot be used in this browser.')).toBeVisible();
});

test('a user with a passkey alone changes the password with it, and sets up an app besides', async ({
  page,
  seeded,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  authenticator,
}) => {
  await SecurityKey.pluggedInto(page);
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(seeded.member, 'Laptop');
  await mfaSettingsPage.finish();

  await accountMenu.choose('Change password');
  const password = 'a quiet lantern by the quarry';
  await mfaSettingsPage.password.fill(seeded.member.password);
  await page.getByLabel('New password').fill(password);
  await mfaSettingsPage.usePasskeyInstead.click();
  await expect(page.getByText(/password was changed/i)).toBeVisible();

  await accountMenu.choose('MFA Settings');
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await mfaSettingsPage.qrCode.waitFor();
  authenticator.scan(await page.screenshot());
  await mfaSettingsPage.confirm({ ...seeded.member, password }, await authenticator.nextCode());
  await expect(mfaSettingsPage.factor('Authenticator app')).toBeVisible();
  await expect(mfaSettingsPage.backupCodesHeading).toBeHidden();
});
