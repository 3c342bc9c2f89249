import { AccountMenu, expect, SignInPage, test, VerifyPage } from '@sallyport/testkit/workspace';

test('a user signs in with the password and signs out', async ({ page, seeded, signInPage, accountMenu }) => {
  await signInPage.signIn(seeded.member);
  await expect(accountMenu.avatar).toBeVisible();

  await accountMenu.choose('Sign out');
  await expect(signInPage.signInButton).toBeVisible();
  await page.goto('/account/mfa');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a user with two-factor authentication signs in with a code, once', async ({
  seeded,
  enrolled,
  signInPage,
  verifyPage,
  accountMenu,
  otherBrowser,
}) => {
  const { authenticator } = await enrolled(seeded.member);

  await signInPage.signIn(seeded.member);
  await expect(verifyPage.code).toBeVisible();
  await expect(accountMenu.avatar).toBeHidden();
  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();

  const thief = await otherBrowser();
  await new SignInPage(thief).signIn(seeded.member);
  await new VerifyPage(thief).verify(authenticator.lastCode());
  await expect(thief.getByRole('alert')).toContainText(/code/i);
  await expect(new AccountMenu(thief).avatar).toBeHidden();
});

test('a wrong password is answered like an unknown address', async ({ page, seeded, signInPage }) => {
  await signInPage.signIn({ email: seeded.member.email, password: 'not the password' });
  const words = (await page.getByRole('alert').textContent()) ?? '';

  await signInPage.signIn({ email: 'nobody@people.example', password: 'not the password' });
  await expect(page.getByRole('alert')).toHaveText(words);
});

test('a user sees every session and ends the others', async ({
  page,
  seeded,
  signIn,
  otherBrowser,
  accountMenu,
  sessionsPage,
}) => {
  const other = await otherBrowser();
  await signIn(seeded.member, other);
  await other.goto('/account/mfa');
  await expect(new AccountMenu(other).avatar).toBeVisible();

  await signIn(seeded.member);
  await page.goto('/');
  await accountMenu.choose('Sessions');
  await expect(sessionsPage.heading).toBeVisible();
  await expect(sessionsPage.entries).toHaveCount(2);
  await expect(sessionsPage.current).toHaveCount(1);
  await sessionsPage.endOther();
  await expect(sessionsPage.entries).toHaveCount(1);

  await other.goto('/account/mfa');
  await expect(new SignInPage(other).signInButton).toBeVisible();
});

test('a user stays signed in when the access token has ended', async ({
  page,
  context,
  seeded,
  signIn,
  accountMenu,
}) => {
  await signIn(seeded.member);
  await context.clearCookies({ name: 'sallyport_access' });
  await page.goto('/account/mfa');
  await expect(accountMenu.avatar).toBeVisible();
});
