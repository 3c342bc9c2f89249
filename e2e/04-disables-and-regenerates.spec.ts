import { expect, test } from '@sallyport/testkit/workspace';

test('a user disables two-factor authentication and is told to clean up the app', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  verifyPage,
  mfaSettingsPage,
  accountMenu,
  mailbox,
}) => {
  const { authenticator } = await enrolled(seeded.member);
  await signInPage.signIn(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('MFA Settings');

  await mfaSettingsPage.disableButton.click();
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  await expect(page.getByText(/remove .*authenticator app/i)).toBeVisible();
  await expect(mfaSettingsPage.enableButton).toBeVisible();
  await mailbox.newest(seeded.member.email, /disabled|turned off|off/i);

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await expect(accountMenu.avatar).toBeVisible();
});

test('a user regenerates the backup codes, and the old ones are dead', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  verifyPage,
  mfaSettingsPage,
  accountMenu,
}) => {
  const { authenticator, backupCodes: oldCodes } = await enrolled(seeded.member);
  await signInPage.signIn(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('MFA Settings');

  await mfaSettingsPage.regenerateButton.click();
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  const newCodes = await mfaSettingsPage.shownBackupCodes();
  expect(newCodes).toHaveLength(10);
  expect(newCodes.filter((code) => oldCodes.includes(code))).toEqual([]);
  await mfaSettingsPage.finish();

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.verifyWithBackupCode(oldCodes[0] ?? '');
  await expect(
    page
      .getByText(/code/i)
      .filter({ hasText: /wrong|used/i })
      .first(),
  ).toBeVisible();
  await verifyPage.submitBackupCode(newCodes[0] ?? '');
  await expect(accountMenu.avatar).toBeVisible();
});
