import type { Page } from '@playwright/test';
import { test } from '@sallyport/testkit';
import { expect, MfaSettingsPage, product, SignInPage, UserEditPage, VerifyPage } from '@sallyport/testkit/workspace';

// Hours pass at once.
test.use({ sallyport: { product, testMode: true } });

/** Who signs in with the password and has lost all else has a link mailed to the recovery address. */
async function askForLink(page: Page, member: { email: string; password: string }): Promise<void> {
  await new SignInPage(page).signIn(member);
  await new VerifyPage(page).lostAll.click();
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your recovery mailbox' })).toBeVisible();
}

test('a user who lost phone and codes recovers by another mailbox, without an admin', async ({
  page,
  clock,
  seeded,
  enrolled,
  signIn,
  globalSettingsPage,
  mailbox,
  nextCode,
  otherBrowser,
  signInPage,
  verifyPage,
  accountMenu,
  mfaSettingsPage,
  authenticator,
}) => {
  test.setTimeout(120_000);
  const { customerAdmin, member } = seeded;
  const home = `home-${member.email}`;
  await enrolled(member);
  await signIn(customerAdmin);
  await globalSettingsPage.open();
  await globalSettingsPage.recoveryDelayHours.fill('24');
  await globalSettingsPage.saveButton.click();
  await expect(page.locator('#main').getByText('The settings were saved.')).toBeVisible();
  await page.context().clearCookies();

  // While all is well.
  await signInPage.signIn(member);
  await verifyPage.verify(await nextCode(member));
  await expect(accountMenu.avatar).toBeVisible();
  await mfaSettingsPage.open();
  await mfaSettingsPage.nameRecoveryAddress(member, home, await nextCode(member));
  await expect(page.locator('#main').getByText(home)).toBeVisible();
  await expect(page.getByText('not yet: follow the link')).toBeVisible();
  const phone = await otherBrowser();
  await phone.goto(await mailbox.link(home, '/recover/address'));
  await phone.getByRole('button', { name: 'Confirm the address' }).click();
  await expect(phone.getByRole('heading', { name: 'Your recovery address counts from now on' })).toBeVisible();
  await page.reload();
  await expect(page.getByText('since it was confirmed,')).toBeVisible();

  // The first who asks is somebody else: the mail to the account stops it.
  const thief = await otherBrowser();
  await askForLink(thief, member);
  await phone.goto(await mailbox.link(home, '/recover'));
  await phone.getByRole('button', { name: 'Ask for the reset' }).click();
  await expect(phone.getByRole('heading', { name: 'The reset waits' })).toBeVisible();
  await page.reload();
  await expect(page.getByText('It was asked for with your password and your recovery address.')).toBeVisible();
  const own = await otherBrowser();
  await own.goto(await mailbox.link(member.email, '/not-me'));
  await own.getByRole('button', { name: 'This was not me' }).click();
  await expect(own.getByRole('heading', { name: 'Your administrators know' })).toBeVisible();

  // Then everything is lost in earnest.
  await page.context().clearCookies();
  const first = await mailbox.link(home, '/recover');
  await askForLink(page, member);
  await expect.poll(() => mailbox.link(home, '/recover')).not.toBe(first);
  await phone.goto('about:blank');
  await phone.goto(await mailbox.link(home, '/recover'));
  await phone.getByRole('button', { name: 'Ask for the reset' }).click();
  await expect(phone.getByRole('heading', { name: 'The reset waits' })).toBeVisible();
  await mailbox.newest(customerAdmin.email, /A reset of a second factor waits/);
  const admin = await otherBrowser();
  await signIn(customerAdmin, admin);
  const edit = new UserEditPage(admin);
  await edit.open(member.id);
  await expect(edit.waitingReset).toBeVisible();
  await expect(admin.getByText('The user asked for it, with the password and the recovery address.')).toBeVisible();
  await expect(edit.approveResetButton).toBeHidden();

  await clock.advance({ hours: 25 });
  const { text } = await mailbox.newest(home, /Your re-enrollment pass/);
  const pass = /\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b/.exec(text)?.[0] ?? '';
  await page.context().clearCookies();
  await signInPage.signIn(member);
  await expect(accountMenu.avatar).toBeVisible();
  const again = new MfaSettingsPage(page);
  await again.open();
  await again.beginEnrollment(authenticator);
  await again.pass.fill(pass);
  await again.confirm(member, await authenticator.nextCode());
  await expect(again.backupCodes).toHaveCount(10);
});
