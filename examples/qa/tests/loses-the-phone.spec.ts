import { expect, test } from '@sallyport/testkit';
import { manual } from '../manual.ts';

test('a user who lost the phone signs in with a backup code', {
  tag: '@smoke',
  annotation: manual('sign in with a backup code'),
}, async ({ seeded, enrolled, signInPage, verifyPage, accountMenu }) => {
  const { backupCodes } = await enrolled(seeded.member);
  await signInPage.signIn(seeded.member);
  await verifyPage.verifyWithBackupCode(backupCodes[0] ?? '');
  await expect(accountMenu.avatar).toBeVisible();
});

test('an admin resets the MFA of a user who has no backup codes either, and the user enrols anew', {
  annotation: manual('have an admin reset it', 'enrol anew after a reset'),
}, async ({
  page,
  seeded,
  enrolled,
  signInPage,
  usersPage,
  userEditPage,
  accountMenu,
  mfaSettingsPage,
  authenticator,
}) => {
  await enrolled(seeded.member);
  await signInPage.signIn(seeded.customerAdmin);
  await usersPage.navigationLink.click();
  await usersPage.edit(seeded.member.email);
  await expect(userEditPage.mfaEnabled).toBeChecked();
  await userEditPage.resetMfa();
  await expect(userEditPage.mfaEnabled).not.toBeChecked();

  await page.goto('/');
  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.beginEnrollment(authenticator);
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  await expect(mfaSettingsPage.backupCodes).toHaveCount(10);
});
