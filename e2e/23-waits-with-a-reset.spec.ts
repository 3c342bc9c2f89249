import type { Page } from '@playwright/test';
import { test } from '@sallyport/testkit';
import {
  expect,
  GlobalSettingsPage,
  MfaSettingsPage,
  product,
  SignInPage,
  UserEditPage,
  VerifyPage,
} from '@sallyport/testkit/workspace';

// Hours pass at once.
test.use({ sallyport: { product, testMode: true } });

async function haveResetsWait(page: Page, change: (settings: GlobalSettingsPage) => Promise<void>): Promise<void> {
  const settings = new GlobalSettingsPage(page);
  await settings.open();
  await change(settings);
  await settings.saveButton.click();
  await expect(page.locator('#main').getByText('The settings were saved.')).toBeVisible();
}

test('a reset waits for a second admin: who asked cannot approve it, another one does', async ({
  page,
  seeded,
  enrolled,
  signIn,
  signInPage,
  accountMenu,
  mailbox,
  nextCode,
  otherBrowser,
  verifyPage,
}) => {
  const { customerAdmin, member, partnerAdmin } = seeded;
  await enrolled(member);
  await signIn(customerAdmin);
  await haveResetsWait(page, (settings) => settings.resetNeedsSecondAdmin.click());
  const asker = new UserEditPage(page);
  await asker.open(member.id);
  await asker.resetMfa('Lost the phone');
  await expect(asker.waitingReset).toBeVisible();
  await expect(asker.mfaEnabled).toBeChecked();
  await expect(asker.approveResetButton).toBeHidden();
  expect((await mailbox.newest(member.email, /was asked for/)).text).toContain('Lost the phone');

  // Nothing is taken away yet.
  await page.context().clearCookies();
  await signInPage.signIn(member);
  await verifyPage.verify(await nextCode(member));
  await expect(accountMenu.avatar).toBeVisible();
  await page.goto('/account/mfa');
  await expect(page.getByText('The reason that was given: Lost the phone')).toBeVisible();

  const other = await otherBrowser();
  await signIn(partnerAdmin, other);
  await mailbox.newest(partnerAdmin.email, /A reset of a second factor waits/);
  const approver = new UserEditPage(other);
  await approver.open(member.id);
  await expect(other.getByText(customerAdmin.email)).toBeVisible();
  await approver.approveResetButton.click();
  await expect(approver.waitingReset).toBeHidden();
  await expect(approver.mfaEnabled).not.toBeChecked();

  await page.reload();
  await expect(signInPage.signInButton).toBeVisible();
  await signInPage.signIn(member);
  await expect(accountMenu.avatar).toBeVisible();
});

test('a reset waits some hours: the user stops one, and the next takes place by itself', async ({
  page,
  clock,
  seeded,
  enrolled,
  signIn,
  signInPage,
  accountMenu,
  mailbox,
  nextCode,
  otherBrowser,
  userEditPage,
  verifyPage,
}) => {
  test.setTimeout(90_000);
  const { customerAdmin, member } = seeded;
  await enrolled(member);
  await signIn(customerAdmin);
  await haveResetsWait(page, (settings) => settings.resetDelayHours.fill('24'));
  await userEditPage.open(member.id);
  await userEditPage.resetMfa('Called from a new number');
  await expect(userEditPage.waitingReset).toBeVisible();

  const own = await otherBrowser();
  await new SignInPage(own).signIn(member);
  await new VerifyPage(own).verify(await nextCode(member));
  await expect(own).not.toHaveURL(/sign-in/);
  const mfaSettings = new MfaSettingsPage(own);
  await mfaSettings.open();
  await mfaSettings.stopResetButton.click();
  await expect(mfaSettings.stopResetButton).toBeHidden();
  await expect(mfaSettings.disableButton).toBeVisible();
  await mailbox.newest(customerAdmin.email, /stopped the reset/);

  await userEditPage.open(member.id);
  await expect(userEditPage.waitingReset).toBeHidden();
  await userEditPage.resetMfa('Lost the phone');
  await expect(userEditPage.waitingReset).toBeVisible();
  await clock.advance({ hours: 25 });
  const subjects = async () => (await mailbox.all(member.email)).map(({ subject }) => subject);
  await expect.poll(subjects, { timeout: 30_000 }).toContain('Two-factor authentication was reset');
  await page.context().clearCookies();
  await signInPage.signIn(member);
  await expect(accountMenu.avatar).toBeVisible();
  await expect(verifyPage.code).toBeHidden();
});
