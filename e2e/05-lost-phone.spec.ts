import { expect, test } from '@sallyport/testkit/workspace';

test('a user who lost the phone signs in with a backup code', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  verifyPage,
  accountMenu,
}) => {
  const { backupCodes } = await enrolled(seeded.member);
  const [code = '', nextCode = ''] = backupCodes;

  await signInPage.signIn(seeded.member);
  await verifyPage.verifyWithBackupCode(code);
  await expect(accountMenu.avatar).toBeVisible();
  await expect(page.getByText(/\b9\b.*left/i).first()).toBeVisible();

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.verifyWithBackupCode(code);
  await expect(
    page
      .getByText(/code/i)
      .filter({ hasText: /wrong|used/i })
      .first(),
  ).toBeVisible();
  // Case, spaces and hyphens do not matter.
  await verifyPage.submitBackupCode(` ${nextCode.toUpperCase().replaceAll('-', ' ')}`);
  await expect(page.getByText(/\b8\b.*left/i).first()).toBeVisible();
});
