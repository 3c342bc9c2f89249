import type { Page } from '@playwright/test';
import { apiOf, expect, type Person, test } from '@sallyport/testkit/workspace';

const resetOverApi = (page: Page, { id }: Person) =>
  apiOf(page.request).PATCH('/api/v1/users/{id}', { params: { path: { id } }, body: { mfaEnabled: false } });

for (const admin of ['customerAdmin', 'partnerAdmin'] as const) {
  test(`a ${admin === 'customerAdmin' ? 'Customer' : 'Partner'} Admin resets the MFA of a locked-out user`, async ({
    page,
    seeded,
    enrolled,
    signInPage,
    usersPage,
    userEditPage,
    accountMenu,
    mfaSettingsPage,
    authenticator,
    mailbox,
  }) => {
    await enrolled(seeded.member);

    await signInPage.signIn(seeded[admin]);
    await usersPage.navigationLink.click();
    await usersPage.edit(seeded.member.email);
    await expect(userEditPage.mfaEnabled).toBeChecked();
    await userEditPage.resetMfa();
    await expect(userEditPage.mfaEnabled).not.toBeChecked();
    await mailbox.newest(seeded.member.email, /reset/i);

    await page.goto('/');
    await accountMenu.choose('Sign out');
    await signInPage.submit(seeded.member);
    await accountMenu.choose('MFA Settings');
    await mfaSettingsPage.beginEnrollment(authenticator);
    await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
    await expect(mfaSettingsPage.backupCodes).toHaveCount(10);
  });
}

test('an admin with read-only access sees the user and cannot change it', async ({
  page,
  seeded,
  enrolled,
  signIn,
  userEditPage,
}) => {
  await enrolled(seeded.member);
  await signIn(seeded.readOnlyAdmin);
  await userEditPage.open(seeded.member.id);
  await expect(userEditPage.mfaEnabled).toBeChecked();
  await expect(userEditPage.mfaEnabled).toBeDisabled();
  await expect(userEditPage.updateButton).toBeHidden();

  const { error, response } = await resetOverApi(page, seeded.member);
  expect(response.status).toBe(403);
  expect(error).toMatchObject({ code: 'forbidden' });
});

test("another partner's admin finds no such user", async ({ page, seed, seeded, signIn, usersPage, userEditPage }) => {
  await signIn(seed.otherPartnerAdmin);
  await usersPage.open();
  await expect(usersPage.row(seed.otherPartnerAdmin.email)).toBeVisible();
  await expect(usersPage.row(seeded.member.email)).toHaveCount(0);

  expect((await resetOverApi(page, seeded.member)).response.status).toBe(404);
  await userEditPage.open(seeded.member.id);
  await expect(userEditPage.updateButton).toBeHidden();
});

test('a member has no Users page', async ({ page, seeded, signIn, usersPage, accountMenu }) => {
  await signIn(seeded.member);
  await page.goto('/');
  await expect(accountMenu.avatar).toBeVisible();
  await expect(usersPage.navigationLink).toBeHidden();
});
