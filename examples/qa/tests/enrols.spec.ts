import { expect, test } from '@sallyport/testkit';
import { manual } from '../manual.ts';

test('a user scans the QR code, saves the backup codes, and signs in with a code', {
  tag: '@smoke',
  annotation: manual(
    'open MFA Settings',
    'enable: scan the QR code',
    'confirm with password and code',
    'keep the backup codes',
    'sign in with a code',
  ),
}, async ({ seeded, signInPage, accountMenu, mfaSettingsPage, authenticator, verifyPage }) => {
  await signInPage.signIn(seeded.member);
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.beginEnrollment(authenticator);
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  expect(new Set(await mfaSettingsPage.shownBackupCodes()).size).toBe(10);
  await mfaSettingsPage.finish();

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
});

test('a user turns two-factor authentication off again', { annotation: manual('disable') }, async ({
  seeded,
  enrolled,
  signInPage,
  verifyPage,
  accountMenu,
  mfaSettingsPage,
}) => {
  const { authenticator } = await enrolled(seeded.member);
  await signInPage.signIn(seeded.member);
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.disableButton.click();
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  await expect(mfaSettingsPage.enableButton).toBeVisible();
});
