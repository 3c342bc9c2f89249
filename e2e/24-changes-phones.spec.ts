import { expect, test, VirtualAuthenticator } from '@sallyport/testkit/workspace';

test('a user changes phones without a gap: the old one works until the new one has signed in', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  mailbox,
}) => {
  test.setTimeout(240_000);
  const { member } = seeded;
  const { authenticator: oldPhone, backupCodes } = await enrolled(member);
  const newPhone = new VirtualAuthenticator();
  await signInPage.signIn(member);
  await verifyPage.verify(await oldPhone.nextCode());
  await accountMenu.choose('MFA Settings');
  await mfaSettingsPage.changePhone(member, await oldPhone.nextCode(), newPhone);
  await expect(mfaSettingsPage.newPhone).toBeVisible();
  await expect(page.getByText('Step 3 of 3')).toBeVisible();
  await mailbox.newest(member.email, /new authenticator app was set up/);

  // The old one signs in, and leaves the new one waiting; within the session the new one is told what it is for.
  await accountMenu.choose('Sign out');
  await signInPage.submit(member);
  await verifyPage.verify(await oldPhone.nextCode());
  await accountMenu.choose('MFA Settings');
  await expect(mfaSettingsPage.newPhone).toBeVisible();
  await mfaSettingsPage.regenerateButton.click();
  await mfaSettingsPage.confirm(member, await newPhone.nextCode());
  await expect(page.getByText(/takes over when you sign in with it/).first()).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  await accountMenu.choose('Sign out');
  await signInPage.submit(member);
  await verifyPage.verify(await newPhone.nextCode());
  await accountMenu.choose('MFA Settings');
  await expect(mfaSettingsPage.changePhoneButton).toBeVisible();
  await expect(mfaSettingsPage.newPhone).toBeHidden();
  await expect(page.getByText('10 of 10')).toBeVisible();
  await mailbox.newest(member.email, /new authenticator app took over/);

  // From then on the old one is dead, and the backup codes are not.
  await accountMenu.choose('Sign out');
  await signInPage.submit(member);
  await verifyPage.verify(await oldPhone.nextCode());
  await expect(page.getByText(/This code is wrong/)).toBeVisible();
  await verifyPage.verifyWithBackupCode(backupCodes[0] ?? '');
  await expect(accountMenu.avatar).toBeVisible();
});

test('a user who has lost the old phone begins with a backup code, and may give the new one up', async ({
  page,
  seeded,
  enrolled,
  signInPage,
  mfaSettingsPage,
  verifyPage,
}) => {
  test.setTimeout(120_000);
  const { member } = seeded;
  const { backupCodes } = await enrolled(member);
  const [first = '', second = ''] = backupCodes;
  await signInPage.signIn(member);
  await verifyPage.verifyWithBackupCode(first);
  await mfaSettingsPage.open();
  await mfaSettingsPage.changePhone(member, second, new VirtualAuthenticator());
  await expect(mfaSettingsPage.newPhone).toBeVisible();
  await mfaSettingsPage.giveUpButton.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give the new phone up' }).click();
  await expect(mfaSettingsPage.newPhone).toBeHidden();
  await expect(page.getByText('8 of 10')).toBeVisible();
});
