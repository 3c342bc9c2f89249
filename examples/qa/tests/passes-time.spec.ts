import { expect, test } from '@sallyport/testkit';

/* What takes hours elsewhere: for a Sallyport in test mode, whose clock the flow moves. */
test.skip(({ server }) => !server.isInTestMode, 'SALLYPORT_TEST_MODE=1 says that the server is in test mode.');

test('a session ends after a pause, and the next code signs in without the phone', {
  tag: '@test-mode',
}, async ({ page, clock, enrolled, nextCode, seeded, signedInAs, signInPage, verifyPage, accountMenu }) => {
  const { member } = seeded;
  const { totpSecret } = await enrolled(member);
  const elsewhere = await signedInAs({ ...member, totpSecret });
  await elsewhere.goto('/account/mfa');
  await expect(elsewhere.getByRole('button', { name: 'Disable Two-Factor Auth' })).toBeVisible();

  await clock.advance({ hours: 13 });
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/sign-in/);

  await page.goto('/account/sessions');
  await signInPage.submit(member);
  await verifyPage.verify(await nextCode(member));
  await expect(accountMenu.avatar).toBeVisible();
});
