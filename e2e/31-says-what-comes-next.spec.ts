import type { Page } from '@playwright/test';
import { expect, test, VirtualAuthenticator } from '@sallyport/testkit/workspace';

const FIVE_MINUTES_MS = 5 * 60_000;

/** What the service answers a code with that it refuses, beside what the page makes of it. */
async function refused(page: Page, path: string, submit: () => Promise<void>) {
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === path);
  await submit();
  return (await answered).json();
}

test('a refused code says why, how often one may try again, and that the clock of the phone is off', async ({
  page,
  seeded,
  signIn,
  signInPage,
  accountMenu,
  mfaSettingsPage,
  verifyPage,
  authenticator,
  server,
}) => {
  const fast = new VirtualAuthenticator(() => server.nowMs() + FIVE_MINUTES_MS);
  await signIn(seeded.member);
  await mfaSettingsPage.open();
  await mfaSettingsPage.beginEnrollment(authenticator);
  fast.enterKey(await mfaSettingsPage.shownKey());

  // A clock that is off is noticed before anything hangs on it.
  await mfaSettingsPage.confirm(seeded.member, await fast.nextCode());
  await expect(page.getByText(/The clock of your authenticator is about [456] minutes fast/)).toBeVisible();
  await mfaSettingsPage.confirm(seeded.member, await authenticator.nextCode());
  await expect(mfaSettingsPage.backupCodes).toHaveCount(10);
  await mfaSettingsPage.finish();

  await accountMenu.choose('Sign out');
  await signInPage.submit(seeded.member);
  const verify = (code: string) => refused(page, '/api/v1/auth/login/mfa', () => verifyPage.verify(code));
  await expect(verifyPage.code).toBeVisible();
  const next = (attemptsLeft: number) => ({ action: 'second_step', methods: ['totp', 'backup_code'], attemptsLeft });

  expect(await verify(authenticator.lastCode())).toMatchObject({ reason: 'already_used', next: next(4) });
  await expect(page.getByText('This code was already used. Enter another one.')).toBeVisible();

  const skewed = await verify(await fast.nextCode());
  expect(skewed).toMatchObject({ code: 'invalid_code', reason: 'clock_skew', next: next(3) });
  expect(skewed.clockSkewSeconds).toBeGreaterThanOrEqual(FIVE_MINUTES_MS / 1000 - 60);
  expect(skewed.clockSkewSeconds).toBeLessThanOrEqual(FIVE_MINUTES_MS / 1000 + 60);
  await expect(page.getByText(/The clock of your authenticator is about [456] minutes fast/)).toBeVisible();

  expect(await verify(authenticator.wrongCode())).toMatchObject({ reason: 'wrong', next: next(2) });
  await expect(page.getByText('You can try 2 more codes. After that the sign-in begins anew.')).toBeVisible();

  await verifyPage.verify(await authenticator.nextCode());
  await expect(accountMenu.avatar).toBeVisible();
});
