import { apiOf, expect, test } from '@sallyport/testkit/workspace';

test('a user without a password reads why there is nothing to enable', async ({
  page,
  signInThroughSso,
  accountMenu,
  mfaSettingsPage,
}) => {
  await signInThroughSso();
  await page.goto('/');
  await accountMenu.choose('MFA Settings');
  await expect(page.getByText('MFA can be set up only by users with a local password')).toBeVisible();
  await expect(mfaSettingsPage.enableButton).toBeHidden();

  const { error, response } = await apiOf(page.request).POST('/api/v1/me/mfa/totp');
  expect(response.status).toBe(409);
  expect(error).toMatchObject({ code: 'mfa_requires_local_password' });
});

test('a user without a password is refused like an unknown address', async ({ page, seed, signInPage }) => {
  await signInPage.signIn({ email: seed.ssoOnlyEmails[0] ?? '', password: 'Quiet-Harbour-1' });
  await expect(page.getByRole('alert')).toContainText('The email or the password is wrong');
});
