import { test } from '@sallyport/testkit';
import { AppReminder, BackupCodeTestDialog, expect, product, SecurityKey } from '@sallyport/testkit/workspace';

/* 28 days go by at once: the clock is that of a service in test mode, one for each worker. */

test.use({ sallyport: { product, testMode: true } });

test('a user who signs in with a passkey is asked after 28 days whether the app is there still', async ({
  page,
  clock,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
}) => {
  const { member } = seeded;
  const { authenticator } = await enrolled(member);
  await SecurityKey.pluggedInto(page);
  const reminder = new AppReminder(page);
  const signIn = async () => {
    await signInPage.signIn(member);
    await verifyPage.usePasskey.click();
    await expect(accountMenu.avatar).toBeVisible();
  };
  await signInPage.signIn(member);
  await verifyPage.verify(await authenticator.nextCode());
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.addPasskey(member, 'Blue key');
  await expect(mfaSettingsPage.factor('Blue key')).toBeVisible();
  await accountMenu.choose('Sign out');

  await clock.advance({ days: 27 });
  await signIn();
  await expect(page.getByText(/Backup codes left/)).toBeVisible();
  await expect(reminder.banner).toBeHidden();
  await accountMenu.choose('Sign out');

  // Put off, it is back with the next sign-in.
  await clock.advance({ days: 1, minutes: 2 });
  await signIn();
  await expect(reminder.banner).toBeVisible();
  await reminder.notNowButton.click();
  await expect(reminder.banner).toBeHidden();
  await page.reload();
  await expect(page.getByText(/Backup codes left/)).toBeVisible();
  await expect(reminder.banner).toBeHidden();
  await accountMenu.choose('Sign out');
  await signIn();

  // By keyboard alone: a wrong code, then a right one.
  await reminder.code.focus();
  await page.keyboard.type(authenticator.wrongCode());
  await page.keyboard.press('Enter');
  await expect(reminder.banner).toContainText('This code is wrong or was already used');
  await expect(reminder.code).toBeFocused();
  await page.keyboard.type(await authenticator.nextCode());
  await page.keyboard.press('Tab');
  await expect(reminder.checkButton).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reminder.done).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Backup codes left/)).toBeVisible();
  await expect(reminder.banner).toBeHidden();

  // The code is spent: the one that was checked signs nobody in.
  await accountMenu.choose('Sign out');
  await signInPage.signIn(member);
  await page.getByRole('link', { name: 'Use the authenticator app instead' }).click();
  await verifyPage.verify(authenticator.lastCode());
  await expect(page.getByText(/already used/)).toBeVisible();
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
});

test('a user whose app is gone is led from the reminder to the change of phones', async ({
  page,
  clock,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  mailbox,
}) => {
  const { member } = seeded;
  const { backupCodes } = await enrolled(member);
  await clock.advance({ days: 29 });
  await signInPage.signIn(member);
  await verifyPage.verifyWithBackupCode(backupCodes[0] ?? '');
  await expect(accountMenu.avatar).toBeVisible();
  // What is not delivered yet when the clock returns would wait for 29 days.
  await mailbox.newest(member.email, /backup code was used/);
  const reminder = new AppReminder(page);
  await reminder.changePhoneLink.click();
  await expect(reminder.banner).toContainText('Press Change phone below');
  await mfaSettingsPage.changePhoneButton.click();
  await expect(mfaSettingsPage.password).toBeVisible();
  await expect(reminder.banner).toBeHidden();
});

test('a user tests backup codes, and spends none', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
}) => {
  const { member } = seeded;
  const { backupCodes } = await enrolled(member);
  const [spent = '', good = ''] = backupCodes;
  await signInPage.signIn(member);
  await verifyPage.verifyWithBackupCode(spent);
  await expect(accountMenu.avatar).toBeVisible();
  await mfaSettingsPage.open();
  const codes = new BackupCodeTestDialog(page);
  await codes.check(good.toLowerCase().replaceAll('-', ' '));
  await expect(codes.good).toBeVisible();
  await expect(codes.dialog).toContainText('You have 9 left, this one included');
  await codes.check(spent);
  await expect(codes.dialog).toContainText('This code was already used');
  await expect(codes.good).toBeHidden();
  await codes.check('AAAA-AAAA-AAAA');
  await expect(codes.dialog).toContainText('This is none of your backup codes');
  await page.keyboard.press('Escape');
  await expect(codes.dialog).toBeHidden();
  await expect(codes.openButton).toBeFocused();
  await expect(page.getByText('9 of 10')).toBeVisible();

  await accountMenu.choose('Sign out');
  await signInPage.signIn(member);
  await verifyPage.verifyWithBackupCode(good);
  await expect(accountMenu.avatar).toBeVisible();
});
