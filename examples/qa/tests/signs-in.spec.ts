import { ChoosePasswordPage, expect, newPassword, test } from '@sallyport/testkit';
import { manual } from '../manual.ts';

test('a user signs in with the password and signs out', {
  tag: '@smoke',
  annotation: manual('sign in with the password', 'sign out'),
}, async ({ page, seeded, signInPage, accountMenu }) => {
  await signInPage.signIn(seeded.member);
  await expect(accountMenu.avatar).toBeVisible();

  await accountMenu.choose('Sign out');
  await expect(signInPage.signInButton).toBeVisible();
  await page.goto('/account/mfa');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a user who forgot the password chooses another through a mail', {
  annotation: manual('choose another password by mail'),
}, async ({ page, seeded, signInPage, forgotPasswordPage, mailbox, accountMenu }) => {
  const { email } = seeded.member;
  await signInPage.open();
  await forgotPasswordPage.request(email);
  await page.goto(await mailbox.link(email, '/reset-password'));
  const password = newPassword();
  await new ChoosePasswordPage(page).choose(password);

  await signInPage.submit({ email, password });
  await expect(accountMenu.avatar).toBeVisible();
});
